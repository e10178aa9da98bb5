"""Taking lists out: what an actor may read of a place, in the columns that can be read in again; templates; marked files."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.people import rosters, team_rosters
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import places_reached
from aoxanh.places import queries as places
from aoxanh.places import trait_lists
from aoxanh.places.models import Place
from aoxanh.sheets.errors import TooManyRows
from aoxanh.sheets.kinds import Kind, kind_named, kinds_exported_by
from aoxanh.sheets.models import SheetImport
from aoxanh.sheets.queries import bad_rows
from aoxanh.sheets.reading.layout import FIGURES, Column
from aoxanh.sheets.reading.skills import LEVELS_WRITTEN, half_days_written
from aoxanh.sheets.writing import Cell, Workbook, csv_lines

# Above this an .xlsx takes longer than a page should; CSV streams, and a province is far below.
MOST_XLSX_ROWS = 30_000
TEMPLATE_ROWS = 1_000
_KINDS_OF_TEAM = {"on_duty": "Trực tại trung tâm", "mobile": "Lưu động", "specialist": "Chuyên sâu"}
_POSITIONS = {"member": "Thành viên", "deputy": "Đội phó", "leader": "Đội trưởng"}
_TRAITS = {"border": "Biên giới", "island": "Hải đảo", "remote": "Vùng xa", "language": "Ngôn ngữ"}
_STATUSES = {"candidate": "Chờ xác nhận", "confirmed": "Đã xác nhận", "rejected": "Bác bỏ"}
_YES_NO = {True: "Có", False: "Không"}
Row = list[Cell]


def export_csv(*, kind: str, place: Place, by: Actor) -> Iterator[bytes]:
    """Yield a place's list as CSV. Raises NotAllowed or UnknownKind; leaves a line in the audit."""
    wanted, rows = _opened(kind, place, by)
    return csv_lines([column.title for column in wanted.layout.written], rows)


def export_xlsx(*, kind: str, place: Place, path: Path, by: Actor, most: int | None = None) -> int:
    """Write a place's list as .xlsx and return the number of rows; `most` refuses more than so many (TooManyRows)."""
    wanted, rows = _opened(kind, place, by)
    book = Workbook(path)
    columns = wanted.layout.written
    sheet = book.sheet(
        str(wanted.title)[:31], [column.title for column in columns], [column.width for column in columns]
    )
    count = 0
    for count, row in enumerate(rows, 1):
        if most is not None and count > most:
            raise TooManyRows(limit=most)
        sheet.add(row)
    _offer_choices(sheet.raw, columns, count + TEMPLATE_ROWS)
    book.close()
    return count


def write_template(*, kind: str, path: Path) -> None:
    """Write an empty list with titles and drop-downs, and a second sheet that says how to fill it in."""
    wanted = kind_named(kind)
    columns = wanted.layout.filled_in
    book = Workbook(path)
    sheet = book.sheet(
        str(wanted.title)[:31],
        [f"{column.title} (*)" if column.is_required else column.title for column in columns],
        [column.width for column in columns],
    )
    _offer_choices(sheet.raw, columns, TEMPLATE_ROWS)
    help_sheet = book.sheet(_("How to fill it in")[:31], [_("Column"), _("What to write")], [26, 90])
    for column in columns:
        help_sheet.add([column.title, _advice(column)], {1: "plain"})
    if kind in ("volunteers", "traits", "needs"):
        help_sheet.add(
            [_("Languages"), ", ".join(language.name_vi for language in places.languages())], {1: "plain"}
        )
    help_sheet.add([_("Not kept"), _("Phone and identity numbers, addresses and dates of birth are not stored. A date of birth is only used to note when a minor turns 18.")], {1: "plain"})  # fmt: skip
    book.close()


def write_marked(*, sheet: SheetImport, path: Path) -> int:
    """Write the rows of an upload that are not right as they were sent, wrong cells in red, with what to do; return how many.

    Once corrected it can be sent as it is: the added columns are known and passed over.
    """
    book = Workbook(path)
    titles = [*sheet.titles, _LINE, _FLAW, _REMEDY]
    width = len(sheet.titles)
    marked = book.sheet(_FLAW, titles, [18] * width + [10, 46, 60])
    count = 0
    for count, row in enumerate(bad_rows(sheet), 1):  # noqa: B007 - the last number is the answer
        cells = [*row.cells[:width], *[""] * (width - len(row.cells))]
        said = "; ".join(
            f"{told.column}: {told.message}" if told.column else told.message for _i, told in row.flaws
        )
        remedies = " ".join(dict.fromkeys(told.remedy for _i, told in row.flaws))
        shades = {index: "wrong" for index, _told in row.flaws if index is not None and index < width}
        marked.add([*cells, row.number, said, remedies], {**shades, width + 1: "remedy", width + 2: "remedy"})
    book.close()
    return count


_LINE, _FLAW, _REMEDY = "Dòng trong tệp gốc", "Lỗi", "Cách sửa"


@transaction.atomic
def _opened(kind: str, place: Place, by: Actor) -> tuple[Kind, Iterator[Row]]:
    """Return the kind and its rows below a place, after noting in the audit who takes them out."""
    wanted = kind_named(kind)
    if wanted not in kinds_exported_by(by) and not by.is_system:
        raise NotAllowed
    codes = _codes(place, wanted, by)
    audit.record(chain=place.code, actor=str(by), action="sheets.list.read", details={"kind": kind})
    return wanted, _ROWS[kind](by, codes) if kind in _ROWS else _listed(wanted, by, codes)


def _codes(place: Place, kind: Kind, by: Actor) -> list[str]:
    """Return the communes of a place within the actor's reach (for traits also provinces). Raises NotAllowed for none."""
    codes = {commune.code: commune.parent_id for commune in places.communes_below([place.code])}
    reach = None if kind.read is None else places_reached(by, kind.read)
    within = [code for code, parent in codes.items() if reach is None or code in reach or parent in reach]
    if not within:
        raise NotAllowed
    return within


def _places(codes: list[str]) -> dict[str, tuple[str, str, str]]:
    found = places.communes_below(codes)
    rows = {
        place.code: (place.code, place.full_name, place.parent.full_name if place.parent else "")
        for place in found
    }
    rows |= {place.code: ("", "", place.full_name) for place in places.provinces()}
    return rows


def _volunteers(by: Actor, codes: list[str]) -> Iterator[Row]:
    where = _places(codes)
    languages = {language.code: language.name_vi for language in places.languages()}
    for (
        id_,
        name,
        home,
        technology,
        communication,
        bits,
        spoken,
        adult_on,
        is_active,
        consent,
    ) in rosters.volunteers_listed(by, codes):
        yield [
            str(id_), name, *where[home], LEVELS_WRITTEN[technology], LEVELS_WRITTEN[communication], half_days_written(bits),
            _spoken(spoken, languages), adult_on, _YES_NO[bool(is_active)], "" if consent is None else _YES_NO[consent],
        ]  # fmt: skip


def in_words(name: str, value: str) -> str:
    """Return an understood value as a person reads it."""
    if name in ("technology", "communication") and value:
        return LEVELS_WRITTEN[int(value)]
    if name == "availability" and value:
        return half_days_written(int(value))
    if name == "is_active" and value:
        return "Có" if value == "1" else "Không"
    if name == "languages":
        return _spoken(value.strip("-"), {language.code: language.name_vi for language in places.languages()})
    if len(value) == 10 and value[4] == value[7] == "-":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    return {**_KINDS_OF_TEAM, **_POSITIONS, **_TRAITS, **_STATUSES, **FIGURES}.get(value, value)


def _spoken(skills: str | None, languages: dict[str, str]) -> str:
    pairs = (skill.split(":") for skill in (skills or "").split(",") if skill)
    return "; ".join(f"{languages[code]} ({level})" for code, level in pairs)


def _teams(by: Actor, codes: list[str]) -> Iterator[Row]:
    where = _places(codes)
    for id_, name, commune, kind, first, last in team_rosters.teams_listed(by, codes):
        yield [str(id_), name, *where[commune], _KINDS_OF_TEAM[kind], first, last]


def _memberships(by: Actor, codes: list[str]) -> Iterator[Row]:
    where = _places(codes)
    for team, commune, id_, name, position, first, last in team_rosters.memberships_listed(by, codes):
        yield [team, *where[commune], str(id_), name, _POSITIONS[position], first, last]


def _traits(_by: Actor, codes: list[str]) -> Iterator[Row]:
    where = _places(codes)
    provinces = {place.parent_id for place in places.communes_below(codes) if place.parent_id}
    languages = {language.code: language.name_vi for language in places.languages()}
    for place, trait, value, source, as_of, status in trait_lists.traits_listed([*sorted(provinces), *codes]):
        yield [*where[place], _TRAITS[trait], languages.get(value, ""), source, as_of, _STATUSES[status]]


def _listed(kind: Kind, by: Actor, codes: list[str]) -> Iterator[Row]:
    """Yield the rows of a kind that an upper room lists, with the place in words."""
    where = _places(codes)
    for code, *cells in kind.listed(by, codes) if kind.listed else ():
        yield [*where[code], *cells]


_ROWS: dict[str, Callable[[Actor, list[str]], Iterator[Row]]] = {
    "volunteers": _volunteers, "teams": _teams, "memberships": _memberships, "traits": _traits,
}  # fmt: skip


def _offer_choices(sheet: Any, columns: list[Column], rows: int) -> None:
    """Give the cells below a title its drop-down; other words are still taken when the list is read."""
    for index, column in enumerate(columns):
        if column.choices:
            sheet.data_validation(
                1, index, rows, index,
                {"validate": "list", "source": list(column.choices), "error_type": "information"},
            )  # fmt: skip


def _advice(column: Column) -> str:
    advice = {
        "id": _("Leave it empty for somebody new. Codes of an exported list must stay as they are."),
        "volunteer_id": _("Only needed when several people have the same name; copy it from an exported list of volunteers."),
        "full_name": _("Family name first, letters only."),
        "place_code": _("Five digits of the scheme of July 2025; with it the names may be empty."),
        "commune": _("Name of today or of before July 2025."),
        "province": _("Name of today or of before July 2025."),
        "availability": _("E.g. “T2 sáng, T4 chiều, T7, CN” or “Cả tuần”."),
        "languages": _("E.g. “Mông (3); Tày (2)”: 1 simple words, 2 conversation, 3 mother tongue or as good. Vietnamese need not be named."),
        "value": _("Only for the trait “Ngôn ngữ”: which one."),
        "adult_on": _("Only for volunteers of 16 or 17: the day they turn 18, day/month/year."),
        "source": _("The decision, report or survey that says so."),
        "count": _("A whole number; 1.307 and 1307 are the same."),
        "valid_to": _("The last day in the team; empty while it goes on."),
        "speakers": _("E.g. “Mông 3; Tày 2”: how many speakers of which language. “Không” for none."),
    }  # fmt: skip
    dates = ("active_from", "active_to", "valid_from", "as_of", "first_day", "last_day")
    words = advice.get(column.key, _("Day/month/year.") if column.key in dates else "")
    if column.choices:
        words = _("One of: {choices}").format(choices=", ".join(column.choices))
    return f"{words} {_('Must be filled in.')}" if column.is_required else words
