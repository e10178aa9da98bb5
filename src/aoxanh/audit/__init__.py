"""Who did, or read, what: text rows, append-only, hash-chained per commune.

An action calls `actions.record` inside its own transaction. Chains are named by place code: a commune's five digits,
a province's two, or "VN". Uses kernel only, so every room above may write here.
"""
