"""The demonstration's accounts: one for each role, the volunteers among them in the first team of their commune."""

import secrets
from collections.abc import Iterator

from aoxanh.desk.partitions import FIRST_MONTH
from aoxanh.people.models import Account, LanguageSkill, Membership, Role, RoleAssignment, Volunteer
from aoxanh.places import queries as places
from aoxanh.simulation.land import Land
from aoxanh.simulation.logins import LOGINS, Login
from aoxanh.simulation.names import as_name
from aoxanh.simulation.plan import STREAM_ACCOUNTS, Plan
from aoxanh.simulation.roster import BEGINS, COURSE, TRAINED, Roster, texts, uuids
from aoxanh.training.models import Certificate

_WORDS = "nui song bien rung que lua tre sen trang nang mua gio may hoa chim ca suoi doi lang ban".split()


def new_password() -> str:
    """Return a random password that can be said aloud, so that no installation has a known one."""
    return "-".join(secrets.choice(_WORDS) for _ in range(3)) + f"-{secrets.randbelow(90) + 10}"


def make_accounts(plan: Plan, land: Land, roster: Roster, password: str) -> None:
    """Give each role an account; volunteers among them join the first team of their commune."""
    ids = iter(texts(uuids(plan.rng(STREAM_ACCOUNTS), 8 * len(LOGINS))))
    for login in LOGINS:
        account = Account.objects.create_user(
            login.username, password, id=next(ids), display_name=login.name, created_at=BEGINS
        )
        RoleAssignment.objects.create(
            id=next(ids), account=account, role=login.role, place_id=login.place, valid_from=FIRST_MONTH
        )
        if login.role in (Role.VOLUNTEER, Role.TEAM_LEADER):
            team = int((roster.team_commune == land.codes.index(login.place)).argmax())
            _join(login, account, roster.team_ids[team], ids)


def _join(login: Login, account: Account, team_id: str, ids: Iterator[str]) -> None:
    full_name, folded, key = as_name(login.name)
    volunteer = Volunteer.objects.create(
        id=next(ids),
        created_at=BEGINS,
        account=account,
        full_name=full_name,
        fold=folded,
        sort_key=key,
        home=places.place_by_code(login.place),
        technology=2,
        communication=3,
        availability=(1 << 10) - 1,
    )
    leads = login.role == Role.TEAM_LEADER
    position = Membership.Position.LEADER if leads else Membership.Position.MEMBER
    Membership.objects.create(
        id=next(ids), team_id=team_id, volunteer=volunteer, position=position, valid_from=FIRST_MONTH
    )
    for group in TRAINED:
        Certificate.objects.create(
            id=next(ids),
            volunteer=volunteer,
            group_id=group,
            issued_on=FIRST_MONTH,
            source=COURSE,
            recorded_at=BEGINS,
        )
    if login.username == "lan":
        LanguageSkill.objects.create(id=next(ids), volunteer=volunteer, language_id="hmn", level=3)
