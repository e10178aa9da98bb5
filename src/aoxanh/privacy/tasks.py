"""Background jobs of the privacy room."""

from procrastinate.contrib.django import app

from aoxanh.privacy import actions


@app.periodic(cron="40 2 * * *")
@app.task(queueing_lock="privacy.expire", pass_context=False)
def expire(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Let go of what was kept long enough, every night."""
    actions.expire(by="system:retention")
