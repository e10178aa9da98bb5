"""Background jobs of the oversight room: thin, idempotent, calling the room's own actions."""

from datetime import date

from procrastinate.contrib.django import app

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system
from aoxanh.places.queries import place_by_code


@app.task(name="oversight.draft_reports", pass_context=False)
def draft_reports(place_code: str, first: str, last: str) -> None:
    """Draft the weekly reports that a province or the centre ordered; what is there already stays as it is."""
    from aoxanh.oversight import actions

    with whole_nation():
        place = place_by_code(place_code)
    actions.draft_for_communes(
        place=place, first=date.fromisoformat(first), last=date.fromisoformat(last), by=system("reporter")
    )
