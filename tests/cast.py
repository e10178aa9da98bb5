"""The named cast that every test plays with; made once in the template database, so every test finds them there.

Lan (volunteer, border commune, weak signal), Minh (her team leader), Hà (service-centre official), Sơn (commune secretary), Đức
(province coordinator), An (central), Thu (auditor), Bình (volunteer two provinces away: must never see Lan's work).
Bà Mai, the citizen, has no account.
"""

from datetime import date
from uuid import UUID

from aoxanh.kernel.text import fold, sort_key
from aoxanh.people.models import Account, LanguageSkill, Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.training.models import Certificate

PASSWORD = "mùa hè xanh 2026"
FIRST_DAY = date(2025, 7, 1)
CERTIFIED = ("vneid", "services")
LUNG_CU = "00715"
BA_DINH = "00004"
TUYEN_QUANG = "08"
HA_NOI = "01"

PEOPLE = {
    # name: (number, display name, role, place)
    "lan": (1, "Vàng Thị Lan", Role.VOLUNTEER, LUNG_CU),
    "minh": (2, "Nguyễn Đức Minh", Role.TEAM_LEADER, LUNG_CU),
    "ha": (3, "Trần Thu Hà", Role.PASC_OFFICIAL, LUNG_CU),
    "son": (4, "Lò Văn Sơn", Role.COMMUNE_SECRETARY, LUNG_CU),
    "duc": (5, "Hoàng Minh Đức", Role.PROVINCE_COORDINATOR, TUYEN_QUANG),
    "an": (6, "Phạm Bình An", Role.CENTRAL, "VN"),
    "thu": (7, "Đỗ Hoài Thu", Role.AUDITOR, "VN"),
    "binh": (8, "Lê Thanh Bình", Role.VOLUNTEER, BA_DINH),
}


def fixed_id(kind: int, number: int) -> UUID:
    """Return the same UUID (in version 7 form) for the same thing in every run."""
    return UUID(f"01970000-0000-7000-8000-{kind:04d}{number:08d}")


LAN_TEAM = fixed_id(2, 1)
BINH_TEAM = fixed_id(2, 2)


def account_id(name: str) -> UUID:
    return fixed_id(1, PEOPLE[name][0])


def volunteer_id(name: str) -> UUID:
    return fixed_id(3, PEOPLE[name][0])


def create() -> None:
    """Write the cast into the connected database (as owner)."""
    Team.objects.create(id=LAN_TEAM, commune_id=LUNG_CU, name="Đội hình Lũng Cú", active_from=FIRST_DAY)
    Team.objects.create(id=BINH_TEAM, commune_id=BA_DINH, name="Đội hình Ba Đình", active_from=FIRST_DAY)
    for name, (number, display_name, role, place) in PEOPLE.items():
        account = Account.objects.create_user(name, PASSWORD, id=account_id(name), display_name=display_name)
        RoleAssignment.objects.create(
            id=fixed_id(4, number), account=account, role=role, place_id=place, valid_from=FIRST_DAY
        )
        if role in (Role.VOLUNTEER, Role.TEAM_LEADER):
            _volunteer(name, account, place)


def _volunteer(name: str, account: Account, commune: str) -> None:
    number, full_name, role, _place = PEOPLE[name]
    volunteer = Volunteer.objects.create(
        id=volunteer_id(name),
        account=account,
        full_name=full_name,
        fold=fold(full_name),
        sort_key=sort_key(full_name.split()[-1]),
        home_id=commune,
        technology=2,
        communication=3,
        availability=0b1111111111,
    )
    LanguageSkill.objects.create(
        id=fixed_id(5, number), volunteer=volunteer, language_id="hmn" if name == "lan" else "vie", level=3
    )
    position = Membership.Position.LEADER if role == Role.TEAM_LEADER else Membership.Position.MEMBER
    team = LAN_TEAM if commune == LUNG_CU else BINH_TEAM
    Membership.objects.create(
        id=fixed_id(6, number), team_id=team, volunteer=volunteer, position=position, valid_from=FIRST_DAY
    )
    for place, group in enumerate(CERTIFIED):
        Certificate.objects.create(
            id=fixed_id(7 + place, number),
            volunteer=volunteer,
            group_id=group,
            issued_on=FIRST_DAY,
            source="Lớp tập huấn đầu chiến dịch",
        )
