"""How a citizen's answer may come in: what each way weighs, how many count, and why; data, not code.

A weight is the share of such answers that we take to be the citizen's own, in hundredths. Blind checks put it to the test.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    """The way by which an answer came."""

    QR = "qr", _("QR code on the citizen’s phone")
    BUTTON = "button", _("button on the volunteer’s phone")
    SLIP = "slip", _("paper slip")
    CALLBACK = "callback", _("code told by telephone")


class Answer(TextChoices):
    """What the citizen says: helped and done, helped but not done yet, or not helped."""

    DONE = "done", _("I was helped, it is done")
    NOT_YET = "not_yet", _("I was helped, it is not done yet")
    NOT_HELPED = "not_helped", _("I was not helped")


@dataclass(frozen=True, slots=True)
class Terms:
    """What an answer by one channel counts.

    `weight` in hundredths; `most_a_day` answers of one volunteer's day count, the rest are kept and shown as doubtful.
    """

    weight: int
    most_a_day: int
    why: Any


TERMS: dict[Channel, Terms] = {
    Channel.CALLBACK: Terms(
        100,
        60,
        _("The citizen speaks to an official who was not there; nobody from the team is in between."),
    ),
    Channel.SLIP: Terms(
        90,
        60,
        _("Filled in by the citizen, but handed through others before an official enters it."),
    ),
    Channel.QR: Terms(
        90,
        40,
        _(
            "Answered away from the volunteer’s phone; somebody could still open their own code on a second phone."
        ),
    ),
    Channel.BUTTON: Terms(
        30,
        15,
        _(
            "Pressed on the volunteer’s own phone, before the volunteer’s eyes: little more than the report itself."
        ),
    ),
}
OPEN_DAYS = 30
"""So long after the help an answer is taken; later nobody remembers, and a code found in the bin would still work."""
ENTERED = (Channel.SLIP, Channel.CALLBACK)


def outweighs(new: str, old: str) -> bool:
    """Tell whether an answer by one channel takes the place of one by another: only by a weightier one."""
    return TERMS[Channel(new)].weight > TERMS[Channel(old)].weight
