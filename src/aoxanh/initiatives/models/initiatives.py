"""Initiative, who proposed it, and what was decided about it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.kinds import Helper, Kind
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account, Role
from aoxanh.places.models import Place


class Initiative(models.Model):
    """A creative model: a problem, what was done about it and with what, what came of it, and how far it got in its life."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        RETURNED = "returned", _("sent back")
        CONFIRMED = "confirmed", _("confirmed by the commune")
        REVIEWED = "reviewed", _("reviewed by the province")
        DESCRIBED = "described", _("described from the press")
        RECOGNISED = "recognised", _("recognised")
        REPLICATED = "replicated", _("replicated")
        RETIRED = "retired", _("retired")
        MERGED = "merged", _("merged into another")

    class Origin(models.TextChoices):
        PHONE = "phone", _("field app")
        PAGE = "page", _("website")
        PRESS = "press", _("press")

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    title = models.CharField(
        _("title"), max_length=120, db_comment="Checked for personal data, as all texts here"
    )
    problem = models.CharField(_("the problem"), max_length=1500)
    steps = models.CharField(
        _("what was done, step by step"), max_length=4000, db_comment="A line for each step"
    )
    where = models.CharField(_("where"), max_length=160, default="", blank=True)
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    people = models.JSONField(default=dict, db_comment="How many of each role took part")
    cost_vnd = models.PositiveBigIntegerField(_("cost in đồng"), null=True, blank=True)
    equipment = models.CharField(_("equipment"), max_length=500, default="", blank=True)
    result = models.CharField(_("before and after"), max_length=1000, default="", blank=True)
    conditions = models.CharField(_("what it takes to copy it"), max_length=1500, default="", blank=True)
    limits = models.CharField(_("limits and failures"), max_length=1500, default="", blank=True)
    source = models.CharField(_("source"), max_length=300, default="", blank=True)
    english = models.JSONField(
        default=dict, db_comment="The texts in English, for entries that come with the product"
    )
    origin = models.CharField(max_length=8, choices=Origin)
    state = models.CharField(max_length=12, choices=State)
    is_public = models.BooleanField(default=False, db_comment="Everybody signed in may read it")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    fold = models.TextField(
        default="", db_comment="Title, kind and texts, lower-case without diacritics, for search"
    )
    made_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id place kind title problem steps where first_day last_day people cost_vnd equipment result conditions limits"
        " source english origin state is_public merged_into fold made_at changed_at"
    )

    class Meta:
        indexes = [models.Index(fields=["place", "state"], name="initiative_in_place")]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day=None) | Q(first_day=None) | Q(last_day__gte=F("first_day")),
                name="initiative_days",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="initiative_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.word("title")

    def word(self, field: str) -> str:
        """Return a text in the reader's language, in Vietnamese where there is no other."""
        english: dict[str, str] = self.english
        return (english.get(field) if get_language() == "en" else "") or str(getattr(self, field))

    @property
    def shown_problem(self) -> str:
        return self.word("problem")

    @property
    def shown_where(self) -> str:
        return self.word("where")

    @property
    def shown_source(self) -> str:
        return self.word("source")

    @property
    def step_lines(self) -> list[str]:
        return [line for line in self.word("steps").splitlines() if line.strip()]

    @property
    def helpers(self) -> list[tuple[str, int]]:
        """Who took part: (role in words, how many), in the order of the list of roles."""
        return [(str(role.label), count) for role in Helper if (count := self.people.get(role.value, 0))]

    @property
    def words(self) -> dict[str, Any]:
        """The texts that may be empty, by field, for pages that show what is there."""
        return {name: self.word(name) for name in ("result", "conditions", "limits", "equipment")}

    @property
    def is_adoptable(self) -> bool:
        return self.state in ADOPTABLE

    @property
    def is_open(self) -> bool:
        """Whether its life before recognition goes on."""
        return self.state in OPEN


OPEN = (
    Initiative.State.PROPOSED,
    Initiative.State.RETURNED,
    Initiative.State.CONFIRMED,
    Initiative.State.REVIEWED,
)
ADOPTABLE = (Initiative.State.DESCRIBED, Initiative.State.RECOGNISED, Initiative.State.REPLICATED)


class Proposal(models.Model):
    """Who proposed an initiative, so that they see what came of it; gone after two years, the initiative stays."""

    initiative = models.OneToOneField(Initiative, models.CASCADE, primary_key=True, related_name="proposal")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=clock.now, db_comment="The phone's clock, or the server's")

    privacy = Privacy(
        internal="initiative made_at",
        personal="account",
        keep="P24M",
        closed="made_at",
        person="account",
        holds=False,
    )


class Decision(models.Model):
    """One step of an initiative's life: from where to where, in which role at which place, and why. Who it was stands in the audit."""

    class Step(models.TextChoices):
        CONFIRM = "confirm", _("confirmed by the commune")
        REVIEW = "review", _("reviewed by the province")
        RECOGNISE = "recognise", _("recognised")
        REPLICATE = "replicate", _("first copied elsewhere")
        SEND_BACK = "send_back", _("sent back")
        HAND_IN = "hand_in", _("handed in again")
        RETIRE = "retire", _("retired")
        MERGE = "merge", _("merged into another")

    id = models.UUIDField(primary_key=True, default=uuid7)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="decisions")
    step = models.CharField(max_length=10, choices=Step)
    state = models.CharField(max_length=12, choices=Initiative.State, db_comment="The state it led to")
    reason = models.CharField(max_length=1000, default="", blank=True, db_comment="Checked for personal data")
    role = models.CharField(max_length=24, choices=Role, default="", blank=True)
    place = models.ForeignKey(Place, models.PROTECT, related_name="+", db_comment="Where the role is held")
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(internal="id initiative step state reason role place made_at")

    class Meta:
        ordering = ["made_at", "id"]
