"""Background jobs of the kernel: the queue looks after itself."""

from procrastinate.contrib.django import app

from aoxanh.kernel import jobs


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="kernel.give_back_stalled", pass_context=False)
def give_back_stalled(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Give back, every minute, the jobs of a worker that died."""
    jobs.give_back_stalled()
