"""Creative models: what communes tried, recorded with its evidence, judged, and copied where it would help.

An initiative lives from a proposal to recognition, copies and its end; an adoption is one commune's copy of it, with the tools of the
five named models beside it. `evidence` is a pure engine that estimates what adopting one changed. Uses desk, procedures, people, places
and below.
"""
