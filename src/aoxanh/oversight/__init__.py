"""Boards, later indicators, flags and evaluation: what leaders look at. Reads the daily rollup, never raw sessions.

`queries.figures` is the one read: the figures of the nation, a province, a commune or a team between two days.
`definitions` says what each figure counts. `rollup` adds the desk's daily figures up per province, so that the national
board reads a thousand rows instead of a million. Uses desk, procedures, people, places and below.
"""
