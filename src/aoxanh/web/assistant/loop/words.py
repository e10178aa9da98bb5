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


def slot_name(slot: str) -> str:
    """Return what was wanted in words; the procedure as a whole where nothing by itself was asked."""
    return str(SlotName(slot).label) if slot in SlotName.values else str(_("the procedure as a whole"))


def rule_name(rule: str) -> str:
    """Return the limit that was met, as the policy names it."""
    return rule.replace("_", " ").replace(".", " · ") or str(_("no limit named"))
