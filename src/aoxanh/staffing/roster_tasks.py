"""Background jobs of rosters: thin, idempotent, calling the room's own actions."""

from uuid import UUID

from procrastinate.contrib.django import app

from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system
from aoxanh.staffing.actions import rosters, runs
from aoxanh.staffing.models import Roster


@app.task(name="staffing.roster", pass_context=False)
def draft_roster(roster_id: str) -> None:
    """Draft a roster that waits; the one who ordered it was allowed to."""
    rosters.draft_roster(roster_id=UUID(roster_id), by=system("rostering"))


@app.task(name="staffing.mend", pass_context=False)
def mend_roster(roster_id: str) -> None:
    """Propose how a published roster goes on that lost somebody; publishing it is the leader's."""
    by = system("rostering")
    with whole_nation():
        roster = Roster.objects.filter(id=UUID(roster_id), state=Roster.State.PUBLISHED).first()
        if roster is None:
            return
        draft = rosters.order_mend(roster=roster, by=by)
    rosters.draft_roster(roster_id=draft.id, by=by)


@app.task(name="staffing.run", pass_context=False)
def carry_out_run(run_id: str) -> None:
    """Draft the rosters of a whole place."""
    runs.carry_out_run(run_id=UUID(run_id), by=system("rostering"))
