"""Reading spreadsheets, without Django: containers that may be hostile, headers that nobody agreed on, cells as people type.

`program` runs it in a process of its own, so that a file can harm nothing but that.
"""
