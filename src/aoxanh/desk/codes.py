"""The help that a citizen's code stands for, found for officials who enter what came of it; the code alone, never a name."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aoxanh.desk.attempts import attempts, count_attempt
from aoxanh.desk.errors import OwnWork, SeveralDays, TooManyWrongCodes, UnknownReturnCode
from aoxanh.desk.models import SupportSession
from aoxanh.desk.vocabulary import Activity
from aoxanh.kernel.apart import apart
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import queries as places

MOST_WRONG, WRONG_SECONDS = 20, 3600
"""So many well-formed codes that nobody holds, of one person within so many seconds; honest slips err less."""
_CODE = re.compile(r"[A-HJ-NP-Z2-9]{6}", re.ASCII)
_LONGEST_TYPED = 40
_MOST_FOUND = 20
_HELP = (Activity.PROCEDURE, Activity.VNEID)
_WRONG = "wrong code"


@dataclass(frozen=True, slots=True)
class Help:
    """A piece of help that counts, by its code: where, when, by which team, and who ever wrote a revision of it."""

    commune: str
    day: date
    id: UUID
    code: str
    activity: str
    procedure: str
    team_id: UUID
    volunteers: frozenset[UUID]

    @property
    def key(self) -> tuple[str, date, UUID]:
        return self.commune, self.day, self.id


def help_behind(*, code: str, permission: Permission, days: tuple[date, date], by: Actor) -> list[Help]:
    """Return the help of some days that carries a code, within the actor's reach, the latest first; withdrawn work has no code.

    Raises NotAllowed for who may not enter anything, TooManyWrongCodes for who keeps guessing, and UnknownReturnCode.
    """
    reached = places_reached(by, permission)
    if by.account_id is None or not reached:
        raise NotAllowed
    _check_guesses(by.account_id)
    wanted = "".join(code[:_LONGEST_TYPED].split()).replace("-", "").upper()
    if not _CODE.fullmatch(wanted):
        raise UnknownReturnCode(field="code")
    found = _found(wanted, reached, days)
    if not found:
        _count_guess(by.account_id)
        raise UnknownReturnCode(field="code")
    return found


def the_one(found: list[Help], day: date | None, by: Actor) -> Help:
    """Return the one piece of help meant, by its day where the code stands for several. Raises SeveralDays or OwnWork."""
    if day is not None:
        found = [one for one in found if one.day == day]
        if not found:
            raise UnknownReturnCode(field="day")
    if len({one.day for one in found}) > 1:
        raise SeveralDays(field="day", days=", ".join(f"{one.day:%d/%m/%Y}" for one in found))
    return not_own(found[0], by)


def not_own(one: Help, by: Actor) -> Help:
    """Return the help unless the actor gave it or belongs to the team that did. Raises OwnWork."""
    if by.volunteer_id in one.volunteers or one.team_id in by.teams:
        raise OwnWork
    return one


def _found(code: str, reached: list[str], days: tuple[date, date]) -> list[Help]:
    communes = list(places.communes_within(reached))
    rows = SupportSession.objects.filter(commune_code__in=communes, return_code=code, day__range=days)
    keys = set(rows.values_list("commune_code", "day", "root_id").distinct()[:_MOST_FOUND])
    if not keys:
        return []
    revisions = SupportSession.objects.filter(
        commune_code__in={commune for commune, _, _ in keys},
        day__in={day for _, day, _ in keys},
        root_id__in={root for _, _, root in keys},
    )
    by_root: dict[tuple[str, date, UUID], list[SupportSession]] = {}
    for row in revisions.order_by("-revision", "-id"):
        by_root.setdefault((row.commune_code, row.day, row.root_id), []).append(row)
    works = [_help(rows) for key, rows in by_root.items() if key in keys and _counts(rows[0], code)]
    return sorted(works, key=lambda one: (one.day, one.id), reverse=True)


def _counts(effective: SupportSession, code: str) -> bool:
    return not effective.withdrawn and effective.return_code == code and effective.activity in _HELP


def _help(revisions: list[SupportSession]) -> Help:
    last = revisions[0]
    return Help(
        last.commune_code, last.day, last.root_id, last.return_code, last.activity, last.procedure_id or "", last.team_id,
        frozenset(row.volunteer_id for row in revisions),
    )  # fmt: skip


def _check_guesses(account: UUID) -> None:
    if attempts(_WRONG, str(account), WRONG_SECONDS) >= MOST_WRONG:
        raise TooManyWrongCodes


def _count_guess(account: UUID) -> None:
    # Apart: the refusal that follows takes the caller's transaction back.
    apart(lambda: count_attempt(_WRONG, str(account), WRONG_SECONDS))
