"""The pure engine that reads and merges offline work: no Django, no I/O.

`records` turns bytes into records or refusals; `merge` says which revision counts and tells repeats from clashes. The contract
with phones is docs/reference/sync-protocol.md.
"""
