"""Background jobs of the desk: thin, idempotent, calling the room's own functions."""

from procrastinate.contrib.django import app

from aoxanh.desk.answers import let_lone_answers_go
from aoxanh.desk.attempts import let_attempts_go
from aoxanh.desk.partitions import make_partitions
from aoxanh.desk.recount import mark_days_before_the_ledger


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


@app.periodic(cron="40 18 * * *")
@app.task(queueing_lock="desk.count_old_days_anew", pass_context=False)
def count_old_days_anew(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Have days counted anew, in the night, whose figures are older than the ledger; after the first night there are none."""
    mark_days_before_the_ledger()


@app.periodic(cron="20 * * * *")
@app.task(queueing_lock="desk.let_attempts_go", pass_context=False)
def let_counts_of_attempts_go(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Delete, hourly, the counts of what was tried in hours that are over."""
    let_attempts_go()
