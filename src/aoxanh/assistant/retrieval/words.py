"""Words as they are indexed: folded syllables, so that diacritics typed, half typed or left out make no difference."""

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_WRITTEN = re.compile(r"[^\W_]+")
_ONSETS = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
# Every ending a Vietnamese syllable can have, without its marks.
_RIMES = (
    "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet"
    "|ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong"
    "|op|ot|u|ua|uan|uang|uanh|uat|uau|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy"
    "|uya|uych|uyen|uyet|uynh|uyt|uyu|y|yem|yen|yet|yeu"
)
_SYLLABLE = re.compile(f"(?:{_ONSETS})?(?:{_RIMES})")


def fold(text: str) -> str:
    """Return the text lower-case and without marks: "Đường Đỗ" -> "duong do"."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(sign for sign in bare if not unicodedata.category(sign).startswith("M")).lower()


def words(text: str) -> list[str]:
    """Return the folded words of a text, codes like 1.001193 whole."""
    return _WORD.findall(fold(text))


def marked(text: str) -> set[str]:
    """Return the words that carry marks, as written but lower-case."""
    written = _WRITTEN.findall(unicodedata.normalize("NFC", text).lower())
    return {word for word in written if fold(word) != word}


def pairs(found: Sequence[str]) -> list[str]:
    """Return the neighbours: they carry the meaning that a lone syllable does not."""
    return [f"{first} {second}" for first, second in pairwise(found)]


def is_syllable(word: str) -> bool:
    """Tell whether a folded word could be Vietnamese."""
    return _SYLLABLE.fullmatch(word) is not None
