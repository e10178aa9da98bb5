"""Creative models: what communes tried, recorded with its evidence, judged, and copied where it would help.

`evidence` is a pure engine that estimates what adopting one changed. Uses desk, procedures, people, places and below.
"""
