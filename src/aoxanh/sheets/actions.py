"""Taking a file in, reading and comparing it, storing its rows all at once, and letting go of it."""

import os
import tempfile
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F

from aoxanh.audit import actions as audit
from aoxanh.kernel import clock
from aoxanh.kernel.scope import scope
from aoxanh.people.actors import Actor
from aoxanh.people.rosters import lock_rosters, reach_of
from aoxanh.sheets.errors import HasBadRows, NotReady, TooManyUploads
from aoxanh.sheets.flaws import unfit
from aoxanh.sheets.kinds import STAGED, Kind, kind_named
from aoxanh.sheets.models import SheetImport, SheetPiece, ShownRow
from aoxanh.sheets.pieces import keep_rows, lay_out, staging
from aoxanh.sheets.queries import import_of
from aoxanh.sheets.readers import orders_for, read_frames
from aoxanh.sheets.reading.container import MIB, MOST_BYTES
from aoxanh.sheets.reading.flaw import FileFlaw
from aoxanh.sheets.reading.stage import SEPARATOR

MOST_WAITING = 5
KEPT = timedelta(hours=24)
MOST_ATTEMPTS = 3
SAMPLE = 20


Watch = Callable[[int, int], None]  # is told how many rows are done, of how many
Store = Literal["nothing", "good", "all"]


def _unwatched(_done: int, _total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def receive_sheet(*, kind: str, content: Iterable[bytes], by: Actor) -> SheetImport:
    """Keep an uploaded list until it is read, and have the worker read it.

    Raises NotAllowed, UnknownKind, UnfitFile (too large, empty) or TooManyUploads.
    """
    wanted = kind_named(kind)
    reach_of(by, wanted.edit)
    unfinished = SheetImport.objects.filter(account=by.account_id).exclude(
        state__in=(SheetImport.State.STORED, SheetImport.State.REFUSED)
    )
    if by.account_id is not None and (count := unfinished.count()) >= MOST_WAITING:
        raise TooManyUploads(count=count)
    sheet = SheetImport.objects.create(account_id=by.account_id, kind=wanted.name)
    size = 0
    for number, piece in enumerate(content):
        size += len(piece)
        if size > MOST_BYTES:
            raise unfit("too_large", {"limit": str(MOST_BYTES // MIB)})
        SheetPiece.objects.create(sheet=sheet, number=number, content=piece)
    if size == 0:
        raise unfit("empty", {})
    return sheet


def read_sheet(*, import_id: UUID, by: Actor) -> SheetImport:
    """Read an uploaded list, compare it with what is stored, and leave both for its sender to see; stores nothing.

    Idempotent: called again after it was cut off, it begins anew. A file that cannot be read is marked refused.
    """
    sheet = SheetImport.objects.get(id=import_id)
    if sheet.state not in (SheetImport.State.WAITING, SheetImport.State.READING):
        return sheet
    with tempfile.TemporaryDirectory(prefix="aoxanh-sheet-") as folder:
        path = Path(folder) / "list"
        try:
            _unpack(sheet, path)
            return read_file(sheet=sheet, path=path, by=by)
        except FileFlaw as flaw:
            return refuse(sheet=sheet, code=flaw.code, facts=flaw.facts)


def import_file(
    *, kind: str, path: Path, by: Actor, store: Store = "nothing", watch: Watch = _unwatched
) -> SheetImport:
    """Read a list of this machine for a command, compare it, and store all its rows or the good ones if that was asked.

    All of it is one transaction, so the rows go straight to their table and are compared once. When all rows were asked for
    and some are bad, nothing is stored and the list stays ready. The caller deletes what is returned. Raises UnfitFile.
    """
    wanted = kind_named(kind)
    order = orders_for(kind, path, reach_of(by, wanted.edit))
    try:
        with scope(by.scope):
            sheet = SheetImport.objects.create(account_id=by.account_id, kind=kind)
            with staging(wanted) as copy:
                _read_rows(sheet, order, lambda _number, rows: copy(rows), watch)
            lock_rosters()
            parameters = _judge(sheet, wanted, order, by)
            if sheet.good and (store == "good" or (store == "all" and not sheet.bad)):
                wanted.store(staged=STAGED, parameters=parameters, by=by)
                _note(sheet, state=SheetImport.State.STORED, stored_at=clock.now())
    except FileFlaw as flaw:
        raise unfit(flaw.code, flaw.facts) from None
    sheet.refresh_from_db()
    return sheet


def read_file(*, sheet: SheetImport, path: Path, by: Actor) -> SheetImport:
    """Read and compare an upload that lies in a file. Raises FileFlaw, or NotAllowed if the right to send it was taken back."""
    kind = kind_named(sheet.kind)
    order = orders_for(sheet.kind, path, reach_of(by, kind.edit))
    _begin_anew(sheet)
    _note(sheet, state=SheetImport.State.READING, done=0, bad=0, repeated=0)
    _read_rows(sheet, order, lambda number, rows: keep_rows(sheet, number, rows), _unwatched)
    with scope(by.scope):
        lock_rosters()
        lay_out(sheet, kind)
        _judge(sheet, kind, order, by)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def order_storing(*, import_id: UUID, good_rows_only: bool, by: Actor) -> SheetImport:
    """Have the worker store an upload that was read. Raises NoSuchImport, NotReady, or HasBadRows when all were asked for."""
    sheet = import_of(by, import_id, lock=True)
    reach_of(by, kind_named(sheet.kind).edit)
    if sheet.state != SheetImport.State.READY or sheet.good == 0:
        raise NotReady
    if sheet.bad and not good_rows_only:
        raise HasBadRows(bad=sheet.bad)
    _note(sheet, state=SheetImport.State.STORING, good_rows_only=good_rows_only)
    sheet.refresh_from_db()
    return sheet


def store_sheet(*, import_id: UUID, by: Actor) -> SheetImport:
    """Store an upload's good rows in one transaction, and let go of the file and the rows.

    Whatever stops it leaves nothing behind. Rows are compared once more, since others may have written meanwhile; if some
    turned bad and all rows were asked for, nothing is stored and the file waits to be read again. Idempotent.
    """
    with scope(by.scope):
        lock_rosters()
        sheet = SheetImport.objects.select_for_update(of=("self",)).get(id=import_id)
        if sheet.state != SheetImport.State.STORING:
            return sheet
        kind = kind_named(sheet.kind)
        bad, good = sheet.bad, sheet.good
        lay_out(sheet, kind)
        parameters = _compare(sheet, kind, by)
        if sheet.bad + sheet.good < bad + good:
            # The tables of uploads are emptied when PostgreSQL recovers from a crash.
            return refuse(sheet=sheet, code="gone", facts={})
        if sheet.bad > bad and not sheet.good_rows_only:
            _begin_anew(sheet)
            _note(sheet, state=SheetImport.State.WAITING)
        else:
            kind.store(staged=STAGED, parameters=parameters, by=by)
            _note(sheet, state=SheetImport.State.STORED, stored_at=clock.now())
            _let_go(sheet)
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def drop_sheet(*, import_id: UUID, by: Actor) -> None:
    """Remove an upload with everything that was kept of it. Raises NoSuchImport, or NotReady while it is being stored."""
    sheet = import_of(by, import_id, lock=True)
    if sheet.state == SheetImport.State.STORING:
        raise NotReady
    _let_go(sheet)
    sheet.delete()


def claim(*, sheet: SheetImport) -> bool:
    """Tell whether the caller is the one to take a silent upload up again; says so to others by a sign of life."""
    rows = SheetImport.objects.filter(id=sheet.id, touched_at=sheet.touched_at)
    return bool(rows.update(touched_at=clock.now(), attempts=F("attempts") + 1))


@transaction.atomic
def refuse(*, sheet: SheetImport, code: str, facts: dict[str, str]) -> SheetImport:
    """Mark an upload as refused with the reason, and let go of its file."""
    _let_go(sheet)
    _note(sheet, state=SheetImport.State.REFUSED, refusal={"code": code, "facts": facts})
    sheet.refresh_from_db()
    return sheet


@transaction.atomic
def expire_uploads(*, by: Actor) -> int:
    """Let go of every upload that is a day old, stored or not; return how many there were."""
    due = SheetImport.objects.filter(made_at__lt=clock.now() - KEPT)
    count = 0
    for sheet in due.select_for_update(skip_locked=True):
        _let_go(sheet)
        sheet.delete()
        count += 1
    if count:
        audit.record(chain="VN", actor=str(by), action="sheets.uploads.expired", details={"uploads": count})
    return count


def _unpack(sheet: SheetImport, path: Path) -> None:
    with path.open("wb") as file:
        path.chmod(0o600)
        for piece in (
            SheetPiece.objects.filter(sheet=sheet, holds=SheetPiece.Holds.FILE)
            .order_by("number")
            .iterator(chunk_size=1)
        ):
            file.write(piece.content)
        file.flush()
        if not os.fstat(file.fileno()).st_size:
            raise FileFlaw("gone")


def _read_rows(
    sheet: SheetImport, order: dict[str, Any], keep: Callable[[int, bytes], None], watch: Watch
) -> None:
    """Read a file, noting what it is and how far it is read; `keep` takes the understood rows, some at a time."""
    total = 0
    for number, frame in enumerate(read_frames(order)):
        head = frame.head
        if head["frame"] == "header":
            total = head["height"]
            facts = {name: head[name] for name in ("titles", "columns", "left_out")}
            _note(sheet, rows=total, **facts)
        elif head["frame"] == "rows":
            with transaction.atomic():
                if frame.body:
                    keep(number, frame.body)
                _keep_bad(sheet, head["flawed"])
                _note(sheet, done=head["done"], bad=head["bad"], repeated=head["repeated"])
            watch(head["done"], total)
        else:
            _note(sheet, skipped=head["skipped"], rows=F("done"))


def _judge(sheet: SheetImport, kind: Kind, order: dict[str, Any], by: Actor) -> dict[str, Any]:
    """Compare the rows of STAGED with what is stored, and keep what their sender is to see of it; see `_compare`."""
    parameters = _compare(sheet, kind, by)
    _keep_sample(sheet, kind, parameters)
    if judged := _judged_bad(sheet):
        _show_as_sent(sheet, order, judged)
    _note(sheet, state=SheetImport.State.READY)
    return parameters


def _compare(sheet: SheetImport, kind: Kind, by: Actor) -> dict[str, Any]:
    """Give each row of STAGED its verdict, and the upload its counts; return the parameters of the statements about it."""
    with connection.cursor() as cursor:
        parameters: dict[str, Any] = {"reach": reach_of(by, kind.edit)}
        parameters |= kind.more(STAGED, parameters)
        cursor.execute(
            f"CREATE TEMPORARY TABLE sheet_verdicts ON COMMIT DROP AS {kind.compare(STAGED)}", parameters
        )
        cursor.execute(
            f"UPDATE {STAGED} r SET verdict = j.verdict, target = coalesce(j.target, r.target)"
            " FROM sheet_verdicts j WHERE r.number = j.number"
        )
        cursor.execute(
            "INSERT INTO sheets_shownrow (sheet_id, number, verdict, cells, flaws)"
            " SELECT %s, number, verdict, '', flaws FROM sheet_verdicts WHERE verdict = 'bad' ON CONFLICT DO NOTHING",
            [sheet.id],
        )
        cursor.execute(
            "SELECT count(*) FILTER (WHERE verdict = 'new'), count(*) FILTER (WHERE verdict = 'changed'),"
            f" count(*) FILTER (WHERE verdict = 'same') FROM {STAGED}"
        )
        sheet.new, sheet.changed, sheet.unchanged = cursor.fetchone()
    sheet.bad = ShownRow.objects.filter(sheet_id=sheet.id, verdict=ShownRow.Verdict.BAD).count()
    sheet.save(update_fields=["new", "changed", "unchanged", "bad"])
    return parameters


def _keep_bad(sheet: SheetImport, flawed: list[list[Any]]) -> None:
    ShownRow.objects.bulk_create(
        ShownRow(sheet_id=sheet.id, number=number, verdict=ShownRow.Verdict.BAD, cells=cells, flaws=flaws)
        for number, cells, flaws in flawed
    )


def _keep_sample(sheet: SheetImport, kind: Kind, parameters: dict[str, Any]) -> None:
    """Keep the first rows for the preview, those that change something before the others."""
    values = f"concat_ws(chr({ord(SEPARATOR)}), {', '.join(kind.layout.stored)})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO sheets_shownrow (sheet_id, number, verdict, cells) SELECT %(sheet)s, number, verdict, {values}"
            f" FROM (SELECT * FROM {STAGED} WHERE verdict <> 'bad' ORDER BY verdict = 'same', number LIMIT {SAMPLE}) first",
            {**parameters, "sheet": sheet.id},
        )


def _judged_bad(sheet: SheetImport) -> list[int]:
    """Return the rows that only the comparison found bad; their cells as sent are not there yet."""
    rows = ShownRow.objects.filter(sheet_id=sheet.id, verdict=ShownRow.Verdict.BAD, cells="")
    return list(rows.order_by("number").values_list("number", flat=True))


def _show_as_sent(sheet: SheetImport, order: dict[str, Any], numbers: list[int]) -> None:
    """Fetch the cells of rows that turned out bad as they were sent, for the marked file."""
    for frame in read_frames({**order, "pick": numbers}):
        if frame.head["frame"] == "cells":
            with connection.cursor() as cursor:
                cursor.executemany(
                    "UPDATE sheets_shownrow SET cells = %s WHERE sheet_id = %s AND number = %s",
                    [(cells, sheet.id, number) for number, cells in frame.head["rows"]],
                )


def _begin_anew(sheet: SheetImport) -> None:
    ShownRow.objects.filter(sheet_id=sheet.id).delete()
    SheetPiece.objects.filter(sheet_id=sheet.id, holds=SheetPiece.Holds.ROWS).delete()


def _note(sheet: SheetImport, **facts: Any) -> None:
    """Keep how far an upload is, with a sign of life."""
    SheetImport.objects.filter(id=sheet.id).update(touched_at=clock.now(), **facts)


def _let_go(sheet: SheetImport) -> None:
    ShownRow.objects.filter(sheet_id=sheet.id).delete()
    SheetPiece.objects.filter(sheet_id=sheet.id).delete()
