"""Writing a synthetic campaign into an empty installation."""

import secrets
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from random import Random

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from aoxanh.audit import actions as audit
from aoxanh.desk.bulk import LoadedSession, copy_sessions, settle_handovers_before
from aoxanh.desk.rollup import recompute_dirty_days
from aoxanh.kernel import clock
from aoxanh.kernel.errors import DomainError
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system
from aoxanh.people.models import Team
from aoxanh.places.models import Place
from aoxanh.simulation.roster import DETAILED_PROVINCE, StaffedTeam, make_roster
from aoxanh.simulation.sessions import recent_days, sessions_of

DETAILED_DAYS = 45
OUTLINE_DAYS = 15
Progress = Callable[[str, int, int], None]


class NotEmpty(DomainError):
    """Synthetic people and figures must never be mixed into a real campaign."""

    code = "not_empty"
    message = _("This installation already has teams; a simulated campaign would mix with them.")
    remedy = _("Use an empty installation: set AOXANH_DATA_DIR to a new folder.")


def seed_campaign(*, seed: int, progress: Progress) -> str:
    """Fill an empty installation with the demonstration campaign and return the password of its accounts.

    One border province in detail (45 days), every other commune in outline (15 days). The same seed and day give the same
    data but for the password, which is random so that no installation has a known one. Raises NotEmpty.
    """
    random = Random(seed)
    password = "-".join(secrets.choice(_WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"
    with transaction.atomic(), whole_nation():
        if Team.objects.exists():
            raise NotEmpty
        progress("people", 0, 1)
        staffed = make_roster(random, password)
        progress("people", 1, 1)
        province_of = dict(Place.objects.filter(level=Place.Level.COMMUNE).values_list("code", "parent_id"))
        count = copy_sessions(_all_sessions(random, staffed, province_of, progress))
        audit.record(
            chain="VN",
            actor=str(system("simulation")),
            action="simulation.seeded",
            details={"seed": seed, "sessions": count},
        )
    _roll_up(progress)
    with whole_nation():
        settle_handovers_before(clock.today() - timedelta(days=2))
    return password


def _all_sessions(
    random: Random, staffed: list[StaffedTeam], province_of: Mapping[str, str | None], progress: Progress
) -> Iterator[LoadedSession]:
    today = clock.today()
    for number, team in enumerate(staffed):
        detailed = province_of[team.commune] == DETAILED_PROVINCE
        days = recent_days(today, DETAILED_DAYS if detailed else OUTLINE_DAYS)
        yield from sessions_of(random, team, days, upland=detailed, pace=5.0 if detailed else 1.8)
        if number % 200 == 0 or number == len(staffed) - 1:
            progress("sessions", number + 1, len(staffed))


def _roll_up(progress: Progress) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM desk_dirtyday")
        total = cursor.fetchone()[0]
    done = 0
    while recomputed := recompute_dirty_days(2000):
        done += recomputed
        progress("figures", min(done, total), total)


_WORDS = "nui song bien rung que lua tre sen trang nang mua gio may hoa chim ca suoi doi lang ban".split()
