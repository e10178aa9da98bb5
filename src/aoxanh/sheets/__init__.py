"""Spreadsheets in and out: rosters and lists as offices keep them, read with care, shown before anything is stored.

`reading/` is pure: it knows files, headers and cells. This room keeps an upload until it is applied and asks `people` and
`places` to compare and store whole lists at once. Uses people, places, audit and kernel.
"""
