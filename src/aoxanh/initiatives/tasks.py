"""Background jobs of the initiatives room: thin, idempotent, calling the room's own actions."""

from uuid import UUID

from procrastinate.contrib.django import app

from aoxanh.initiatives.adoption_queries import initiatives_to_measure, initiatives_with_copies
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system

MEASURER = "evidence"


@app.periodic(cron="10 18 * * 6")
@app.task(queueing_lock="initiatives.measure_effects", pass_context=False)
def measure_effects(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Order an estimate for every recognised initiative that somebody adopted, and for the copies of each, in the night to Sunday."""
    with whole_nation():
        wanted = [row.id for row in initiatives_to_measure()]
        copied = [row.id for row in initiatives_with_copies()]
    for initiative_id in wanted:
        measure_one.defer(initiative_id=str(initiative_id))
    for initiative_id in copied:
        measure_copies_of.defer(initiative_id=str(initiative_id))


@app.task(name="initiatives.measure_one", pass_context=False)
def measure_one(initiative_id: str) -> None:
    """Estimate what one initiative changed and store it."""
    # The statistics libraries take seconds and memory to load; a process that only defers must not pay for them.
    from aoxanh.initiatives.actions.measuring import measure

    with whole_nation():
        row = initiatives_to_measure().filter(id=UUID(initiative_id)).first()
    if row is not None:
        measure(initiative=row, by=system(MEASURER))


@app.task(name="initiatives.measure_copies_of", pass_context=False)
def measure_copies_of(initiative_id: str) -> None:
    """Judge every copy of one initiative by itself and store it."""
    from aoxanh.initiatives.actions.measuring import measure_copies

    with whole_nation():
        row = initiatives_with_copies().filter(id=UUID(initiative_id)).first()
    if row is not None:
        measure_copies(initiative=row, by=system(MEASURER))
