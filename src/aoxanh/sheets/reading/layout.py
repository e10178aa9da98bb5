"""The kinds of sheet: their columns, by which titles they go, and what is read from each."""

import re
from dataclasses import dataclass, field
from typing import Literal

from aoxanh.kernel.text import fold

Kind = Literal["volunteers", "teams", "memberships", "traits", "needs", "totals"]
_NOISE = re.compile(r"\([^)]*\)|[^a-z0-9]+")
KINDS: tuple[Kind, ...] = ("volunteers", "teams", "memberships", "traits", "needs", "totals")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, the title we write, other titles it goes by (folded), and whether anything is read from it.

    What is written but not read is told for the reader's sake and changed elsewhere: a consent is a paper, recorded on its own page.
    """

    key: str
    title: str
    also: tuple[str, ...] = ()
    is_required: bool = False
    is_read: bool = True
    is_written: bool = True
    choices: tuple[str, ...] = ()
    width: int = 16


@dataclass(frozen=True)
class Layout:
    """One kind of sheet. `stored` names the values of a row that was understood, in the order in which they are staged."""

    kind: Kind
    columns: dict[str, Column]
    stored: tuple[str, ...]
    either: tuple[tuple[str, ...], ...] = ()
    may_spill: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)

    @property
    def required(self) -> list[str]:
        return [column.key for column in self.columns.values() if column.is_required]

    @property
    def written(self) -> list[Column]:
        return [column for column in self.columns.values() if column.is_written]

    @property
    def filled_in(self) -> list[Column]:
        """The columns of an empty list: what is written and read again."""
        return [column for column in self.written if column.is_read]

    def meaning(self, title: str) -> str | None:
        """Return the key of the column that a folded title names."""
        return self.titles.get(title)

    def missing(self, found: dict[str, int]) -> tuple[str, ...]:
        """Return the titles of required columns that are not there; of alternatives one is enough."""
        lacking = [self.columns[key].title for key in self.required if not self._is_there(key, found)]
        return tuple(lacking)

    def _is_there(self, key: str, found: dict[str, int]) -> bool:
        ways = [way for way in self.either if way[0] == key]
        return key in found or any(all(part in found for part in way[1:]) for way in ways)


def title_key(title: str) -> str:
    """Return a title as it is compared: no diacritics, case, brackets or signs: "HỌ VÀ TÊN (*)" -> "ho va ten"."""
    return _NOISE.sub(" ", fold(title)).strip()


def _layout(
    kind: Kind,
    columns: tuple[Column, ...],
    stored: str,
    either: tuple[tuple[str, ...], ...] = (),
    may_spill: tuple[str, ...] = (),
) -> Layout:
    titles: dict[str, str] = {}
    for column in (*columns, *_NOT_KEPT):
        for title in (column.title, *column.also):
            titles.setdefault(title_key(title), column.key)
    every = {column.key: column for column in (*columns, *_NOT_KEPT)}
    return Layout(kind, every, tuple(stored.split()), either, may_spill, titles)


def _ignored(key: str, title: str, also: str) -> Column:
    return Column(key, title, tuple(also.split("|")), is_read=False, is_written=False)


# What office lists hold and the product does not keep: recognised, said so, and never stored.
_NOT_KEPT = (
    _ignored("row_number", "STT", "so tt|tt|so thu tu|no|stt."),
    _ignored("phone", "Số điện thoại", "dien thoai|sdt|so dt|dt|di dong|so di dong|mobile|phone|zalo|so zalo|dien thoai lien he|so dien thoai lien he"),
    _ignored("id_number", "Số CCCD", "cccd|cmnd|cccd cmnd|cmnd cccd|so cmnd|can cuoc|so can cuoc|so dinh danh|so can cuoc cong dan|can cuoc cong dan|so cccd cmnd|so cmnd cccd|ho chieu|ma dinh danh"),
    _ignored("email", "E-mail", "email|mail|thu dien tu|dia chi email"),
    _ignored("address", "Địa chỉ", "dia chi thuong tru|dia chi cu the|noi o|cho o hien nay|noi o hien nay|thon ban|thon|ban|to dan pho|so nha|que quan|noi sinh|dia chi lien he"),
    _ignored("sex", "Giới tính", "nam nu|gioi|phai|nu"),
    _ignored("ethnicity", "Dân tộc", "dan toc thieu so|ton giao|dan toc ton giao"),
    _ignored("job", "Nghề nghiệp", "don vi cong tac|truong|lop|truong lop|noi lam viec|chuc vu don vi|chuc danh|trinh do|doan vien|ngay vao doan|dang vien"),
    _ignored("bank", "Số tài khoản", "tai khoan ngan hang|stk|ngan hang"),
    _ignored("remark", "Ghi chú", "chu thich|note|ghi chu khac"),
    _ignored("flaw", "Lỗi", "loi sai"),
    _ignored("remedy", "Cách sửa", "huong dan sua"),
    _ignored("line", "Dòng trong tệp gốc", "dong|dong so"),
)  # fmt: skip
_CODE = Column(
    "place_code",
    "Mã xã",
    ("ma don vi", "ma don vi hanh chinh", "ma xa phuong", "ma dvhc", "ma phuong", "ma dia ban"),
    width=10,
)
_COMMUNE = Column(
    "commune", "Xã/phường",
    ("xa phuong dac khu", "xa", "phuong", "ten xa", "ten xa phuong", "xa phuong thi tran", "phuong xa", "don vi", "dia ban",
     "xa phuong noi o", "xa phuong cu tru", "noi cu tru", "xa phuong noi cu tru", "xa phuong thuong tru", "commune", "don vi hanh chinh",
     "xa phuong noi hoat dong"),
    is_required=True, width=22,
)  # fmt: skip
_PROVINCE = Column(
    "province", "Tỉnh/thành phố",
    ("tinh", "tinh thanh", "thanh pho", "tinh tp", "tinh thanh pho noi o", "tp", "ten tinh", "tinh thanh pho cu tru", "province", "tinh thanh pho truc thuoc tw"),
    width=20,
)  # fmt: skip
_YES = ("Có", "Không")
NEEDED = ("outreach", "vneid", "services", "ai", "police")
NEED_NUMBERS = (*NEEDED, *(f"{kind}_minimum" for kind in NEEDED), "leaders", "half_days", "boat_km")
COUNTED = ("indicator", "first_day", "last_day", "count", "source")
# The figures that communes count too, in the words of `oversight/data/indicators.yaml`.
FIGURES = {
    "turns": "Lượt tham gia",
    "assists": "Lượt hỗ trợ người dân",
    "vneid_helped": "Lượt hỗ trợ VNeID",
    "dossiers_guided": "Hồ sơ được hướng dẫn",
    "learners": "Lượt học viên bình dân học vụ số",
    "files_digitised": "Hồ sơ số hóa",
}
_LEVELS = ("Không", "Cơ bản", "Tốt", "Dạy được người khác")
_FULL_NAME = Column(
    "full_name", "Họ và tên",
    ("ho ten", "ho va ten tnv", "ho ten tnv", "ho va ten tinh nguyen vien", "ten tinh nguyen vien", "tinh nguyen vien", "ten tnv", "ten day du",
     "ho va ten khai sinh", "full name", "ho va ten thanh vien", "ho ten thanh vien", "ho ten tinh nguyen vien"),
    is_required=True, width=26,
)  # fmt: skip
_FAMILY = Column(
    "family_name",
    "Họ và tên đệm",
    ("ho dem", "ho", "ho va dem", "ho lot", "ho va chu lot", "ho va chu dem"),
    is_written=False,
)
_GIVEN = Column("given_name", "Tên", ("ten rieng", "ten goi"), is_written=False)
_BY_PARTS = (("full_name", "family_name", "given_name"), ("full_name", "given_name"))
_BY_CODE = (("commune", "place_code"),)
_ID = Column("id", "Mã", ("ma so", "ma tnv", "ma tinh nguyen vien", "id", "ma doi", "ma doi hinh"), width=38)

LAYOUTS: dict[str, Layout] = {
    "volunteers": _layout(
        "volunteers",
        (
            _ID, _FULL_NAME, _FAMILY, _GIVEN, _CODE, _COMMUNE, _PROVINCE,
            Column("technology", "Công nghệ", ("ky nang cong nghe", "cntt", "tin hoc", "ky nang cntt", "trinh do tin hoc", "ky nang so", "cong nghe thong tin"), choices=_LEVELS),
            Column("communication", "Giao tiếp", ("ky nang giao tiep", "kha nang giao tiep"), choices=_LEVELS),
            Column("availability", "Buổi rảnh", ("thoi gian ranh", "lich ranh", "buoi ranh trong tuan", "thoi gian tham gia", "buoi co the tham gia", "thoi gian co the tham gia"), width=30),
            Column("languages", "Ngôn ngữ", ("tieng dan toc", "ngoai ngu", "biet tieng", "ngon ngu khac", "tieng", "ngon ngu biet"), width=24),
            Column("adult_on", "Ngày đủ 18 tuổi", ("ngay tron 18 tuoi", "du 18 tuoi ngay", "ngay du 18"), width=16),
            Column("birth", "Ngày sinh", ("ngay thang nam sinh", "nam sinh", "sinh ngay", "ntns", "ngay sinh tnv", "birthday", "date of birth", "ngay thang nam sinh tnv", "sinh nam"), is_written=False),
            Column("is_active", "Đang hoạt động", ("hoat dong", "con hoat dong", "dang tham gia", "con tham gia"), choices=_YES),
            Column("consent", "Gia đình đồng ý", ("dong y cua gia dinh", "giay dong y", "phu huynh dong y"), is_read=False, width=18),
        ),
        "id full_name fold sort_key home technology communication availability languages adult_on is_active",
        (*_BY_PARTS, *_BY_CODE), ("full_name",),
    ),
    "teams": _layout(
        "teams",
        (
            _ID,
            Column("name", "Tên đội hình", ("doi hinh", "ten doi", "doi", "ten doi tinh nguyen", "doi tinh nguyen", "ten", "team", "ten nhom"), is_required=True, width=30),
            _CODE, _COMMUNE, _PROVINCE,
            Column("kind", "Loại đội hình", ("loai", "loai doi", "loai hinh", "hinh thuc", "loai hinh doi"), choices=("Trực tại trung tâm", "Lưu động", "Chuyên sâu"), width=22),
            Column("active_from", "Hoạt động từ ngày", ("tu ngay", "ngay bat dau", "ngay thanh lap", "bat dau", "thanh lap ngay"), width=18),
            Column("active_to", "Kết thúc ngày", ("den ngay", "ngay ket thuc", "ket thuc", "ngay giai the"), width=16),
        ),
        "id name fold commune kind active_from active_to",
        _BY_CODE,
    ),
    "memberships": _layout(
        "memberships",
        (
            Column("team", "Tên đội hình", ("doi hinh", "ten doi", "doi", "ten doi tinh nguyen", "doi tinh nguyen", "team"), is_required=True, width=30),
            _CODE,
            _COMMUNE, _PROVINCE,
            Column("volunteer_id", "Mã tình nguyện viên", ("ma", "ma so", "ma tnv", "id"), width=38),
            _FULL_NAME, _FAMILY, _GIVEN,
            Column("position", "Vai trò", ("chuc vu", "vai tro trong doi", "chuc danh trong doi", "nhiem vu", "vi tri", "chuc vu trong doi"), choices=("Thành viên", "Đội phó", "Đội trưởng")),
            Column("valid_from", "Từ ngày", ("ngay vao doi", "ngay tham gia", "ngay bat dau", "tham gia tu", "bat dau"), width=14),
            Column("valid_to", "Đến hết ngày", ("den ngay", "ngay ket thuc", "ngay roi doi", "ket thuc"), width=14),
        ),
        "volunteer_id full_name fold team team_fold commune position valid_from valid_to",
        (*_BY_PARTS, *_BY_CODE), ("full_name",),
    ),
    "traits": _layout(
        "traits",
        (
            _CODE,
            Column("commune", _COMMUNE.title, _COMMUNE.also, is_required=True, width=22),
            _PROVINCE,
            Column("trait", "Đặc điểm", ("loai dac diem", "dac diem dia ban", "tinh chat"), is_required=True, choices=("Biên giới", "Hải đảo", "Vùng xa", "Ngôn ngữ"), width=14),
            Column("value", "Ngôn ngữ", ("tieng dan toc", "tieng", "gia tri", "ten ngon ngu"), width=22),
            Column("source", "Nguồn", ("can cu", "nguon so lieu", "van ban", "nguon du lieu"), is_required=True, width=50),
            Column("as_of", "Ngày số liệu", ("ngay", "tinh den ngay", "ngay van ban", "thoi diem", "den ngay"), is_required=True, width=14),
            Column("status", "Tình trạng", ("trang thai", "xac nhan"), choices=("Chờ xác nhận", "Đã xác nhận", "Bác bỏ"), width=16),
        ),
        "place trait value source as_of status",
        (*_BY_CODE, ("commune", "province")),
    ),
    "needs": _layout(
        "needs",
        (
            _CODE,
            Column("commune", _COMMUNE.title, _COMMUNE.also, is_required=True, width=22),
            _PROVINCE,
            Column("outreach", "Tuyên truyền: cần", ("tuyen truyen", "so nguoi tuyen truyen")),
            Column("outreach_minimum", "Tuyên truyền: tối thiểu"),
            Column("vneid", "VNeID: cần", ("vneid", "ho tro vneid", "so nguoi ho tro vneid")),
            Column("vneid_minimum", "VNeID: tối thiểu"),
            Column("services", "Dịch vụ công: cần", ("dich vu cong", "dich vu cong truc tuyen", "dvc", "dvctt")),
            Column("services_minimum", "Dịch vụ công: tối thiểu"),
            Column("ai", "Trợ lý AI: cần", ("tro ly ai", "ai")),
            Column("ai_minimum", "Trợ lý AI: tối thiểu"),
            Column("police", "Đi cùng công an: cần", ("di cung cong an", "cong an")),
            Column("police_minimum", "Đi cùng công an: tối thiểu"),
            Column("leaders", "Số đội trưởng", ("doi truong", "so doi")),
            Column("half_days", "Số buổi mỗi tuần", ("so buoi", "buoi mot tuan", "so buoi mot tuan")),
            Column("speakers", "Người biết tiếng", ("tieng dan toc", "ngon ngu", "nguoi biet tieng dan toc"), width=26),
            Column("has_road", "Người nơi khác đến được", ("co duong den", "duong den"), choices=_YES, width=14),
            Column("boat_km", "Số km đi tàu", ("duong thuy", "km tau")),
        ),
        f"place {' '.join(NEED_NUMBERS)} speakers has_road",
        (*_BY_CODE, ("commune", "province")),
    ),
    "totals": _layout(
        "totals",
        (
            _CODE,
            _COMMUNE, _PROVINCE,
            Column("indicator", "Chỉ tiêu", ("ten chi tieu", "noi dung", "chi so", "so lieu"), is_required=True, choices=tuple(FIGURES.values()), width=34),
            Column("first_day", "Từ ngày", ("tu", "ngay dau", "ngay bat dau"), is_required=True, width=14),
            Column("last_day", "Đến ngày", ("den het ngay", "den", "ngay cuoi", "ngay ket thuc"), is_required=True, width=14),
            Column("count", "Số lượng", ("so luong", "ket qua", "thuc hien", "tong so", "tong", "so luot"), is_required=True, width=12),
            Column("source", "Nguồn", ("nguon so lieu", "so sach", "bao cao", "can cu", "lay tu so hoac bao cao nao", "so hoac bao cao"), is_required=True, width=44),
        ),
        f"place {' '.join(COUNTED)}",
        _BY_CODE,
    ),
}  # fmt: skip
