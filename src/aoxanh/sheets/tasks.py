"""Background jobs of the sheets room: thin, idempotent, calling the room's own actions."""

from datetime import timedelta
from uuid import UUID

from procrastinate.contrib.django import app

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor, system
from aoxanh.people.errors import NotAllowed
from aoxanh.sheets import actions
from aoxanh.sheets.models import SheetImport

SILENT = timedelta(minutes=3)


@app.task(name="sheets.read", pass_context=False)
def read(import_id: str) -> None:
    """Read an upload for its sender."""
    with whole_nation():
        sheet, actor = _sheet_and_sender(import_id)
    if sheet is not None and actor is not None:
        try:
            actions.read_sheet(import_id=sheet.id, by=actor)
        except DomainError as error:
            _refuse(sheet, error)


@app.task(name="sheets.store", pass_context=False)
def store(import_id: str) -> None:
    """Store an upload for its sender."""
    with whole_nation():
        sheet, actor = _sheet_and_sender(import_id)
    if sheet is not None and actor is not None:
        try:
            actions.store_sheet(import_id=sheet.id, by=actor)
        except DomainError as error:
            _refuse(sheet, error)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="sheets.resume", pass_context=False)
def resume(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Take up what a worker that died left behind, three times at most."""
    silent = SheetImport.objects.filter(
        touched_at__lt=clock.now() - SILENT,
        state__in=(SheetImport.State.WAITING, SheetImport.State.READING, SheetImport.State.STORING),
    )
    for sheet in silent:
        if sheet.attempts >= actions.MOST_ATTEMPTS:
            actions.refuse(sheet=sheet, code="gave_up", facts={})
        elif actions.claim(sheet=sheet):
            (store if sheet.state == SheetImport.State.STORING else read).defer(import_id=str(sheet.id))


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="sheets.expire", pass_context=False)
def expire(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets one
    """Let go of uploads that are a day old, every hour."""
    with whole_nation():
        actions.expire_uploads(by=system("retention"))


def _refuse(sheet: SheetImport, error: DomainError) -> None:
    # Nearly always the right to send such a list was taken back meanwhile.
    actions.refuse(sheet=sheet, code="not_allowed" if isinstance(error, NotAllowed) else "gone", facts={})


def _sheet_and_sender(import_id: str) -> tuple[SheetImport | None, Actor | None]:
    sheet = SheetImport.objects.select_related("account").filter(id=UUID(import_id)).first()
    if sheet is None or sheet.account is None:
        return None, None
    return sheet, people.actor_of(sheet.account)
