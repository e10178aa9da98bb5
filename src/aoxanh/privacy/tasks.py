"""Background jobs of the privacy room."""

from procrastinate.contrib.django import app

from aoxanh.privacy import actions


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="privacy.retain", pass_context=False)
def retain(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Let go of what was kept long enough, every night."""
    actions.retain(by="system:retention")
