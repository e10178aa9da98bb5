"""Finding work whose figures differ from those of comparable people; pure, on arrays, for a nation's months at once.

`signs` turns rows into countable oddities, `peers` says how likely each count is among honest people of the same kind, and
`findings` keeps those that are left when the share of false ones is bounded. A finding is a question to ask, never a verdict.
"""

from aoxanh.oversight.anomaly.findings import Finding, Looked, Reason, look
from aoxanh.oversight.anomaly.work import Calendar, People, Work

__all__ = ["Calendar", "Finding", "Looked", "People", "Reason", "Work", "look"]
