"""The small words that turn a sentence round: negations, limits, exceptions, must and may, free of charge."""

import re
from collections import Counter


def _words(*patterns: str) -> "re.Pattern[str]":
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


_NEGATIONS = {
    "not": _words(
        "không",
        "chẳng",
        "chớ",
        "đừng",
        "not",
        "no",
        "never",
        "without",
        "nobody",
        "nothing",
        "cannot",
        r"\w+n't",
    ),
    "not yet": _words("chưa", "not yet"),
    "forbidden": _words("cấm", "forbidden", "prohibited"),
}
# "địa chỉ", "chứng chỉ" and "chỉ chỗ" are not "only"; "khấu trừ" and "loại trừ" are no exception.
_LIMITS = {
    "at most": _words("tối đa", "nhiều nhất", "chậm nhất", "muộn nhất", "trở xuống", "dưới", "at most", "at the latest", "up to", "under"),
    "at least": _words("tối thiểu", "ít nhất", "sớm nhất", "trở lên", "at least", "or more", "or over"),
    "before": _words(r"trước(?! (?:đây|mặt|hết|tiên))", "before"),
    "after": _words(r"sau(?! (?:đó|này|khi đó))", "after"),
    "except": _words(r"(?<!khấu )(?<!loại )trừ", "unless", "except"),
    "only": _words(r"(?<!địa )(?<!chứng )(?<!công )chỉ(?! (?:thị|chỗ|dẫn|cho|huy|đạo|tiêu|số))", "only"),
}  # fmt: skip
_MUST = _words(r"(?<!không )phải", "bắt buộc", "must", "have to", "has to", "required")
_NEED = _words("cần", "yêu cầu", "need", "needs", "needed")
_MAY = _words(r"(?<!không )có thể", "được phép", "tùy", "may", "can", "optional")
_FREE = _words("miễn phí", "được miễn", "free", "exempt")
_NO_CHARGE = _words(r"không (?:mất|thu|tốn|phải (?:trả|nộp))(?: \w+)?", "miễn", "no fee", "no charge")
_PAID = _words(r"(?<!không )(?:mất|thu|tốn|đóng|nộp|trả) (?:phí|lệ phí|tiền)")


def negations(text: str) -> Counter[str]:
    """Return how often a text says no, not yet and forbidden."""
    told = text.lower()
    return Counter({name: len(words.findall(told)) for name, words in _NEGATIONS.items()})


def limits(text: str) -> set[str]:
    """Return which limits, times and exceptions a text sets."""
    told = text.lower()
    return {name for name, words in _LIMITS.items() if words.search(told)}


def is_stronger(claim: str, quote: str) -> bool:
    """Tell whether a claim orders, allows or gives away what its quote does not."""
    said, known = claim.lower(), quote.lower()
    return (
        (bool(_MUST.search(said)) and not (_MUST.search(known) or _NEED.search(known)))
        or (bool(_MAY.search(said)) and not _MAY.search(known))
        or (bool(_MUST.search(known)) and bool(_MAY.search(said)) and not _MAY.search(known))
        or (bool(_FREE.search(said)) and not (_FREE.search(known) or _NO_CHARGE.search(known)))
        or (bool(_PAID.search(said)) and not _PAID.search(known))
    )
