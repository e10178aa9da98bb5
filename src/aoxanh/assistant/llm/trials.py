"""Trials of the check: true sentences of our own cards, lightly reworded, and the same with one thing made wrong by machine.

The edits know nothing of the check's word lists: they are written from the sentences. `measure` is what a bench prints.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from random import Random

from aoxanh.assistant.llm.passages import Claim, Passage
from aoxanh.assistant.llm.verify import Verifier, Weights
from aoxanh.kernel.text import nfc
from aoxanh.procedures.card import Card, texts_of

SHORTEST = 6
_SENTENCE = re.compile(r"[^.!?;]+(?:\.(?=\d)[^.!?;]+)*[.!?]?")
_SAME = (
    ("mang theo", "đem theo"), ("nộp", "gửi"), ("hồ sơ", "bộ hồ sơ"), ("trên mạng", "qua mạng"), ("làm", "thực hiện"),
    ("nhận", "lấy"), ("báo", "thông báo"), ("thì", "là"), ("nơi", "chỗ"), ("xem", "coi"), ("xong", "hoàn tất"),
    ("cô chú", "bà con"), ("UBND", "Ủy ban nhân dân"), ("ghi rõ", "viết rõ"), ("giấy tờ", "các giấy tờ"),
)  # fmt: skip
_OPENINGS = ("Theo hướng dẫn, ", "Bà con lưu ý: ", "Cụ thể, ", "")
_ONES = "không một hai ba bốn năm sáu bảy tám chín".split()
_AGENCIES = (
    "UBND cấp xã", "UBND cấp tỉnh", "UBND xã", "UBND tỉnh", "HĐND tỉnh", "Công an cấp xã", "Công an cấp tỉnh", "công an xã", "công an tỉnh",
    "Sở Tư pháp", "Sở Xây dựng", "Tòa án", "BHXH cơ sở", "cơ quan thuế", "Bưu điện", "ngân hàng", "Ban Chỉ huy Quân sự cấp xã",
    "Văn phòng đăng ký đất đai", "Bộ Công an", "Cổng Dịch vụ công quốc gia", "Trung tâm Phục vụ hành chính công", "cán bộ",
    "tình nguyện viên", "Bạn",
)  # fmt: skip
_AGENCY = re.compile(rf"\b(?:{'|'.join(sorted(_AGENCIES, key=len, reverse=True))})\b")
_UNITS = (
    ("ngày làm việc", "ngày"),
    ("ngày", "tháng"),
    ("tháng", "ngày"),
    ("tuổi", "tháng tuổi"),
    ("giờ", "ngày"),
)

Edit = Callable[[str, Random], str]


@dataclass(frozen=True, slots=True)
class Trial:
    """One claim, whether it is true, and what was done to it."""

    kind: str
    claim: Claim


def sentences_of(cards: Iterable[Card]) -> list[str]:
    """Return the Vietnamese sentences of cards that say enough to be reworded, each once."""
    texts = (text.vi for card in cards for _path, text in texts_of(card))
    parts = (nfc(part) for text in texts for part in _SENTENCE.findall(text))
    return list(dict.fromkeys(part for part in parts if len(part.split()) >= SHORTEST))


def weights_of(cards: Iterable[Card]) -> Weights:
    """Return how telling each word of the cards is, in both languages."""
    return Weights.among(
        told for card in cards for _path, text in texts_of(card) for told in (text.vi, text.en)
    )


def measure(cards: Sequence[Card], *, seed: int, size: float = 1.0) -> dict[str, float]:
    """Return, by kind, how many claims were tried and the share accepted: `<kind>_tried`, `<kind>_accepted_pct`."""
    random, sentences = Random(seed), sentences_of(cards)
    random.shuffle(sentences)
    weights = weights_of(cards)
    tried: Counter[str] = Counter()
    accepted: Counter[str] = Counter()
    for at, sentence in enumerate(sentences[: max(20, int(len(sentences) * size))]):
        stranger = sentences[at - 1]
        verifier = Verifier([Passage("p1", sentence), Passage("p2", stranger)], weights)
        for trial in [*trials_of(sentence, random), *_with_an_addition(sentence, stranger)]:
            tried[trial.kind] += 1
            accepted[trial.kind] += verifier.doubt(trial.claim) is None
    figures: dict[str, float] = {f"{kind}_tried": count for kind, count in tried.items()}
    return figures | {f"{kind}_accepted_pct": 100 * accepted[kind] / count for kind, count in tried.items()}


def trials_of(sentence: str, random: Random) -> list[Trial]:
    """Return one true rewording of a sentence, and each wrong one that this sentence allows."""
    told = reworded(sentence, random)
    made = [Trial("true", Claim(told, "p1", sentence)), Trial("cited_elsewhere", Claim(told, "p2", sentence))]
    for kind, edit in EDITS.items():
        wrong = edit(told, random)
        if nfc(wrong) != nfc(told):
            made.append(Trial(kind, Claim(wrong, "p1", sentence)))
    return made


def _with_an_addition(sentence: str, stranger: str) -> list[Trial]:
    """Return the sentence with something true of another procedure hung on, as a sentence and as a clause."""
    bare = sentence.rstrip(".!? ")
    return [
        Trial("sentence_added", Claim(f"{bare}. {stranger}", "p1", sentence)),
        Trial("clause_added", Claim(f"{bare}, {stranger[0].lower()}{stranger[1:]}", "p1", sentence)),
    ]


def reworded(sentence: str, random: Random) -> str:
    """Return the sentence in slightly other words, meaning the same."""
    told = sentence
    for before, after in random.sample(_SAME, 4):
        told = re.sub(rf"\b{before}\b(?! việc)", after, told, count=1)
    if random.random() < 0.4:
        told = re.sub(r"(?<![\d.,/])\b\d{1,2}\b(?= (?:ngày|tháng|tuổi|năm|giờ|bản|lần))", _written, told)
    opening = random.choice(_OPENINGS)
    return opening + (told[0].lower() + told[1:] if opening and told[1:2].islower() else told)


def change_number(told: str, random: Random) -> str:
    """Make one number another one, in digits or in words."""
    found = list(re.finditer(r"\d+(?:[.,/]\d+)*", told))
    if not found:
        return told
    spot = random.choice(found)
    digits = re.sub(r"\D", "", spot[0])
    other = str(int(digits) + random.choice((1, 2, 5, 10)))
    if len(digits) <= 2 and not told[spot.end() : spot.end() + 1].isalpha() and random.random() < 0.3:
        other = _written_out(int(other) % 100)
    elif len(digits) > 4:
        at = random.randrange(len(spot[0]))
        flipped = [
            str((int(sign) + 3) % 10) if sign.isdigit() and at <= place else sign
            for place, sign in enumerate(spot[0])
        ]
        other = "".join(flipped)
    return told[: spot.start()] + other + told[spot.end() :]


def change_unit(told: str, random: Random) -> str:
    """Make days months, working days days."""
    fitting = [(before, after) for before, after in _UNITS if re.search(rf"\d {before}\b", told)]
    if not fitting:
        return told
    before, after = fitting[0] if len(fitting) == 1 else random.choice(fitting[:1])
    return re.sub(rf"(\d) {before}\b", rf"\1 {after}", told, count=1)


def exchange_numbers(told: str, _random: Random) -> str:
    """Put two numbers in each other's place."""
    found = list(re.finditer(r"\d+(?:[.,/]\d+)*", told))
    if len(found) < 2 or found[0][0] == found[-1][0]:
        return told
    first, last = found[0], found[-1]
    return told[: first.start()] + last[0] + told[first.end() : last.start()] + first[0] + told[last.end() :]


def flip(told: str, random: Random) -> str:
    """Take a negation away, or put one in."""
    found = list(re.finditer(r"\b(?:không|chưa|đừng)\s", told, re.IGNORECASE))
    if found:
        spot = random.choice(found)
        return told[: spot.start()] + told[spot.end() :]
    spot_ = re.search(r"\b(?:cần|phải|được|có|nộp|nhận|mang|làm|mất|hỏi|ghi|xem|chọn)\b", told)
    return f"{told[: spot_.start()]}không {told[spot_.start() :]}" if spot_ else told


def exchange_agency(told: str, random: Random) -> str:
    """Let another body, or another person, do it."""
    found = list(_AGENCY.finditer(told))
    if not found:
        return told
    spot = random.choice(found)
    same = _alike(spot[0])
    others = [name for name in _AGENCIES if _alike(name) != same and name.lower() not in told.lower()]
    return told[: spot.start()] + random.choice(others) + told[spot.end() :]


def exchange_form(told: str, random: Random) -> str:
    """Name another form or law."""
    found = list(re.finditer(r"\b(?:CT|TK|NĐ |TT |QĐ |M)\d{1,3}", told))
    if not found:
        return told
    spot = random.choice(found)
    return told[: spot.end() - 1] + str((int(spot[0][-1]) + 3) % 10) + told[spot.end() :]


def turn_limit(told: str, _random: Random) -> str:
    """Turn at most into at least, before into after."""
    for before, after in (
        ("tối đa", "tối thiểu"),
        ("ít nhất", "nhiều nhất"),
        ("trở lên", "trở xuống"),
        ("trước", "sau"),
        ("dưới", "trên"),
    ):
        if re.search(rf"\b{before} (?=\d|ngày|khi)|\b{before}\b$", told) or (
            before.startswith("t") and f"{before}." in told
        ):
            return re.sub(rf"\b{before}\b", after, told, count=1)
    return told


def leave_out_exception(told: str, _random: Random) -> str:
    """Let a rule hold without its exception."""
    return re.sub(r",? trừ (?:khi|trường hợp|những).*", ".", told)


EDITS: dict[str, Edit] = {
    "number_changed": change_number,
    "unit_changed": change_unit,
    "numbers_exchanged": exchange_numbers,
    "negation_flipped": flip,
    "agency_exchanged": exchange_agency,
    "form_exchanged": exchange_form,
    "limit_turned": turn_limit,
    "exception_left_out": leave_out_exception,
}


def _alike(agency: str) -> str:
    """Return one spelling for the names of one body: "công an xã" is "Công an cấp xã", "Bạn" is the volunteer."""
    return {"bạn": "tình nguyện viên"}.get(agency.lower(), agency.lower().replace(" cấp ", " "))


def _written(match: "re.Match[str]") -> str:
    return _written_out(int(match[0]))


def _written_out(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _ONES[ones]
    head = "mười" if tens == 1 else f"{_ONES[tens]} mươi"
    tail = {0: "", 1: " một" if tens == 1 else " mốt", 5: " lăm"}.get(ones, f" {_ONES[ones]}")
    return head + tail
