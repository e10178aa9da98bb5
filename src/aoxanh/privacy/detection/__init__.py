"""Finding personal data in free text: a pure engine whose rules are data, so that a phone and the server judge alike.

`data/rules.json` of this room holds the patterns; the field app reads the same file. A false alarm costs somebody a
retype, a miss is a breach, so where a run of digits could be either, it is found.
"""

from aoxanh.privacy.detection.find import KINDS, Finding, find

__all__ = ["KINDS", "Finding", "find"]
