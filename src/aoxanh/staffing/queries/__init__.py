"""Reads of the staffing room, by noun."""
