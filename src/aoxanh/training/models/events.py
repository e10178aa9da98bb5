"""TrainingEvent, the points at which people follow it, and who was there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place
from aoxanh.training.models.certificates import SkillGroup


class TrainingEvent(models.Model):
    """One training session: broadcast to many points, a class, or passed on by somebody who was at another one.

    `place` is where it belongs: who may edit events there owns it, down to settling who was where.
    """

    class Kind(models.TextChoices):
        BROADCAST = "broadcast", _("broadcast")
        CASCADE = "cascade", _("passed on")
        CLASS = "class", _("class")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("announced")
        OPEN = "open", _("check-in open")
        CLOSED = "closed", _("closed")

    id = models.UUIDField(primary_key=True, default=uuid7)
    title = models.CharField(max_length=120)
    kind = models.CharField(max_length=9, choices=Kind)
    group = models.ForeignKey(SkillGroup, models.PROTECT, null=True, related_name="+", db_index=False)
    course = models.CharField(max_length=24, default="", db_comment="Code of a course that comes with us")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    organiser = models.CharField(max_length=120, default="", db_comment="Organisation that teaches")
    link = models.URLField(max_length=300, default="", db_comment="Where the broadcast is followed")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_on")
    taught_by_id = models.UUIDField(null=True, db_comment="Volunteer who passes on what the parent taught")
    minutes = models.CharField(max_length=4000, default="", db_comment="Checked for personal data")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id title kind group course place organiser link starts_at ends_at state parent minutes made_at closed_at",
        personal="taught_by_id",
        keep="P24M",
        closed="ends_at",
        links="taught_by_id:people.Volunteer",
    )

    class Meta:
        ordering = ["-starts_at"]
        indexes = [
            models.Index(
                fields=["taught_by_id"], name="trainingevent_teacher", condition=Q(taught_by_id__isnull=False)
            ),
            models.Index(fields=["state", "starts_at"], name="trainingevent_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="trainingevent_times"),
            models.CheckConstraint(
                condition=Q(kind="cascade", parent__isnull=False, taught_by_id__isnull=False)
                | (~Q(kind="cascade") & Q(parent=None, taught_by_id=None)),
                name="trainingevent_chain",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Point(models.Model):
    """A place where people follow an event together, with somebody who answers for it.

    `present` counts in the transaction that notes somebody, so that a board never counts people; `closed_at` freezes it.
    """

    pk = models.CompositePrimaryKey("commune_code", "id")
    commune_code = models.CharField(max_length=5)
    id = models.UUIDField(default=uuid7)
    event_id = models.UUIDField()
    place = models.CharField(max_length=120, db_comment="Where in the commune; checked for personal data")
    host_id = models.UUIDField(null=True, db_comment="Account of who answers for the point")
    capacity = models.PositiveIntegerField(default=0, db_comment="Seats; 0 when nobody said")
    link = models.URLField(max_length=300, default="", db_comment="Instead of the event's own")
    present = models.PositiveIntegerField(default=0, db_comment="People counted as present")
    connected_at = models.DateTimeField(null=True, db_comment="First sign of life")
    last_seen_at = models.DateTimeField(null=True, db_comment="Latest sign of life")
    made_at = models.DateTimeField(default=clock.now)
    closed_at = models.DateTimeField(null=True, db_comment="When its attendance was frozen")

    privacy = Privacy(
        internal="commune_code id event_id place capacity link present connected_at last_seen_at made_at closed_at",
        personal="host_id",
        keep="P24M",
        closed="made_at",
        links="host_id:people.Account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["event_id", "commune_code"], name="point_of_event"),
            models.Index(fields=["host_id"], name="point_host", condition=Q(host_id__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["commune_code", "event_id", "place"], name="point_place_once"),
        ]


class Attendance(models.Model):
    """Somebody was at a point, as one phone or one host tells it; of all that is told of a person at an event one counts."""

    class How(models.TextChoices):
        CODE = "code", _("code on the screen")
        SPOKEN = "spoken", _("spoken code")
        LIST = "list", _("list")
        OFFLINE = "offline", _("told later without a code")

    class State(models.TextChoices):
        PRESENT = "present", _("present")
        HELD = "held", _("to be looked at")
        VOID = "void", _("not counted")

    class Why(models.TextChoices):
        """Why somebody has to look first."""

        NOTHING = "", ""
        ELSEWHERE = "elsewhere", _("counted at another point already")
        SHARED_PHONE = "shared_phone", _("one phone checked in several people")
        UNPROVEN = "unproven", _("told later, without a code that fits")
        AFTER_CLOSE = "after_close", _("arrived after the event was closed")

    pk = models.CompositePrimaryKey("commune_code", "id")
    commune_code = models.CharField(max_length=5, db_comment="The point's; immutable")
    id = models.UUIDField(db_comment="UUIDv7 made by whoever tells it")
    event_id = models.UUIDField()
    point_id = models.UUIDField()
    volunteer_id = models.UUIDField()
    how = models.CharField(max_length=7, choices=How)
    state = models.CharField(max_length=7, choices=State)
    why = models.CharField(max_length=12, choices=Why, default=Why.NOTHING)
    is_late = models.BooleanField(default=False, db_comment="Handed in minutes or more after it was noted")
    clock_off = models.BooleanField(
        default=False, db_comment="The phone's clock was wrong by minutes or more"
    )
    arrived_at = models.DateTimeField(db_comment="By the server's clock, as well as it can be told")
    noted_at = models.DateTimeField(db_comment="By the clock of the phone that noted it")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")
    device_id = models.UUIDField(null=True, db_comment="Enrolled phone that told it")
    phone = models.CharField(
        max_length=32,
        default="",
        db_comment="Mark of the browser, whoever is signed in; tells one phone for many",
    )
    recorded_by_id = models.UUIDField(
        null=True, db_comment="Account of the host who noted it; null for oneself"
    )
    settled_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="commune_code id event_id point_id how state why is_late clock_off arrived_at noted_at received_at settled_at",
        personal="volunteer_id device_id phone recorded_by_id",
        keep="P24M",
        closed="received_at",
        links="volunteer_id:people.Volunteer device_id:people.Device:volunteer_id recorded_by_id:people.Account",
    )

    class Meta:
        indexes = [
            models.Index(fields=["volunteer_id", "event_id"], name="attendance_of_person"),
            models.Index(fields=["event_id", "phone"], name="attendance_phone", condition=~Q(phone="")),
            models.Index(fields=["event_id"], name="attendance_held", condition=Q(state="held")),
            models.Index(
                fields=["recorded_by_id"],
                name="attendance_recorder",
                condition=Q(recorded_by_id__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["commune_code", "event_id", "point_id", "volunteer_id"], name="attendance_told_once"
            ),
            models.UniqueConstraint(
                fields=["commune_code", "event_id", "volunteer_id"],
                condition=Q(state="present"),
                name="attendance_counts_once",
            ),
        ]
