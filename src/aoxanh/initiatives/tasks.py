"""Background jobs of the initiatives room: thin, idempotent, calling the room's own actions."""

from uuid import UUID

from procrastinate.contrib.django import app

from aoxanh.initiatives.adoption_queries import initiatives_to_measure
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system

MEASURER = "evidence"


@app.periodic(cron="10 18 * * 6")
@app.task(queueing_lock="initiatives.measure_effects", pass_context=False)
def measure_effects(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Order an estimate for every recognised initiative that somebody adopted, in the night to Sunday, one job each."""
    with whole_nation():
        wanted = [row.id for row in initiatives_to_measure()]
    for initiative_id in wanted:
        measure_one.defer(initiative_id=str(initiative_id))


@app.task(name="initiatives.measure_one", pass_context=False)
def measure_one(initiative_id: str) -> None:
    """Estimate what one initiative changed and store it."""
    # The statistics libraries take seconds and memory to load; a process that only defers must not pay for them.
    from aoxanh.initiatives.actions.measuring import measure

    with whole_nation():
        row = initiatives_to_measure().filter(id=UUID(initiative_id)).first()
    if row is not None:
        measure(initiative=row, by=system(MEASURER))
