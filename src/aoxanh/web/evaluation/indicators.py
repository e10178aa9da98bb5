"""The indicators with what they count, their values at a place, and the targets with how they were changed."""

from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from aoxanh.kernel import clock
from aoxanh.oversight import target_queries
from aoxanh.oversight.actions.targets import TargetFacts, set_target
from aoxanh.oversight.indicators import Indicator, Measured, indicators, measure, unmeasured
from aoxanh.oversight.periods import named_period, read_day
from aoxanh.oversight.units import sums_of, type_of
from aoxanh.people.permissions import Permission, may, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.web.boards.confirmed import in_words
from aoxanh.web.evaluation.sent import actor_of, attempt, exact, place_asked
from aoxanh.web.evaluation.words import PLACE_TYPES

SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """List the indicators at a place over the last month, and let who may set targets."""
    actor = actor_of(request)
    if request.method == "POST":
        place = places.place_by_code(request.POST.get("place", ""))
        require(actor, Permission.TARGET_EDIT, place)
        address = f"{reverse('indicators')}?place={place.code}"
        return attempt(request, lambda: _set(request, place), _("The target is set."), address)
    place = place_asked(request, Permission.TOTAL_READ)
    period = named_period("last_month", clock.today())
    sums, holding, kind = sums_of(place, period), target_queries.holding_on(clock.today()), type_of(place)
    seen = [each for each in indicators().values() if may(actor, each.sees, place)]
    page: dict[str, Any] = {
        "place": place,
        "period": period,
        "lines": [
            _line(measure(each, sums), holding.value_for(each.key, place, kind), in_words(sums))
            for each in seen
        ],
        "unmeasured": [
            each["en" if (get_language() or "vi").startswith("en") else "vi"] for each in unmeasured()
        ],
        "may_set": may(actor, Permission.TARGET_EDIT, place) and place.level != Place.Level.COMMUNE,
        "settable": [each for each in seen if each.takes_targets],
        "types": PLACE_TYPES.items(),
        "history": [_told(row) for row in target_queries.history_of(place, indicators())[:SHOWN]],
    }
    return render(request, "evaluation/indicators.html", page)


def _set(request: HttpRequest, place: Place) -> None:
    given = request.POST
    value, indicator = exact(given.get("value", ""), "value"), indicators().get(given.get("indicator", ""))
    facts = TargetFacts(
        indicator=indicator.key if indicator else "",
        place=place,
        place_type=given.get("place_type", ""),
        first_day=read_day(given.get("first_day", ""), "first_day"),
        last_day=read_day(given.get("last_day", ""), "last_day"),
        value=value / 100 if indicator and indicator.kind == "share" else value,
        reason=given.get("reason", ""),
    )
    set_target(facts=facts, by=actor_of(request))


def _line(found: Measured, target: Decimal | None, sure: str) -> dict[str, Any]:
    """Return one line: a share in per cent with its interval; below the minimum nothing but why.

    Beside a count of what was recorded stands how sure it is: the confirmed share of the place's sessions.
    """
    is_share = found.indicator.kind == "share"
    interval = found.interval
    return {
        "indicator": found.indicator,
        "value": None if found.value is None else round(found.value * (100 if is_share else 1), 1),
        "low": round(100 * interval.low, 1) if interval else None,
        "high": round(100 * interval.high, 1) if interval else None,
        "sure": sure if found.indicator.is_recorded and found.numerator else "",
        "target": None if target is None else _shown(found.indicator, target),
    }


def _told(row: Any) -> dict[str, Any]:
    indicator = indicators()[row.indicator]
    return {"row": row, "indicator": indicator, "value": _shown(indicator, row.value), "type": PLACE_TYPES[row.place_type]}  # fmt: skip


def _shown(indicator: Indicator, value: Decimal) -> float:
    return float(value * 100 if indicator.kind == "share" else value)
