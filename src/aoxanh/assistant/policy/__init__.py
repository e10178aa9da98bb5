"""What the assistant must not do or say, read from a file that an official can read: pure Python, the same on a phone.

`data/policy.yaml` holds the rules, `Policy.judge` says which one a text meets, `static/field/later/assist/policy.js` says the
same on the phone. A text with personal data is refused before anything else looks at it.
"""

from aoxanh.assistant.policy.file import PolicyInvalid, read_policy
from aoxanh.assistant.policy.judging import Policy, Rule, Verdict

__all__ = ["Policy", "PolicyInvalid", "Rule", "Verdict", "read_policy"]
