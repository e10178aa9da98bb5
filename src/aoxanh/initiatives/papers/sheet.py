"""One initiative on A4, laid out by Typst in the reader's language; Typst is loaded when the first one is made."""

import io
import json
import threading
from importlib import resources
from typing import Any

import segno
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from aoxanh.initiatives.models import Initiative

# One at a time in a process: the layout engine takes all the cores it finds.
_TURN = threading.Lock()
SURE = ("proven", "promising", "harmful", "not_replicated", "none")
_SOURCE = resources.files("aoxanh.initiatives") / "papers" / "initiative.typ"


def sheet_of(row: Initiative, *, address: str) -> bytes:
    """Return an initiative (with its place) as PDF; takes about a tenth of a second."""
    import typst

    inputs = {"told": json.dumps(_told(row, address), ensure_ascii=False)}
    with _TURN:
        made = typst.compile(_SOURCE.read_bytes(), format="pdf", ignore_system_fonts=True, sys_inputs=inputs)
    return made if isinstance(made, bytes) else made[0]


def _told(row: Initiative, address: str) -> dict[str, Any]:
    days = " – ".join(f"{day:%d/%m/%Y}" for day in (row.first_day, row.last_day) if day)
    helpers = ", ".join(f"{count} {role}" for role, count in row.helpers)
    facts = [
        (_("Where"), row.word("where") or capfirst(row.place.address)),
        (_("When"), days),
        (_("Who took part"), helpers),
        (_("Cost"), f"{row.cost_vnd:,} đ".replace(",", ".") if row.cost_vnd is not None else ""),
        (_("Equipment"), row.word("equipment")),
        (_("Communes that copy it"), str(row.adoptions.filter(last_day=None).count() or "")),
    ]
    parts = [
        (_("The problem"), row.word("problem")),
        (_("Before and after"), row.word("result")),
        (_("What it takes to copy it"), row.word("conditions")),
        (_("Limits and failures"), row.word("limits")),
        (_("Source"), row.word("source")),
    ]
    return {
        "language": get_language() or "vi",
        "title": str(row),
        "kind": capfirst(row.get_kind_display()),
        "state": capfirst(row.get_state_display()),
        "facts": [fact for fact in facts if fact[1]],
        "steps_title": _("What was done, step by step"),
        "steps": row.step_lines,
        "parts": [part for part in parts if part[1]],
        "effect_title": _("What it changed"),
        "effects": _effects(row),
        "qr": _qr(address),
        "address": address,
    }


def _effects(row: Initiative) -> list[str]:
    """Return what can be said, the surest first; that nothing can be said yet is said once."""
    effects = list(row.effects.order_by("indicator"))
    claims = sorted((one for one in effects if one.is_claim), key=lambda one: SURE.index(one.grade))
    if claims:
        return [f"{capfirst(one.sentence)}." for one in claims]
    return [_("Too little to say yet.") if effects else _("Not measured yet.")]


def _qr(address: str) -> str:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", scale=4, border=1, dark="#16202c")
    return out.getvalue().decode()
