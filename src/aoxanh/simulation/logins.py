"""The accounts of the demonstration: one for each role. No Django here, so that a command can print them."""

from dataclasses import dataclass

HOME_COMMUNE = "00715"


@dataclass(frozen=True, slots=True)
class Login:
    """One account; `role` is a word of people.models.Role, `place` a place code."""

    username: str
    name: str
    role: str
    place: str


LOGINS = (
    Login("lan", "Vàng Thị Lan", "volunteer", HOME_COMMUNE),
    Login("minh", "Nguyễn Đức Minh", "team_leader", HOME_COMMUNE),
    Login("ha", "Trần Thu Hà", "pasc_official", HOME_COMMUNE),
    Login("son", "Lò Văn Sơn", "commune_secretary", HOME_COMMUNE),
    Login("duc", "Hoàng Minh Đức", "province_coordinator", "08"),
    Login("an", "Phạm Bình An", "central", "VN"),
    Login("thu", "Đỗ Hoài Thu", "auditor", "VN"),
    Login("binh", "Lê Thanh Bình", "volunteer", "00004"),
)
