"""An upload, the pieces of its file, and the rows its sender is shown; all of it is let go of within a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account
from aoxanh.sheets.reading.layout import KINDS


class SheetImport(models.Model):
    """One file that somebody sent: which kind of list, how far it is, and what was found in it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        READING = "reading", _("being read")
        READY = "ready", _("read, not stored yet")
        STORING = "storing", _("being stored")
        STORED = "stored", _("stored")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="+", db_comment="Who sent it; null for the command"
    )
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in KINDS])
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    made_at = models.DateTimeField(default=clock.now)
    touched_at = models.DateTimeField(
        default=clock.now, db_comment="Last sign of life of whoever works on it"
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(
        default=0, db_comment="Rows below the header, as the file says; 0 unknown"
    )
    done = models.PositiveIntegerField(default=0, db_comment="Rows looked at so far")
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    repeated = models.PositiveIntegerField(default=0, db_comment="Rows that say the same as an earlier one")
    bad = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(
        default=list, db_comment="Numbers of the first lines that are no rows of the list"
    )
    titles = models.JSONField(default=list, db_comment="Column titles as the file has them")
    columns = models.JSONField(default=dict, db_comment="Column key to index in the file")
    left_out = models.JSONField(
        default=list, db_comment="(title, known) of columns that nothing is read from"
    )
    refusal = models.JSONField(default=dict, db_comment="Code and facts when the file was refused")
    good_rows_only = models.BooleanField(default=False)
    stored_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id kind state made_at touched_at attempts rows done new changed unchanged repeated bad skipped titles columns"
        " left_out good_rows_only stored_at",
        personal="account refusal",
        keep="P1M",
        closed="made_at",
        person="account",
    )

    class Meta:
        indexes = [models.Index(fields=["account", "made_at"], name="sheetimport_mine")]

    @property
    def good(self) -> int:
        return self.new + self.changed + self.unchanged

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.STORING)


class SheetPiece(models.Model):
    """One piece of an uploaded file, or of its rows once they were understood, as PostgreSQL's COPY text.

    The table is unlogged: its content reaches no write-ahead log, replica or base backup.
    """

    class Holds(models.TextChoices):
        FILE = "file"
        ROWS = "rows"

    id = models.UUIDField(primary_key=True, default=uuid7)
    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="pieces")
    holds = models.CharField(max_length=4, choices=Holds, default=Holds.FILE)
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    privacy = Privacy(
        internal="id sheet holds number", personal="content", keep="P1M", person="sheet__account"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sheet", "holds", "number"], name="sheetpiece_once")]


class ShownRow(models.Model):
    """One row of an upload that its sender is shown: each bad one, and the first of the others. Unlogged like the pieces."""

    class Verdict(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        UNCHANGED = "same", _("unchanged")
        BAD = "bad", _("not right")

    pk = models.CompositePrimaryKey("sheet_id", "number")
    sheet = models.ForeignKey(SheetImport, models.CASCADE, related_name="shown", db_index=False)
    number = models.PositiveIntegerField(db_comment="Row as the spreadsheet shows it")
    verdict = models.CharField(max_length=7, choices=Verdict)
    cells = models.TextField(
        db_comment="A bad row's cells as sent, or understood values, joined by U+001F; empty until fetched"
    )
    flaws = models.JSONField(null=True, db_comment="(column, code, facts) of each flaw of a bad row")

    privacy = Privacy(
        internal="sheet number verdict", personal="cells flaws", keep="P1M", person="sheet__account"
    )
