"""What adopting an initiative changed, and where it would help next; pure, so that it can be tried on planted truths.

`panel` is what is given, `estimate` the door to effect, checks and grade, `candidates` and `waves` what comes after.
"""
