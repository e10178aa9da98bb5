"""Background jobs of the audit room: the heads every hour, the walk over all chains every night."""

import logging

from procrastinate.contrib.django import app

from aoxanh.audit import checks, heads

log = logging.getLogger("aoxanh.audit")


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="audit.export_heads", pass_context=False)
def export_heads(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Tell where the chains end."""
    heads.export_heads()


@app.periodic(cron="20 3 * * *")
@app.task(queueing_lock="audit.check_all", pass_context=False)
def check_all(timestamp: int) -> None:  # noqa: ARG001 - procrastinate's signature
    """Walk every chain; a broken one is an error in the log as well as on the auditor's page."""
    check = checks.check_all()
    for found in check.breaks:
        log.error("The audit chain %s is broken at entry %d: %s.", found.chain, found.number, found.reason)
