"""Support sessions, hand-overs to officials, the merging of offline work, and the daily rollup.

A session holds no citizen identity. `sync` is a pure engine; `actions.receive_batch` is the only way a record comes in;
`rollup` recomputes dirty (commune, day) keys from raw rows. Uses procedures, people, places, privacy, audit, kernel.
"""
