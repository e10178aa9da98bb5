"""The verdict of a blind file review, kept beside the session it is about, so that the ledger counts it."""

from datetime import date
from typing import Literal
from uuid import UUID

from aoxanh.desk.models import WorkCheck
from aoxanh.desk.receive import mark_dirty
from aoxanh.kernel import clock

FileVerdict = Literal["passed", "failed", "unclear"]


def keep_file_check(*, key: tuple[str, date, UUID], sample_id: UUID, verdict: FileVerdict, reason: str) -> None:  # fmt: skip
    """Keep what a blind review found about one session, in the transaction of the action that decided it; a later verdict replaces it.

    `sample_id` is the evaluation cycle that drew the file. Who reviewed is not kept. The caller has checked permission and words.
    """
    commune, day, root = key
    WorkCheck.objects.update_or_create(
        commune_code=commune,
        day=day,
        id=root,
        kind=WorkCheck.Kind.FILE,
        defaults={
            "sample_id": sample_id,
            "verdict": verdict,
            "reason": reason,
            "checked_at": clock.now(),
        },
    )
    mark_dirty({(commune, day.isoformat())})
