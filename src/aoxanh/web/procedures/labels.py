"""What the fields and words of a card are called on pages."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from aoxanh.procedures.models import ProcedureGroup

FIELDS = {
    "code": _("Code"),
    "group": _("Group"),
    "name": _("Name"),
    "authority": _("Who is responsible"),
    "bodies.support": _("Where to get help"),
    "bodies.receive": _("Where to hand it in"),
    "bodies.decide": _("Who decides"),
    "online_level": _("Online level"),
    "channels": _("Ways to hand it in"),
    "time": _("How long it takes"),
    "time_working_days": _("Working days"),
    "fee": _("Fee"),
    "fee.certainty": _("How sure the fee is"),
    "papers": _("Papers"),
    "steps": _("Steps"),
    "never": _("What a volunteer never does"),
    "result": _("What one gets"),
    "legal": _("Legal basis"),
    "changed": _("What changed lately"),
    "notes": _("Good to know"),
    "aliases": _("What citizens call it"),
    "asks_province": _("Each province settles it itself"),
    "confidence": _("How sure the card is"),
    "source": _("Source"),
    "supersedes": _("Takes the place of"),
    "valid_from": _("Holds from"),
}
LEVELS = {
    "full": _("Online from start to end"),
    "partial": _("Partly online, one visit"),
    "none": _("In person only"),
}
CHANNELS = {
    "online": _("National Public Service Portal"),
    "app": _("VNeID app"),
    "in_person": _("In person"),
    "post": _("Public post"),
    "phone": _("Telephone"),
}
FEES = {
    "free": _("Free of charge"),
    "fixed": _("Fixed by law"),
    "varies": _("Depends on the case"),
    "council": _("Set by the provincial council: ask"),
    "unverified": _("Not certain: ask"),
}
WHO = {
    "citizen": pgettext_lazy("who does a step", "Citizen"),
    "volunteer": pgettext_lazy("who does a step", "Volunteer"),
    "official": pgettext_lazy("who does a step", "Official"),
}
CONFIDENCE = {
    "high": _("Checked against the portal"),
    "medium": _("To be confirmed"),
}
LANGUAGES = {"vi": _("Vietnamese"), "en": _("English"), "": ""}
YES_NO = {"True": _("yes"), "False": _("no")}
_WORDS: dict[str, dict[str, Any]] = {
    "group": dict(ProcedureGroup.choices),
    "online_level": LEVELS,
    "channels": CHANNELS,
    "fee.certainty": FEES,
    "confidence": CONFIDENCE,
    "asks_province": YES_NO,
}


def told(field: str, text: str) -> str:
    """Return a piece of a card's field in the page's words: a choice by its label, a date as people write it."""
    if field == "valid_from":
        return f"{date.fromisoformat(text):%d/%m/%Y}"
    if field == "steps":
        who, colon, rest = text.partition(":")
        return f"{WHO[who]}:{rest}" if colon and who in WHO else text
    return str(_WORDS.get(field, {}).get(text, text))
