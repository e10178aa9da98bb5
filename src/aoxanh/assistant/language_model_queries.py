"""What is known of the optional language model: whether it may be asked, what it used today, how its calls end."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Avg, Count, QuerySet, Sum

from aoxanh.assistant.language_model import is_on, is_switched_on
from aoxanh.assistant.models import LanguageModelCall, LanguageModelDay, LanguageModelSwitch
from aoxanh.kernel import clock


@dataclass(frozen=True, slots=True)
class ModelState:
    """The model as the centre sees it; `host` is where it answers, never the key."""

    is_configured: bool
    is_enabled: bool
    is_switched_on: bool
    is_on: bool
    model: str
    host: str
    budget: int
    used: int


@dataclass(frozen=True, slots=True)
class Calls:
    """The calls of some days that ended alike."""

    purpose: str
    outcome: str
    calls: int
    tokens: int
    mean_ms: int
    kept: int
    dropped: int

    @property
    def mean_seconds(self) -> float:
        return self.mean_ms / 1000


def state() -> ModelState:
    """Return the state of the model now."""
    endpoint = settings.LLM_ENDPOINT
    used = LanguageModelDay.objects.filter(day=clock.today()).values_list("tokens", flat=True).first()
    return ModelState(
        is_configured=endpoint is not None,
        is_enabled=settings.LLM_ENABLED,
        is_switched_on=is_switched_on(),
        is_on=is_on(),
        model=endpoint.model if endpoint else "",
        host=(urlsplit(endpoint.url).hostname or "") if endpoint else "",
        budget=settings.LLM_DAILY_BUDGET,
        used=used or 0,
    )


def calls_since(days: int) -> list[Calls]:
    """Return the calls of the last days by purpose and outcome, the most frequent first."""
    first = clock.today() - timedelta(days=days - 1)
    rows = (
        LanguageModelCall.objects.filter(day__gte=first)
        .values("purpose", "outcome")
        .annotate(
            calls=Count("id"), used=Sum("tokens"), mean=Avg("ms"), held=Sum("kept"), left=Sum("dropped")
        )
        .order_by("-calls", "purpose", "outcome")
    )
    return [
        Calls(
            row["purpose"],
            row["outcome"],
            row["calls"],
            row["used"],
            int(row["mean"]),
            row["held"],
            row["left"],
        )
        for row in rows
    ]


def switches(most: int = 10) -> "QuerySet[LanguageModelSwitch]":
    """Return the latest decisions to switch the model on or off."""
    return LanguageModelSwitch.objects.all()[:most]
