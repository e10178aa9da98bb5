"""Words of the rubric: what each criterion, item of a visit, band and likeness is called."""

from typing import Any

from django.utils.translation import gettext_lazy as _

CRITERIA: dict[str, Any] = {
    "finished": _("Errands finished on the spot"),
    "come_back": _("Few told to come back"),
    "outside": _("Help brought to people"),
    "files": _("Recorded work in order (blind review)"),
    "voice": _("Citizens confirm the help"),
    "visit": _("Supervisor’s visit"),
    "candour": _("Candour of the self-score"),
}
VISIT_ITEMS: dict[str, Any] = {
    "boundary": _("Nobody does the official’s or the citizen’s part"),
    "privacy": _("No codes, passwords or photographs of papers are taken"),
    "signs": _("Signs and badges can be seen"),
    "roster": _("Those on the roster are there"),
    "welcome": _("Old people and speakers of other languages are looked after"),
}
BANDS: dict[str, Any] = {
    "excellent": _("Fulfilled excellently"),
    "good": _("Fulfilled well"),
    "fulfilled": _("Fulfilled"),
    "unfulfilled": _("Not fulfilled"),
    "": _("not enough to judge by"),
}
PLACE_TYPES: dict[str, Any] = {
    "": _("all places"),
    "urban": _("urban"),
    "rural": _("rural"),
    "border": _("border"),
    "island": _("island"),
}
ALIKE: dict[str, Any] = {
    "languages": _("languages"),
    "network": _("network"),
    "size": _("size"),
}
