"""A believable campaign from a seed: the demonstration data of `make demo`, later load and planted fabricators.

Uses every room through its doors.
"""
