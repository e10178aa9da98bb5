"""The editor's form: a card taken apart into fields, and fields put together into a card again."""

from collections.abc import Mapping
from typing import Any

from django.utils.datastructures import MultiValueDict

from aoxanh.kernel.text import nfc
from aoxanh.procedures.models import ProcedureGroup
from aoxanh.web.procedures import labels

TEXTS = (
    "name",
    "authority",
    "bodies.support",
    "bodies.receive",
    "bodies.decide",
    "time",
    "fee",
    "result",
    "changed",
)
LISTS = ("papers", "steps", "never", "notes")
LINES = ("aliases", "legal", "supersedes")
CHOICES = {
    "group": ProcedureGroup.choices,
    "online_level": tuple(labels.LEVELS.items()),
    "fee.certainty": tuple(labels.FEES.items()),
    "confidence": tuple(labels.CONFIDENCE.items()),
}
MOST_ROWS = 40
SPARE_ROWS = 2

Form = MultiValueDict[str, str]


def material_from(form: Form) -> dict[str, Any]:
    """Put what was typed together as a card's material; rows left blank in both languages fall away."""
    words = {name: nfc(form.get(name, "") or "") for name in form}
    material: dict[str, Any] = {"bodies": {}}
    for name in TEXTS:
        room, _, part = name.rpartition(".")
        (material[room] if room else material)[part] = _text(words, name)
    material["fee"]["certainty"] = words.get("fee.certainty", "")
    if not any(material["changed"].values()):
        material["changed"] = None
    for name in LISTS:
        material[name] = _rows(words, name)
    for name in LINES:
        material[name] = [nfc(line) for line in (form.get(name, "") or "").splitlines() if line.strip()]
    for name in ("code", "group", "online_level", "confidence", "source", "valid_from"):
        material[name] = words.get(name, "")
    days = words.get("time_working_days", "")
    material["time_working_days"] = (
        int(days) if days.isascii() and days.isdigit() and len(days) < 9 else days or None
    )
    material["channels"] = [channel for channel in labels.CHANNELS if channel in form.getlist("channels")]
    material["asks_province"] = "asks_province" in form
    return material


def fields_of(material: Mapping[str, Any], more: str = "") -> dict[str, Any]:
    """Take a card's material apart for the template; `more` names a list that gets additional blank rows."""
    return {
        "texts": [_field(name, _dig(material, name)) for name in TEXTS],
        "lists": [
            {
                "name": name,
                "label": labels.FIELDS[name],
                "rows": [
                    {"name": f"{name}.{index}", "at": index + 1, **(row or {})}
                    for index, row in enumerate(_padded(list(material.get(name) or ()), more=more == name))
                ],
            }
            for name in LISTS
        ],
        "lines": [
            {"name": name, "label": labels.FIELDS[name], "value": "\n".join(material.get(name) or ())}
            for name in LINES
        ],
        "choices": [
            {"name": name, "label": labels.FIELDS[name], "options": options, "value": _dig(material, name)}
            for name, options in CHOICES.items()
        ],
        "channels": [
            (name, label, name in (material.get("channels") or ())) for name, label in labels.CHANNELS.items()
        ],
        "who": tuple(labels.WHO.items()),
        "material": material,
    }


def _text(words: Mapping[str, str], name: str) -> dict[str, str]:
    return {"vi": words.get(f"{name}.vi", ""), "en": words.get(f"{name}.en", "")}


def _rows(words: Mapping[str, str], name: str) -> list[dict[str, str]]:
    """Return the filled rows in the order the person gave them."""
    rows: list[tuple[float, dict[str, str]]] = []
    for index in range(MOST_ROWS):
        row = _text(words, f"{name}.{index}")
        if any(row.values()):
            if name == "steps":
                row["who"] = words.get(f"{name}.{index}.who", "")
            rows.append((_place(words.get(f"{name}.{index}.at", ""), index + 1), row))
    return [row for _, row in sorted(rows, key=lambda item: item[0])]


def _place(typed: str, otherwise: int) -> float:
    try:
        place = float(typed.replace(",", "."))
    except ValueError:
        return otherwise
    return place if 0 <= place <= MOST_ROWS else otherwise


def _padded(rows: list[Any], *, more: bool) -> list[Any]:
    spare = SPARE_ROWS + (4 if more else 0)
    return (rows + [None] * spare)[:MOST_ROWS]


def _field(name: str, value: Any) -> dict[str, Any]:
    return {
        "name": name,
        "label": labels.FIELDS[name],
        "vi": (value or {}).get("vi", ""),
        "en": (value or {}).get("en", ""),
    }


def _dig(material: Mapping[str, Any], path: str) -> Any:
    value: Any = material
    for part in path.split("."):
        value = (value or {}).get(part)
    return value
