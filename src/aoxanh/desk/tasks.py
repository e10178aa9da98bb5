"""Background jobs of the desk: thin, idempotent, calling the room's own functions."""

from procrastinate.contrib.django import app

from aoxanh.desk.answers import let_lone_answers_go
from aoxanh.desk.partitions import make_partitions


@app.periodic(cron="10 1 * * *")
@app.task(queueing_lock="desk.make_months_ahead", pass_context=False)
def make_months_ahead(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Make the partitions of the coming months, daily, so that no sync ever meets a missing one."""
    make_partitions()


@app.periodic(cron="25 1 * * *")
@app.task(queueing_lock="desk.let_lone_answers_go", pass_context=False)
def let_answers_without_a_session_go(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Delete, daily, the answers whose session never came."""
    let_lone_answers_go()
