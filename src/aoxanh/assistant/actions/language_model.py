"""Switching the optional language model on and off while the site runs."""

from django.db import transaction

from aoxanh.assistant.errors import UnfitSwitch
from aoxanh.assistant.models import LanguageModelSwitch
from aoxanh.audit import actions as audit
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.privacy.queries import check_text

LONGEST_REASON = 200


@transaction.atomic
def switch_language_model(*, is_on: bool, reason: str, by: Actor) -> LanguageModelSwitch:
    """Let the model be asked from now on, or not; every server obeys at its next question. Raises UnfitSwitch or PersonalData.

    It never turns on what the settings leave off.
    """
    nation = places.nation()
    require(by, Permission.MODEL_SWITCH, nation)
    told = check_text(" ".join(reason.split()), "reason")
    if not 0 < len(told) <= LONGEST_REASON:
        raise UnfitSwitch(field="reason")
    switch = LanguageModelSwitch.objects.create(is_on=is_on, reason=told)
    audit.record(
        chain=nation.code,
        actor=str(by),
        action="assistant.model.switched",
        subject=f"place:{nation.code}",
        details={"on": is_on},
    )
    return switch
