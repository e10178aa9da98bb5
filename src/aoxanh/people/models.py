"""Account, role assignment, volunteer, guardian consent, language skill, team, membership, device and what badges are known by."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import DateRange, Language, Place


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; allauth and tests use it."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "Account":
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=username)


class Account(AbstractBaseUser):
    """Someone who can sign in. What they may do follows from role assignments alone, never from a flag here."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    username = models.CharField(_("account name"), max_length=60, unique=True)
    email = models.EmailField(_("e-mail"), blank=True, default="")
    display_name = models.CharField(_("name"), max_length=80)
    language = models.CharField(max_length=2, choices=[("vi", "Tiếng Việt"), ("en", "English")], default="vi")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    privacy = Privacy(
        internal="id language is_active created_at last_login",
        personal="username email display_name",
        secret="password",
        keep="P12M",
        closed="last_login created_at",
        person="id",
    )

    def __str__(self) -> str:
        return self.display_name

    @property
    def is_staff(self) -> bool:
        return False

    def get_full_name(self) -> str:
        return self.display_name


class Role(models.TextChoices):
    """The roles of the campaign; what each may do is the table in permissions.py."""

    VOLUNTEER = "volunteer", _("volunteer")
    TEAM_LEADER = "team_leader", _("team leader")
    COMMUNE_SECRETARY = "commune_secretary", _("commune Union secretary")
    PASC_OFFICIAL = "pasc_official", _("service-centre official")
    POLICE_CONTACT = "police_contact", _("contact of the commune police")
    PROVINCE_COORDINATOR = "province_coordinator", _("province coordinator")
    CENTRAL = "central", _("central coordinator")
    AUDITOR = "auditor", _("auditor")


class RoleAssignment(models.Model):
    """A role that an account holds at a place between two dates."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.CASCADE, related_name="role_assignments")
    role = models.CharField(max_length=24, choices=Role)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, db_comment="First day it no longer holds")

    privacy = Privacy(
        internal="id role place valid_from valid_to",
        personal="account",
        keep="P12M",
        closed="valid_to",
        person="account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="roleassignment_dates"
            ),
            ExclusionConstraint(
                name="roleassignment_no_overlap",
                expressions=[
                    (F("account"), RangeOperators.EQUAL),
                    (F("role"), RangeOperators.EQUAL),
                    (F("place"), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Volunteer(models.Model):
    """A young person who helps: skills, languages and hours, nothing about ethnicity, health or belief."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.OneToOneField(Account, models.CASCADE, null=True, blank=True, related_name="volunteer")
    full_name = models.CharField(_("full name"), max_length=80, db_comment="Family name first, NFC")
    fold = models.CharField(max_length=80, db_comment="Full name lower-case without diacritics, for search")
    sort_key = models.CharField(
        max_length=400, db_comment="ASCII key: given name first, as Vietnamese lists sort"
    )
    home = models.ForeignKey(
        Place, models.PROTECT, related_name="+", db_index=False, db_comment="Commune of residence"
    )
    technology = models.PositiveSmallIntegerField(
        _("technology"), default=1, db_comment="0 none, 1 basic, 2 good, 3 can teach"
    )
    communication = models.PositiveSmallIntegerField(
        _("communication"), default=1, db_comment="0 shy, 1 fair, 2 good, 3 can teach"
    )
    availability = models.PositiveIntegerField(
        default=0,
        db_comment="14 bits, Monday morning is bit 0, Monday afternoon bit 1 ... Sunday afternoon bit 13",
    )
    reach_km = models.PositiveSmallIntegerField(
        _("how far you will travel"),
        default=0,
        db_default=0,
        db_comment="Kilometres by road from the commune of residence; 0 is that commune only",
    )
    willing_abroad = models.BooleanField(
        _("ready to help another province"),
        default=False,
        db_default=False,
        db_comment="Would serve in another province that is short of people",
    )
    adult_on = models.DateField(
        null=True,
        blank=True,
        db_comment="18th birthday of a minor; null for an adult, so no birth date is kept",
    )
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id home technology communication availability reach_km willing_abroad is_active created_at",
        personal="account full_name fold sort_key adult_on",
        keep="P12M",
        closed="created_at",
        person="account",
    )

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["home", "fold"], name="volunteer_home_and_name")]
        constraints = [
            models.CheckConstraint(
                condition=Q(technology__lte=3, communication__lte=3), name="volunteer_skills"
            ),
            models.CheckConstraint(condition=Q(availability__lt=1 << 14), name="volunteer_availability"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_minor(self) -> bool:
        return self.adult_on is not None and self.adult_on > clock.today()


class GuardianConsent(models.Model):
    """A guardian agreed on paper that a minor serves: since when, on which paper, kept where; never who the guardian is."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="consents")
    given_on = models.DateField(db_comment="Day on the paper")
    paper = models.CharField(max_length=120, db_comment="Which paper says so; no name, no number of anybody")
    kept_at = models.CharField(max_length=120, db_comment="Where the paper is kept")
    needed_until = models.DateField(
        db_comment="18th birthday as it was known; the consent is needed no longer"
    )
    recorded_by = models.ForeignKey(Account, models.SET_NULL, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField(default=clock.now)
    withdrawn_on = models.DateField(null=True, db_comment="First day it no longer holds")

    privacy = Privacy(
        internal="id given_on paper kept_at needed_until recorded_at withdrawn_on",
        personal="volunteer recorded_by",
        keep="P12M",
        closed="withdrawn_on needed_until",
        person="volunteer__account",
    )

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("given_on")),
                name="guardianconsent_dates",
            ),
            models.UniqueConstraint(
                fields=["volunteer"], condition=Q(withdrawn_on=None), name="guardianconsent_one"
            ),
        ]

    def holds_on(self, day: date) -> bool:
        """Tell whether it holds on a day; on the day it is withdrawn it does not."""
        return self.given_on <= day and (self.withdrawn_on is None or day < self.withdrawn_on)

    def covers(self, day: date) -> bool:
        """Tell whether what was done on a day was agreed to; that includes the morning before it was withdrawn."""
        return self.given_on <= day and (self.withdrawn_on is None or day <= self.withdrawn_on)


class LanguageSkill(models.Model):
    """A language a volunteer can help in. A skill, never an ethnicity."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="language_skills", db_index=False)
    language = models.ForeignKey(Language, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField(
        default=2, db_comment="1 simple words, 2 conversation, 3 mother tongue or as good"
    )

    privacy = Privacy(
        internal="id level", personal="volunteer language", keep="P12M", person="volunteer__account"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["volunteer", "language"], name="languageskill_once")]


class Team(models.Model):
    """A volunteer team (đội hình) of one commune."""

    class Kind(models.TextChoices):
        ON_DUTY = "on_duty", _("on duty at the service centre")
        MOBILE = "mobile", _("mobile")
        SPECIALIST = "specialist", _("specialist")

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.PROTECT, related_name="+")
    name = models.CharField(_("team name"), max_length=100)
    kind = models.CharField(_("kind of team"), max_length=10, choices=Kind, default=Kind.ON_DUTY)
    active_from = models.DateField()
    active_to = models.DateField(null=True, blank=True)

    privacy = Privacy(public="id commune name kind active_from active_to")

    class Meta:
        ordering = ["commune_id", "name"]
        constraints = [models.UniqueConstraint(fields=["commune", "name"], name="team_name_in_commune")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A volunteer's place in a team between two dates."""

    class Position(models.TextChoices):
        MEMBER = "member", _("member")
        DEPUTY = "deputy", _("deputy leader")
        LEADER = "leader", _("leader")

    id = models.UUIDField(primary_key=True, default=uuid7)
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="memberships")
    position = models.CharField(max_length=8, choices=Position, default=Position.MEMBER)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, db_comment="First day it no longer holds")

    privacy = Privacy(
        internal="id team position valid_from valid_to",
        personal="volunteer",
        keep="P12M",
        closed="valid_to",
        person="volunteer__account",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="membership_dates"
            ),
            ExclusionConstraint(
                name="membership_no_overlap",
                expressions=[
                    (F("team"), RangeOperators.EQUAL),
                    (F("volunteer"), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Device(models.Model):
    """A phone enrolled for the field app; its token is revoked when the phone is lost."""

    id = models.UUIDField(primary_key=True, db_comment="Made on the phone")
    account = models.ForeignKey(Account, models.CASCADE, related_name="devices")
    token_hash = models.CharField(max_length=64, unique=True, db_comment="SHA-256 of the device token")
    label = models.CharField(
        max_length=80, default="", db_comment="Browser family, to recognise it in a list"
    )
    enrolled_at = models.DateTimeField(default=clock.now)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    last_seq = models.BigIntegerField(
        default=0, db_comment="Highest record number acknowledged to this phone"
    )
    pending = models.IntegerField(default=0, db_comment="Unsent records the phone last reported")
    skew_ms = models.BigIntegerField(default=0, db_comment="Server clock minus phone clock at the last sync")
    app_version = models.CharField(max_length=20, default="")

    privacy = Privacy(
        internal="id enrolled_at revoked_at last_seen_at last_seq pending skew_ms app_version",
        personal="account label",
        secret="token_hash",
        keep="P12M",
        closed="revoked_at last_seen_at enrolled_at",
        person="account",
    )

    OVERDUE = timedelta(hours=48)

    @property
    def is_overdue(self) -> bool:
        """Unsent work that has waited for two days: somebody should ask how the volunteer is getting on."""
        return (
            self.pending > 0
            and self.last_seen_at is not None
            and clock.now() - self.last_seen_at > self.OVERDUE
        )


class BadgeKey(models.Model):
    """The public half of the key with which a phone signs its owner's badge; it holds as long as the phone does."""

    id = models.UUIDField(primary_key=True, db_comment="Made on the phone; stands in every badge")
    device = models.OneToOneField(Device, models.CASCADE, related_name="badge_key")
    public_key = models.BinaryField(
        max_length=65,
        unique=True,
        db_comment="P-256, an uncompressed point; the other half never leaves the phone",
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id public_key made_at", personal="device", keep="P12M", person="device__account"
    )


class PrintedBadge(models.Model):
    """A badge on paper for a volunteer without a screen; its number and last day are signed into its QR."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    volunteer = models.ForeignKey(Volunteer, models.CASCADE, related_name="printed_badges")
    team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    printed_at = models.DateTimeField(default=clock.now)
    last_day = models.DateField(db_comment="Last day on which it is good")
    revoked_at = models.DateTimeField(null=True, blank=True)

    privacy = Privacy(
        internal="id team printed_at last_day revoked_at",
        personal="volunteer",
        keep="P12M",
        closed="revoked_at last_day",
        person="volunteer__account",
    )
