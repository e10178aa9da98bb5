"""Roster, shift, who holds a seat on it, absence, wish, swap, check-in, the calendar address, and the work of many rosters."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account, Team, Volunteer
from aoxanh.places.models import DateRange, Place


class Half(models.TextChoices):
    """The two halves of a day on which people serve."""

    AM = "am", _("morning")
    PM = "pm", _("afternoon")


class RosterRun(models.Model):
    """Somebody had the rosters of every team of a place drafted in one job; how far that is."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        WORKING = "working", _("at work")
        DONE = "done", _("done")

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    first_day = models.DateField(db_comment="A Monday")
    weeks = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(default=0, db_comment="Teams to look at")
    done = models.PositiveIntegerField(default=0, db_comment="Teams looked at")
    drafted = models.PositiveIntegerField(default=0, db_comment="Teams that got a draft")
    had_one = models.PositiveIntegerField(default=0, db_comment="Teams that had a roster already")
    unable = models.PositiveIntegerField(default=0, db_comment="Teams with nobody, or whose draft failed")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id place first_day weeks state total done drafted had_one unable made_at",
        personal="account",
        keep="P12M",
        closed="made_at",
        person="account",
    )


class Roster(models.Model):
    """Who of a team is on which shift in some weeks: drafted by the engine, adjusted by hand, published.

    `inputs` is what the engine was given, people as numbers only; with them the draft can be computed again to the last seat. A
    roster that mends a published one shares its shifts and takes its place when it is published.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits")
        DRAFTING = "drafting", _("being drafted")
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("replaced")
        DISCARDED = "discarded", _("discarded")
        FAILED = "failed", _("given up")

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="The team's; immutable")
    run = models.ForeignKey(RosterRun, models.SET_NULL, null=True, related_name="rosters")
    mends = models.ForeignKey("self", models.PROTECT, null=True, related_name="mended_by")
    first_day = models.DateField(db_comment="A Monday")
    last_day = models.DateField(db_comment="A Sunday, some weeks later")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(
        default=0, db_default=0, db_comment="Drafts begun since it was ordered"
    )
    touched_at = models.DateTimeField(
        default=clock.now, db_default=Now(), db_comment="When it was ordered or a draft begun"
    )
    inputs = models.BinaryField(null=True, db_comment="Canonical JSON, compressed; people are numbers")
    inputs_sha256 = models.CharField(max_length=64, default="", db_comment="Of the JSON before compression")
    outcome_sha256 = models.CharField(max_length=64, default="", db_comment="Of the seats as drafted")
    base_sha256 = models.CharField(
        max_length=64, default="", db_comment="Of the seats of the published roster that is mended"
    )
    objective = models.IntegerField(null=True, db_comment="Points; the fewer the better")
    bound = models.IntegerField(null=True, db_comment="Proven: no roster of these inputs costs less")
    flaws = models.JSONField(default=list, db_comment="Codes and counts of what was wrong with the rows")
    made_at = models.DateTimeField(default=clock.now)
    published_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id team commune run mends first_day last_day state attempts touched_at inputs inputs_sha256 outcome_sha256 base_sha256 objective bound"
        " flaws made_at published_at",
        keep="P24M",
        closed="last_day",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gt=F("first_day")), name="roster_days"),
            ExclusionConstraint(
                name="roster_one_published",
                expressions=[
                    (F("team"), RangeOperators.EQUAL),
                    (
                        DateRange("first_day", "last_day", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state="published"),
            ),
        ]

    @property
    def is_at_work(self) -> bool:
        return self.state in (self.State.WAITING, self.State.DRAFTING)

    @property
    def is_open(self) -> bool:
        """Tell whether seats may be given and taken."""
        return self.state in (self.State.DRAFT, self.State.PUBLISHED)

    @property
    def gap_pct(self) -> float | None:
        """How far from the best the draft can be at most, in percent of its cost; None before there is one."""
        if self.objective is None or self.bound is None:
            return None
        return 100.0 * (self.objective - self.bound) / max(1, self.objective)


class RosterMember(models.Model):
    """Whom a number in a roster's inputs stands for; when the person is forgotten only the number stays."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="members", db_index=False)
    number = models.PositiveIntegerField()
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")

    privacy = Privacy(
        internal="id roster number", personal="volunteer", keep="P24M", person="volunteer__account"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="rostermember_once")]


class Shift(models.Model):
    """One half day of work of a team at one place, with the people wanted by kind of seat."""

    class Kind(models.TextChoices):
        DUTY = "duty", _("duty at the centre")
        MOBILE = "mobile", _("mobile outreach")
        HOME_VISIT = "home_visit", _("home visits")

    id = models.UUIDField(primary_key=True, default=uuid7)
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="shifts", db_index=False)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    day = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.DUTY)
    seats = models.JSONField(default=dict, db_comment="People wanted by kind of post")
    leader = models.BooleanField(default=True, db_comment="A leader or experienced person must be there")
    language = models.CharField(max_length=3, default="", db_comment="ISO 639-3 code of a speaker wanted")
    place = models.CharField(
        max_length=80, default="", db_comment="Hamlet or market; checked for personal data"
    )
    km = models.PositiveSmallIntegerField(default=0, db_comment="By road from the team's seat")
    hot = models.BooleanField(default=False, db_comment="A heat warning is out for the day")

    privacy = Privacy(
        internal="id roster commune day half kind seats leader language place km hot",
        keep="P24M",
        closed="day",
    )

    class Meta:
        indexes = [models.Index(fields=["roster", "day", "half"], name="shift_of_roster")]


class ShiftAssignment(models.Model):
    """Somebody holds a seat on a shift. `holds` is set once the roster is published: then nobody is in two places at once."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        SIGNED_UP = "signed_up", _("signed up")
        SWAPPED = "swapped", _("swapped")
        AWAY = "away", _("cannot come")

    id = models.UUIDField(primary_key=True, default=uuid7)
    roster = models.ForeignKey(Roster, models.CASCADE, related_name="assignments", db_index=False)
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="assignments")
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_comment="The shift's; here for the constraint")
    half = models.CharField(max_length=2, choices=Half)
    seat = models.CharField(max_length=8, db_comment="Kind of post")
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    pinned = models.BooleanField(default=False, db_comment="Set by hand: a new draft leaves it")
    holds = models.BooleanField(default=False)

    privacy = Privacy(
        internal="id roster shift commune day half seat state pinned holds",
        personal="volunteer",
        keep="P24M",
        closed="day",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "day", "half"], condition=Q(holds=True), name="shiftassignment_one_place"
            ),
            models.UniqueConstraint(fields=["roster", "shift", "volunteer"], name="shiftassignment_once"),
            models.CheckConstraint(condition=~Q(state="away", holds=True), name="shiftassignment_away"),
        ]
        indexes = [models.Index(fields=["volunteer", "day"], name="shiftassignment_of_person")]


class Absence(models.Model):
    """Days on which somebody cannot come. The kind says as much as a roster needs, and never anything about health."""

    class Kind(models.TextChoices):
        LEAVE = "leave", _("leave")
        EXAM = "exam", _("exam")
        OTHER = "other", _("other")

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    first_day = models.DateField()
    last_day = models.DateField()
    half = models.CharField(max_length=2, default="", db_comment="am or pm, empty for whole days")
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.OTHER)
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id first_day last_day half kind made_at",
        personal="volunteer",
        keep="P12M",
        closed="last_day",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="absence_days"),
            models.UniqueConstraint(
                fields=["volunteer", "first_day", "last_day", "half"], name="absence_once"
            ),
        ]


class Wish(models.Model):
    """Somebody would like, or would rather not have, a weekday or one day."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    likes = models.BooleanField(default=True)
    day = models.DateField(null=True)
    weekday = models.PositiveSmallIntegerField(null=True, db_comment="0 is Monday")
    half = models.CharField(max_length=2, default="", db_comment="am or pm, empty for both")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id likes day weekday half made_at",
        personal="volunteer",
        keep="P12M",
        closed="made_at",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(day=None, weekday__lte=6) | Q(day__isnull=False, weekday=None), name="wish_when"
            ),
            models.UniqueConstraint(
                fields=["volunteer", "day", "weekday", "half"], nulls_distinct=False, name="wish_once"
            ),
        ]


class Swap(models.Model):
    """Somebody asks another of the team to take over a seat, or to change seats."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("asked")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    shift = models.ForeignKey(
        Shift, models.CASCADE, related_name="+", db_comment="The one that is given away"
    )
    giver = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")
    taker = models.ForeignKey(Volunteer, models.CASCADE, related_name="+")
    wanted = models.ForeignKey(
        Shift, models.CASCADE, null=True, related_name="+", db_comment="The taker's shift that is asked for"
    )
    state = models.CharField(max_length=9, choices=State, default=State.PROPOSED)
    made_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True)

    privacy = Privacy(
        internal="id commune shift wanted state made_at settled_at",
        personal="giver taker",
        keep="P12M",
        closed="settled_at made_at",
        person="giver__account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="swap_two_people"),
            models.UniqueConstraint(
                fields=["shift", "giver", "taker"], condition=Q(state="proposed"), name="swap_asked_once"
            ),
        ]


class CheckIn(models.Model):
    """Somebody came to a shift, and went; told by their phone, whose id makes it count once however often it is sent."""

    id = models.UUIDField(primary_key=True, db_comment="UUIDv7 made on the phone")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+", db_index=False)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+", db_index=False)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField(db_comment="The shift's")
    arrived_at = models.DateTimeField(db_comment="The phone's clock")
    left_at = models.DateTimeField(null=True, db_comment="The phone's clock")
    received_at = models.DateTimeField(default=clock.now, db_comment="The server's clock")

    privacy = Privacy(
        internal="id shift commune day arrived_at left_at received_at",
        personal="volunteer",
        keep="P24M",
        closed="day",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shift", "volunteer"], name="checkin_once"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gt=F("arrived_at")), name="checkin_order"
            ),
        ]
        indexes = [models.Index(fields=["volunteer", "day"], name="checkin_of_person")]


class CalendarFeed(models.Model):
    """The secret address under which a volunteer's calendar fetches their shifts; making a new one ends the old."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.OneToOneField(Volunteer, models.CASCADE, related_name="+")
    token_hash = models.CharField(
        max_length=64, unique=True, db_comment="SHA-256 of the secret in the address"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id made_at",
        personal="volunteer",
        secret="token_hash",  # noqa: S106 - names the field that is secret
        keep="P12M",
        closed="made_at",
        person="volunteer__account",
    )
