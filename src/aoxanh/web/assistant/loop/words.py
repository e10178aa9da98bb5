"""What the board of what people ask calls things."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.assistant.models import SlotName
from aoxanh.assistant.replies import Kind

KINDS: dict[str, Any] = {
    Kind.ANSWER: _("answered"),
    Kind.CHOOSE: _("answered, another offered"),
    Kind.ASK_BACK: _("asked back"),
    Kind.PROVINCE: _("settled by the province"),
    Kind.POLICE: _("led to the police"),
    Kind.REFUSE: _("refused"),
    Kind.OUTSIDE: _("no answer"),
}


# The limits of the policy by their names there; a name that is new stands as it is.
RULES: dict[str, Any] = {
    "personal_data": _("personal data in the question"),
    "injection": _("telling the assistant what to be"),
    "otp": _("one-time codes"),
    "password": _("passwords"),
    "card_photo": _("pictures of a card"),
    "number": _("identity numbers"),
    "other_person": _("looking somebody else up"),
    "politics": _("politics"),
    "gossip": _("talk about people"),
    "evade": _("getting round the law"),
    "as_official": _("acting as the official"),
    "eligibility": _("deciding who is entitled"),
    "for_the_citizen": _("doing it in the citizen’s place"),
    "like_refused": _("like what is refused"),
}


def slot_name(slot: str) -> str:
    """Return what was wanted in words; the procedure as a whole where nothing by itself was asked."""
    return str(SlotName(slot).label) if slot in SlotName.values else str(_("the procedure as a whole"))


def rule_name(rule: str) -> str:
    """Return the limit that was met in words, else as the policy names it."""
    if rule in RULES:
        return str(RULES[rule])
    return rule.replace("_", " ") or str(_("no limit named"))
