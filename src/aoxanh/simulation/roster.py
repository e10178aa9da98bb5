"""The people of the demonstration: one account for each role, teams everywhere, volunteers in detail where it matters."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from aoxanh.kernel import clock
from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.models import Account, LanguageSkill, Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.simulation.logins import LOGINS, Login
from aoxanh.simulation.names import full_name

FIRST_DAY = date(2025, 7, 1)
DETAILED_PROVINCE = "08"


@dataclass(frozen=True, slots=True)
class StaffedTeam:
    """A team with the volunteers who record for it."""

    id: UUID
    commune: str
    volunteers: tuple[UUID, ...]


def make_roster(random: Random, password: str) -> list[StaffedTeam]:
    """Write teams, volunteers and the demonstration's accounts; the detailed province gets full teams, others a small one."""
    staffed: list[StaffedTeam] = []
    teams: list[Team] = []
    volunteers: list[Volunteer] = []
    memberships: list[Membership] = []
    languages: list[LanguageSkill] = []
    for commune in Place.objects.filter(level=Place.Level.COMMUNE).select_related("parent").order_by("code"):
        detailed = commune.parent_id == DETAILED_PROVINCE
        for index in range(random.choice((1, 2, 2, 3)) if detailed else 1):
            team = Team(
                id=_uuid(random),
                commune=commune,
                name=_team_name(commune, index),
                kind=_kind(index),
                active_from=FIRST_DAY,
            )
            people = [
                _volunteer(random, commune, upland=detailed)
                for _ in range(random.randint(6, 14) if detailed else 2)
            ]
            teams.append(team)
            volunteers += people
            memberships += [
                _membership(random, team, person, leads=number == 0) for number, person in enumerate(people)
            ]
            languages += [skill for person in people if detailed for skill in _languages(random, person)]
            staffed.append(StaffedTeam(team.id, commune.code, tuple(person.id for person in people)))
    Team.objects.bulk_create(teams, batch_size=2000)
    Volunteer.objects.bulk_create(volunteers, batch_size=2000)
    Membership.objects.bulk_create(memberships, batch_size=2000)
    LanguageSkill.objects.bulk_create(languages, batch_size=2000)
    _make_logins(staffed, password)
    return staffed


def _uuid(random: Random) -> UUID:
    """Return a UUID in version 7 form that the seed decides."""
    return UUID(
        int=(0x0197 << 112 | random.getrandbits(112)) & ~(0xF << 76) & ~(0x3 << 62) | 7 << 76 | 2 << 62
    )


def _team_name(commune: Place, index: int) -> str:
    return f"Đội hình {commune.name}" + (f" {index + 1}" if index else "")


def _kind(index: int) -> str:
    return (Team.Kind.ON_DUTY, Team.Kind.MOBILE, Team.Kind.SPECIALIST)[index]


def _volunteer(random: Random, commune: Place, *, upland: bool) -> Volunteer:
    name = full_name(random, upland=upland)
    minor = random.random() < 0.06
    return Volunteer(
        id=_uuid(random),
        full_name=name,
        fold=fold(name),
        sort_key=sort_key(" ".join(reversed(name.split()))),
        home=commune,
        technology=random.choices((0, 1, 2, 3), (5, 35, 45, 15))[0],
        communication=random.choices((0, 1, 2, 3), (5, 30, 45, 20))[0],
        availability=random.getrandbits(12),
        adult_on=clock.today() + timedelta(days=random.randint(60, 700)) if minor else None,
    )


def _membership(random: Random, team: Team, person: Volunteer, *, leads: bool) -> Membership:
    position = Membership.Position.LEADER if leads and person.adult_on is None else Membership.Position.MEMBER
    return Membership(id=_uuid(random), team=team, volunteer=person, position=position, valid_from=FIRST_DAY)


def _languages(random: Random, person: Volunteer) -> list[LanguageSkill]:
    spoken = random.choices(("hmn", "tyz", "nut", ""), (25, 25, 10, 40))[0]
    return (
        [LanguageSkill(id=_uuid(random), volunteer=person, language_id=spoken, level=random.randint(2, 3))]
        if spoken
        else []
    )


def _make_logins(staffed: list[StaffedTeam], password: str) -> None:
    """Give each role an account; volunteers among them join the first team of their commune."""
    for login in LOGINS:
        account = Account.objects.create_user(login.username, password, display_name=login.name)
        RoleAssignment.objects.create(
            account=account, role=login.role, place_id=login.place, valid_from=FIRST_DAY
        )
        if login.role in (Role.VOLUNTEER, Role.TEAM_LEADER):
            team = next(item for item in staffed if item.commune == login.place)
            _join(login, account, team)


def _join(login: Login, account: Account, team: StaffedTeam) -> None:
    volunteer = Volunteer.objects.create(
        account=account,
        full_name=login.name,
        fold=fold(login.name),
        sort_key=sort_key(" ".join(reversed(login.name.split()))),
        home=places.place_by_code(login.place),
        technology=2,
        communication=3,
        availability=(1 << 10) - 1,
    )
    leads = login.role == Role.TEAM_LEADER
    position = Membership.Position.LEADER if leads else Membership.Position.MEMBER
    Membership.objects.create(team_id=team.id, volunteer=volunteer, position=position, valid_from=FIRST_DAY)
    if login.username == "lan":
        LanguageSkill.objects.create(volunteer=volunteer, language_id="hmn", level=3)
