"""How long a loudspeaker script takes to say, so that it stays within what people listen to: 60 to 90 seconds.

Vietnamese is spoken one syllable a word. Said slowly into a loudspeaker, with a breath after each sentence, we take 160 syllables a
minute; a figure is said digit by digit. That is our assumption, not a law: try the script aloud.
"""

import re

SYLLABLES_A_MINUTE = 160
SHORTEST, LONGEST = 60, 90


def seconds_of(script: str) -> int:
    """Return about how many seconds it takes to say a script once."""
    words = re.findall(r"[^\W\d_]+|\d", script)
    return round(60 * len(words) / SYLLABLES_A_MINUTE)


def is_sayable(script: str) -> bool:
    """Tell whether a script takes between 60 and 90 seconds."""
    return SHORTEST <= seconds_of(script) <= LONGEST
