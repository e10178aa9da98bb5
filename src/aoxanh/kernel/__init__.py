"""Clock, ids, errors, text folding, database scope and the private PostgreSQL cluster: what every room stands on.

Uses no other room. Small on purpose: what only one room needs lives in that room.
"""
