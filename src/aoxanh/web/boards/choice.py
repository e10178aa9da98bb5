"""What a reader chose in a board's address: the period and the order of the table, and addresses that keep the choice."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode
from uuid import UUID

from django.urls import get_script_prefix, reverse
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.oversight.periods import DEFAULT, NAMES, Period, custom_period, named_period, read_day
from aoxanh.web import numbers

PERIOD_NAMES = {
    "today": _("Today"),
    "7days": _("Last 7 days"),
    "month": _("This month"),
    "last_month": _("Last month"),
    "all": _("Since the campaign began"),
    "custom": _("Days of your choice"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """The reader's choice; `refusal` says why the days of a form could not be taken and the default is shown."""

    period: Period
    sort: str = ""
    descending: bool = True
    refusal: DomainError | None = None
    mapped: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "Choice":
        """Read the choice from an address; words that mean nothing fall back to the default."""
        period, refusal = _period(query)
        sort, mapped = query.get("sort", "")[:20], query.get("map", "")[:20]
        return cls(period, sort, query.get("order") != "asc", refusal, mapped)

    def query(self, **changes: str) -> str:
        """Return the choice as the part of an address after the question mark."""
        chosen = {"period": self.period.name}
        if self.period.name == "custom":
            chosen |= {"from": numbers.day(self.period.first), "to": numbers.day(self.period.last)}
        if self.sort:
            chosen |= {"sort": self.sort, "order": "desc" if self.descending else "asc"}
        if self.mapped:
            chosen["map"] = self.mapped
        return urlencode({**chosen, **changes})


def board_address(place_code: str, team_id: UUID | str | None = None) -> str:
    """Return the address of a board without a choice."""
    return _address(get_script_prefix(), place_code, str(team_id or ""))


@lru_cache(maxsize=8192)
def _address(_prefix: str, place_code: str, team_id: str) -> str:
    """Return an address of which a map and a table hold hundreds; it never changes where the site stays mounted."""
    if team_id:
        return reverse("board_team", kwargs={"code": place_code, "team_id": team_id})
    return reverse("board", kwargs={"code": place_code})


def _period(query: Mapping[str, str]) -> tuple[Period, DomainError | None]:
    name = query.get("period", "custom" if query.get("from") else DEFAULT)
    today = clock.today()
    if name != "custom":
        return named_period(name if name in NAMES else DEFAULT, today), None
    try:
        first = read_day(query.get("from", ""), "from")
        return custom_period(first, read_day(query.get("to") or numbers.day(today), "to")), None
    except DomainError as refusal:
        return named_period(DEFAULT, today), refusal
