"""SupportSession (raw, partitioned), Handover, what others say of a session and who enters it, DirtyDay, DailyFigure (the rollup) and the sync epoch.

The event tables carry an immutable commune code in every key, so that they can be distributed by it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from aoxanh.desk import vocabulary as words
from aoxanh.desk.channels import Answer, Channel
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.procedures.models import Procedure


class SupportSession(models.Model):
    """One revision of one piece of help given, as the phone told it; never a citizen's name, number or address.

    `root_id` names the first revision; corrections and withdrawals are later revisions with a reason. The one that
    counts is the highest (revision, id) of a root.
    """

    pk = models.CompositePrimaryKey("commune_code", "day", "id")
    commune_code = models.CharField(max_length=5, db_comment="Where the help was given; immutable")
    day = models.DateField(db_comment="Vietnam day fixed on the phone; the partition key")
    id = models.UUIDField(db_comment="UUIDv7 made on the phone")
    root_id = models.UUIDField(db_comment="Id of the first revision; equal to id for that one")
    revision = models.PositiveSmallIntegerField(default=0)
    withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=200, default="", db_comment="Why it was corrected or withdrawn")
    volunteer_id = models.UUIDField()
    team_id = models.UUIDField()
    device_id = models.UUIDField()
    seq = models.BigIntegerField(db_comment="1, 2, 3 ... per device")
    schema = models.PositiveSmallIntegerField(db_comment="Version of the record's shape")
    activity = models.CharField(max_length=10, choices=words.Activity)
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+", db_index=False)
    procedure_version = models.PositiveIntegerField(
        null=True, db_comment="Version of the card that was followed"
    )
    mode = models.CharField(max_length=8, choices=words.Mode)
    outcome = models.CharField(max_length=12, choices=words.Outcome)
    obstacle = models.CharField(max_length=10, choices=words.Obstacle)
    minutes = models.PositiveSmallIntegerField(db_comment="Minutes of help, 0 to 600")
    quantity = models.PositiveIntegerField(default=1, db_comment="Files or people for counted work, else 1")
    language = models.CharField(
        max_length=3, default="vie", db_comment="ISO 639-3 code of the session's language"
    )
    age_band = models.CharField(max_length=8, choices=words.AgeBand, default=words.AgeBand.UNKNOWN)
    typed_by = models.CharField(max_length=8, choices=words.TypedBy, default=words.TypedBy.CITIZEN)
    steps_done = ArrayField(
        models.PositiveSmallIntegerField(), default=list, db_comment="Numbers of the card's steps ticked"
    )
    refused = ArrayField(models.CharField(max_length=10, choices=words.Refused), default=list)
    handover_reason = models.CharField(max_length=10, choices=words.HandoverReason, default="")
    return_code = models.CharField(max_length=8, default="", db_comment="Random code the citizen may keep")
    note = models.CharField(max_length=280, default="", db_comment="Checked for personal data before storage")
    captured_at = models.DateTimeField(db_comment="The phone's clock; never used for order")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")
    sha256 = models.CharField(
        max_length=64, db_comment="Of the record's meaning; tells a repeat from a clash"
    )

    privacy = Privacy(
        internal="commune_code day id root_id revision withdrawn reason team_id seq schema activity procedure procedure_version mode"
        " outcome obstacle minutes quantity language age_band typed_by steps_done refused handover_reason return_code note captured_at received_at sha256",
        personal="volunteer_id device_id",
        keep="P24M",
        closed="day",
        links="volunteer_id:people.Volunteer device_id:people.Device:volunteer_id",
        months="day",
    )

    class Meta:
        verbose_name = "support session"
        indexes = [
            models.Index(fields=["commune_code", "day", "root_id"], name="session_root"),
            models.Index(fields=["volunteer_id", "day"], name="session_volunteer"),
            models.Index(
                fields=["commune_code", "return_code"],
                name="session_return_code",
                condition=~models.Q(return_code=""),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(minutes__lte=600), name="session_minutes"),
            models.CheckConstraint(
                condition=models.Q(outcome="handed_over") | models.Q(handover_reason=""),
                name="session_handover_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(activity="procedure", procedure__isnull=False)
                | ~models.Q(activity="procedure"),
                name="session_procedure",
            ),
        ]


class Handover(models.Model):
    """A session that an official must take on; made by the rollup from sessions that ended so."""

    class State(models.TextChoices):
        WAITING = "waiting"
        TAKEN = "taken"
        SETTLED = "settled"
        WITHDRAWN = "withdrawn"

    pk = models.CompositePrimaryKey("commune_code", "day", "id")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    id = models.UUIDField(db_comment="root_id of the session")
    team_id = models.UUIDField()
    procedure = models.ForeignKey(Procedure, models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.CharField(max_length=10, choices=words.HandoverReason)
    return_code = models.CharField(max_length=8, default="")
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    official_id = models.UUIDField(null=True, db_comment="Account of the official who took it")
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="commune_code day id team_id procedure reason return_code state made_at settled_at",
        personal="official_id",
        keep="P24M",
        closed="settled_at made_at",
        links="official_id:people.Account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["commune_code", "state", "made_at"], name="handover_waiting"),
            models.Index(
                fields=["official_id"],
                name="handover_official",
                condition=models.Q(official_id__isnull=False),
            ),
        ]


class Confirmation(models.Model):
    """What the citizen says of one session, once; who that is nobody can tell, and nothing here would.

    It may come before its session, and then counts as soon as a session with the same id and code is there.
    """

    pk = models.CompositePrimaryKey("commune_code", "day", "id")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    id = models.UUIDField(db_comment="root_id of the session")
    code = models.CharField(max_length=6, db_comment="The session's return code, as the answer carried it")
    channel = models.CharField(max_length=8, choices=Channel)
    answer = models.CharField(max_length=10, choices=Answer)
    crowded = models.BooleanField(
        default=False, db_comment="One of very many from one address within an hour; kept, not credited"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="commune_code day id code channel answer crowded made_at", keep="P24M", closed="day"
    )


class WorkCheck(models.Model):
    """A second person's look at one session: drawn by lot and read blind, on a visit, or as an anonymous test visitor."""

    class Kind(models.TextChoices):
        FILE = "file", _("blind file review")
        VISIT = "visit", _("supervisor’s visit")
        TEST = "test", _("anonymous test visitor")

    class Verdict(models.TextChoices):
        WAITING = "", _("waiting")
        PASSED = "passed", _("found right")
        FAILED = "failed", _("found wrong")
        UNCLEAR = "unclear", _("cannot be told")

    pk = models.CompositePrimaryKey("commune_code", "day", "id", "kind")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    id = models.UUIDField(db_comment="root_id of the session")
    kind = models.CharField(max_length=5, choices=Kind)
    sample_id = models.UUIDField(null=True, db_comment="The draw it belongs to, for a blind file review")
    verdict = models.CharField(max_length=7, choices=Verdict, default="")
    reason = models.CharField(max_length=200, default="", db_comment="Checked for personal data")
    made_at = models.DateTimeField(default=clock.now)
    checked_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="commune_code day id kind sample_id verdict reason made_at checked_at",
        keep="P24M",
        closed="day",
    )

    class Meta:
        indexes = [models.Index(fields=["commune_code", "sample_id"], name="workcheck_sample")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verdict="", checked_at=None)
                | (~models.Q(verdict="") & models.Q(checked_at__isnull=False)),
                name="workcheck_checked",
            )
        ]


class CaseReturned(models.Model):
    """A session whose dossier was returned, or whose citizen came back for the same matter, told by the return code alone."""

    class Why(models.TextChoices):
        DOSSIER = "dossier", _("the dossier was returned")
        PERSON = "person", _("the citizen had to come back")

    pk = models.CompositePrimaryKey("commune_code", "day", "id")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    id = models.UUIDField(db_comment="root_id of the session")
    why = models.CharField(max_length=8, choices=Why)
    happened_on = models.DateField(
        null=True, db_comment="Day on which it came back, at most 30 after the help"
    )
    noted_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="commune_code day id why happened_on noted_at", keep="P24M", closed="day")


class EntryCount(models.Model):
    """How many answers, returns and verdicts one person entered on one day; what they were about the audit alone knows."""

    class Kind(models.TextChoices):
        SLIP = "slip"
        CALLBACK = "callback"
        RETURN = "return"
        CHECK = "check"

    pk = models.CompositePrimaryKey("commune_code", "day", "account_id", "kind")
    commune_code = models.CharField(max_length=5)
    day = models.DateField(db_comment="Vietnam day on which it was entered")
    account_id = models.UUIDField()
    kind = models.CharField(max_length=8, choices=Kind)
    count = models.PositiveIntegerField(default=0)

    privacy = Privacy(
        internal="commune_code day kind count",
        personal="account_id",
        keep="P12M",
        closed="day",
        links="account_id:people.Account",
    )

    class Meta:
        indexes = [models.Index(fields=["account_id", "day"], name="entrycount_account")]


class Attempts(models.Model):
    """How often something was tried within a while; the key is a hash that tells neither what nor who."""

    key = models.CharField(
        max_length=64, primary_key=True, db_comment="Keyed hash of what, who and the number of the while"
    )
    since = models.DateTimeField()
    count = models.IntegerField(default=1)

    privacy = Privacy(internal="key since count", keep="P1M", closed="since")


class DirtyDay(models.Model):
    """A (commune, day) whose rollup no longer agrees with the raw rows."""

    pk = models.CompositePrimaryKey("commune_code", "day")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    marked_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="commune_code day marked_at")


class DailyFigure(models.Model):
    """The figures of one team on one day, recomputed from raw sessions; what every board reads.

    Counts are of effective sessions (latest revision, not withdrawn). One integer column per word of the closed
    vocabularies, named <dimension>_<word>, so that a nation's month adds up in one pass.
    """

    pk = models.CompositePrimaryKey("commune_code", "day", "team_id")
    commune_code = models.CharField(max_length=5)
    day = models.DateField()
    team_id = models.UUIDField()
    computed_at = models.DateTimeField(default=clock.now)
    sessions = models.IntegerField(
        default=0, db_comment="Sessions of help to a citizen (procedure and VNeID)"
    )
    minutes = models.IntegerField(default=0)
    volunteers = models.IntegerField(
        default=0, db_comment="Distinct volunteers who recorded work that day in that team"
    )
    refusals = models.IntegerField(
        default=0, db_comment="Sessions in which something forbidden was asked and refused"
    )
    files_digitise = models.IntegerField(default=0, db_comment="Files digitised")
    people_id_sync = models.IntegerField(default=0, db_comment="People whose ID data were synced")
    people_outreach = models.IntegerField(default=0, db_comment="People reached by outreach")
    people_class = models.IntegerField(default=0, db_comment="Learners in classes")
    other_language = models.IntegerField(default=0, db_comment="Sessions in a language other than Vietnamese")
    old_age = models.IntegerField(default=0, db_comment="Sessions with people of 60 and over")
    group_ho_tich = models.IntegerField(default=0)
    group_chung_thuc = models.IntegerField(default=0)
    group_cu_tru = models.IntegerField(default=0)
    group_can_cuoc = models.IntegerField(default=0)
    group_xa_hoi = models.IntegerField(default=0)
    group_bhxh_thue_kd = models.IntegerField(default=0)
    group_dat_dai_xay_dung = models.IntegerField(default=0)
    group_giao_duc_khac = models.IntegerField(default=0)
    group_vneid = models.IntegerField(default=0, db_comment="VNeID help that is no procedure")
    mode_desk = models.IntegerField(default=0)
    mode_home = models.IntegerField(default=0)
    mode_mobile = models.IntegerField(default=0)
    mode_remote = models.IntegerField(default=0)
    outcome_finished = models.IntegerField(default=0)
    outcome_guided = models.IntegerField(default=0)
    outcome_handed_over = models.IntegerField(default=0)
    outcome_come_back = models.IntegerField(default=0)
    outcome_stopped = models.IntegerField(default=0)
    obstacle_none = models.IntegerField(default=0)
    obstacle_papers = models.IntegerField(default=0)
    obstacle_no_phone = models.IntegerField(default=0)
    obstacle_no_signal = models.IntegerField(default=0)
    obstacle_account = models.IntegerField(default=0)
    obstacle_otp = models.IntegerField(default=0)
    obstacle_data = models.IntegerField(default=0)
    obstacle_language = models.IntegerField(default=0)
    obstacle_portal = models.IntegerField(default=0)
    obstacle_other = models.IntegerField(default=0)
    asked = models.IntegerField(default=0, db_default=0, db_comment="Sessions whose citizen was given a code")
    said_qr = models.IntegerField(default=0, db_default=0, db_comment="Confirmed by QR")
    said_button = models.IntegerField(default=0, db_default=0)
    said_slip = models.IntegerField(default=0, db_default=0)
    said_callback = models.IntegerField(default=0, db_default=0)
    denied = models.IntegerField(default=0, db_default=0, db_comment="The citizen says: not helped")
    doubted = models.IntegerField(
        default=0, db_default=0, db_comment="Confirmed, but beyond what one volunteer or address is credited"
    )
    checked = models.IntegerField(default=0, db_default=0, db_comment="Sessions a second person has judged")
    checks_passed = models.IntegerField(default=0, db_default=0)
    checks_failed = models.IntegerField(default=0, db_default=0)
    returned = models.IntegerField(
        default=0, db_default=0, db_comment="Dossier returned or person back within 30 days"
    )
    team_days = models.IntegerField(
        default=0, db_default=0, db_comment="1 when anybody was asked; adds up to how many team days were"
    )
    asked_squared = models.BigIntegerField(
        default=0, db_default=0, db_comment="For the spread between team days"
    )
    credit_asked = models.BigIntegerField(
        default=0, db_default=0, db_comment="Weights of confirmations, in hundredths, times asked"
    )
    credit_squared = models.BigIntegerField(default=0, db_default=0)

    privacy = Privacy(
        internal="commune_code day team_id computed_at sessions minutes volunteers refusals files_digitise people_id_sync people_outreach people_class"
        " other_language old_age group_ho_tich group_chung_thuc group_cu_tru group_can_cuoc group_xa_hoi group_bhxh_thue_kd group_dat_dai_xay_dung"
        " group_giao_duc_khac group_vneid mode_desk mode_home mode_mobile mode_remote outcome_finished outcome_guided outcome_handed_over"
        " outcome_come_back outcome_stopped obstacle_none obstacle_papers obstacle_no_phone obstacle_no_signal obstacle_account obstacle_otp"
        " obstacle_data obstacle_language obstacle_portal obstacle_other asked said_qr said_button said_slip said_callback denied doubted"
        " checked checks_passed checks_failed returned team_days asked_squared credit_asked credit_squared"
    )

    class Meta:
        indexes = [models.Index(fields=["day", "commune_code"], name="dailyfigure_day")]


class SyncEpoch(models.Model):
    """Changes when the database was restored from a backup, so that phones send their kept copies again."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    epoch = models.UUIDField(default=uuid7)

    privacy = Privacy(internal="id epoch")
