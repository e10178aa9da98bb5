"""Background jobs of the oversight room: thin, idempotent, calling the room's own actions."""

from procrastinate.contrib.django import app

from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.actions.flags import look_at_province
from aoxanh.people.actors import system
from aoxanh.places import queries as places

LOOKER = "figures"


@app.periodic(cron="30 19 * * 0")
@app.task(queueing_lock="oversight.look_at_figures", pass_context=False)
def look_at_figures(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Order a look at every province, in the night to Monday (the queue's clock is UTC), one job each."""
    for province in places.provinces():
        look_at_one.defer(province_code=province.code)


@app.task(name="oversight.look_at_one", pass_context=False)
def look_at_one(province_code: str) -> None:
    """Compare the figures of one province and open what is to be asked."""
    with whole_nation():
        look_at_province(province=places.place_by_code(province_code), by=system(LOOKER))
