"""A small valid card, and ways to bend it, for tests of the procedures room."""

from copy import deepcopy
from typing import Any

from aoxanh.procedures.card import Card
from aoxanh.procedures.rules import read_card


def text(vi: str, en: str = "English") -> dict[str, str]:
    return {"vi": vi, "en": en}


CARD: dict[str, Any] = {
    "code": "9.000001",
    "group": "ho_tich",
    "name": text("Xin cấp thẻ thư viện xã", "Commune library card"),
    "authority": text("UBND cấp xã", "Commune People's Committee"),
    "bodies": {
        "support": text("Điểm hỗ trợ", "Support point"),
        "receive": text("Quầy của xã", "Counter"),
        "decide": text("UBND cấp xã", "Commune"),
    },
    "online_level": "full",
    "channels": ["online", "in_person"],
    "time": text("3 ngày làm việc", "3 working days"),
    "time_working_days": 3,
    "fee": {"certainty": "fixed", **text("5.000 đồng", "5,000 dong")},
    "papers": [text("Tờ khai", "Form")],
    "steps": [
        {"who": "volunteer", **text("Bạn đọc danh sách giấy tờ.", "Read out the list of papers.")},
        {"who": "citizen", **text("Cô chú tự điền và tự nộp.", "Fill in and submit yourself.")},
        {"who": "official", **text("Công chức nhận hồ sơ.", "The official takes the file.")},
    ],
    "never": [text("Không nộp thay cô chú.", "Never submit for the citizen.")],
    "result": text("Thẻ thư viện", "Library card"),
    "legal": ["NĐ 1/2025"],
    "changed": None,
    "notes": [],
    "aliases": ["làm thẻ mượn sách"],
    "asks_province": False,
    "confidence": "medium",
    "source": "test",
    "supersedes": None,
    "valid_from": "2026-01-01",
}


def bent(**changes: Any) -> dict[str, Any]:
    """Return the material of a card with fields changed, a path written with double underscores: name__vi, steps__0__vi."""
    material = deepcopy(CARD)
    for path, value in changes.items():
        *way, last = path.split("__")
        place: Any = material
        for part in way:
            place = place[int(part)] if part.isdigit() else place[part]
        place[int(last) if last.isdigit() else last] = value
    return material


def a_card(**changes: Any) -> Card:
    return read_card(bent(**changes))
