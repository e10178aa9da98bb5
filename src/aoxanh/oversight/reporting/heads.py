"""What stands around the body of a report: who issues it, number, place and day, who signs and who receives it.

The Youth Union's own format (Quyết định 367-QĐ/TWĐTN-VP and Hướng dẫn 29-HD/TWĐTN-VP of 2013) has no national motto; the State's
(Nghị định 30/2020/NĐ-CP) has. Names of bodies are Vietnamese in every language: they are names.
"""

from dataclasses import dataclass
from datetime import date

from aoxanh.oversight.models import Report
from aoxanh.oversight.reporting.snapshot import Snapshot
from aoxanh.places.models import Place, full_name

Form, Position = Report.Form, Report.Position
CITY = Place.Kind.CITY.value
NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Head:
    """Both columns above the title (each line with whether it is bold), the number, the signature's lines and who receives it."""

    above: str
    issuer: str
    stars: bool
    right: tuple[str, ...]
    mark: str
    seat: str
    on_behalf: tuple[str, ...]
    recipients: tuple[str, ...]


def head_of(snapshot: Snapshot, form: str, position: str) -> Head:
    """Return the head of a place's report in one of the two formats."""
    place = snapshot["place"]
    if form == Form.STATE:
        return _state(place, position)
    return {
        Place.Level.NATION.value: _centre,
        Place.Level.PROVINCE.value: _province,
        Place.Level.COMMUNE.value: _commune,
    }[place["level"]](place, position)


def number_of(head: Head, form: str, number: int | None) -> str:
    """Return the number as it stands above the title; without one, with room to write it."""
    shown = "        " if number is None else str(number) if number > 9 else f"0{number}"
    return f"Số: {shown}{'/' if form == Form.STATE else '-'}{head.mark}"


def place_and_day(head: Head, on: date | None, year: int) -> str:
    """Return place and day as Nghị định 30 wants them: a nought before days below 10 and the months 1 and 2."""
    if on is None:
        return f"{head.seat}, ngày        tháng        năm {year}"
    month = f"0{on.month}" if on.month < 3 else str(on.month)
    return f"{head.seat}, ngày {on.day:02d} tháng {month} năm {on.year}"


def _union(position: str, head: str = "BÍ THƯ", deputy: str = "PHÓ BÍ THƯ") -> str:
    return deputy if position == Position.DEPUTY else head


def _commune(place: dict[str, str], position: str) -> Head:
    own = full_name(place["kind"], place["name"])
    kind = own.removesuffix(place["name"]).strip()
    above = "Thành đoàn" if place["parent_kind"] == CITY else "Tỉnh đoàn"
    return Head(
        above=f"BCH {full_name(place['parent_kind'], place['parent'])}".upper(),
        issuer=f"BCH ĐOÀN {own}".upper(),
        stars=True,
        right=("ĐOÀN TNCS HỒ CHÍ MINH",),
        mark="BC/ĐTN",
        seat=place["name"],
        on_behalf=(f"TM. BAN CHẤP HÀNH ĐOÀN {kind}".upper(), _union(position)),
        recipients=(
            f"- Ban Thường vụ {above} (báo cáo);",
            f"- Đảng ủy, UBND {kind} (báo cáo);",
            "- Các đội hình, chi đoàn;",
            "- Lưu VP.",
        ),
    )


def _province(place: dict[str, str], position: str) -> Head:
    is_city = place["kind"] == CITY
    return Head(
        above="",
        issuer=f"BCH {full_name(place['kind'], place['name'])}".upper(),
        stars=True,
        right=("ĐOÀN TNCS HỒ CHÍ MINH",),
        mark="BC/TĐTN",
        seat=place["name"],
        on_behalf=("TM. BAN CHẤP HÀNH", _union(position)),
        recipients=(
            "- Ban Bí thư Trung ương Đoàn (báo cáo);",
            f"- Thường trực {'Thành ủy' if is_city else 'Tỉnh ủy'} (báo cáo);",
            "- Đoàn các xã, phường, đặc khu;" if not is_city else "- Đoàn các phường, xã;",
            "- Lưu VP.",
        ),
    )


def _centre(_place: dict[str, str], position: str) -> Head:
    return Head(
        above="",
        issuer="BAN CHẤP HÀNH TRUNG ƯƠNG",
        stars=True,
        right=("ĐOÀN TNCS HỒ CHÍ MINH",),
        mark="BC/TWĐTN",
        seat="Hà Nội",
        on_behalf=("TM. BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN", _union(position, "BÍ THƯ THỨ NHẤT", "BÍ THƯ")),
        recipients=(
            "- Ban Bí thư Trung ương Đoàn;",
            "- Các tỉnh đoàn, thành đoàn;",
            "- Lưu VP.",
        ),
    )


def _state(place: dict[str, str], position: str) -> Head:
    own = full_name(place["kind"], place["name"])
    return Head(
        # Names that a narrow column must not tear apart.
        above=f"ỦY BAN NHÂN DÂN {own.replace(' ', NO_BREAK)}".upper(),
        issuer=f"TRUNG TÂM PHỤC VỤ HÀNH{NO_BREAK}CHÍNH{NO_BREAK}CÔNG",
        stars=False,
        right=("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        mark="BC-TTPVHCC",
        seat=place["name"],
        on_behalf=("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") if position == Position.DEPUTY else ("GIÁM ĐỐC",),
        recipients=(
            f"- UBND {own} (báo cáo);",
            f"- Đoàn TNCS Hồ Chí Minh {own};",
            "- Lưu: VT.",
        ),
    )
