"""Keeping citizens safe from fraud: what they report of people who pose as volunteers, and warnings that every team must have read.

A report names nobody who reports, and reaches the team's leader and the commune police at once. Uses people, places, privacy, audit and kernel.
"""
