"""A team with people for the tests of the roster room: Lan's and Minh's, with six more members."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.actors import system
from aoxanh.people.models import Account, Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.staffing import roster_actions as actions
from aoxanh.staffing.models import Roster, Shift, ShiftAssignment
from aoxanh.staffing.patterns import Pattern
from aoxanh.training.models import Certificate
from tests.cast import LAN_TEAM, LUNG_CU, fixed_id, volunteer_id

NAMES = ("Sùng Thị Mỷ", "Giàng A Páo", "Lầu Mí Sính", "Hoàng Thị Nga", "Vừ Mí Kẻ", "Thào Thị Dợ")
ALL_WEEK = (1 << 14) - 1
SYSTEM = system("rostering")


def monday(weeks: int = 1) -> date:
    """Return the Monday some weeks from this one."""
    today = clock.today()
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


def team() -> Team:
    return Team.objects.select_related("commune__parent").get(id=LAN_TEAM)


def people_a_team(count: int = 6) -> list[Volunteer]:
    """Let people join Lan's team, each with an account and the certificates of groups 1 and 2; Lan and Minh get them too."""
    joined = [_join(number, name) for number, name in enumerate(NAMES[:count], start=1)]
    for volunteer in (volunteer_id("lan"), volunteer_id("minh"), *(one.id for one in joined)):
        certify(volunteer, "vneid", "services")
    Volunteer.objects.filter(id__in=[volunteer_id("lan"), volunteer_id("minh")]).update(availability=ALL_WEEK)
    return joined


def certify(volunteer: UUID, *groups: str) -> None:
    for group in groups:
        Certificate.objects.create(
            volunteer_id=volunteer,
            group_id=group,
            issued_on=clock.today() - timedelta(days=60),
            source="Lớp tập huấn",
        )


def _join(number: int, name: str) -> Volunteer:
    since = clock.today() - timedelta(days=90)
    account = Account.objects.create(id=fixed_id(1, 100 + number), username=f"bạn{number}", display_name=name)
    RoleAssignment.objects.create(account=account, role=Role.VOLUNTEER, place_id=LUNG_CU, valid_from=since)
    volunteer = Volunteer.objects.create(
        id=fixed_id(3, 100 + number), account=account, full_name=name, fold=fold(name), sort_key=sort_key(name.rsplit(maxsplit=1)[-1]),
        home_id=LUNG_CU, technology=2, communication=2, availability=ALL_WEEK,
    )  # fmt: skip
    Membership.objects.create(team_id=LAN_TEAM, volunteer=volunteer, valid_from=since)
    return volunteer


def a_draft(pattern: Pattern | None = None, weeks: int = 1, by=None) -> Roster:
    """Return a drafted roster of next week."""
    with whole_nation():
        roster = actions.order_roster(
            team=team(), first_day=monday(), weeks=weeks, pattern=pattern or Pattern(), by=by or SYSTEM
        )
        actions.draft_roster(roster_id=roster.id, by=SYSTEM)
        return fresh(roster)


def a_published_roster(pattern: Pattern | None = None, weeks: int = 1) -> Roster:
    with whole_nation():
        return actions.publish_roster(roster=a_draft(pattern, weeks), by=SYSTEM)


def fresh(roster: Roster) -> Roster:
    return Roster.objects.select_related("team__commune__parent", "mends").get(id=roster.id)


def a_seat_today() -> ShiftAssignment:
    """Let Lan hold a seat this morning."""
    today = clock.today()
    here = {"commune_id": LUNG_CU}
    roster = Roster.objects.create(
        team=team(),
        first_day=today - timedelta(days=today.weekday()),
        last_day=monday(0) + timedelta(days=6),
        state="published",
        **here,
    )
    shift = Shift.objects.create(roster=roster, day=today, half="am", seats={"vneid": 1}, **here)
    return ShiftAssignment.objects.create(
        roster=roster,
        shift=shift,
        volunteer_id=volunteer_id("lan"),
        day=today,
        half="am",
        seat="vneid",
        holds=True,
        **here,
    )


def at(hour: int, minute: int = 0) -> datetime:
    return datetime.combine(clock.today(), time(hour, minute), clock.VIETNAM)
