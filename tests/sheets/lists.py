"""Lists as offices send them, made on the spot: .xlsx by openpyxl, .xls by xlwt, CSV by hand."""

import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import xlwt

TITLES = ["STT", "Họ và tên", "Ngày sinh", "Số điện thoại", "Xã/phường", "Tỉnh/thành phố", "Công nghệ"]
ROWS: list[list[Any]] = [
    [1, "Giàng Thị Mỷ", "05/07/2001", 912345678, "Lũng Cú", "Tuyên Quang", "Tốt"],
    [2, "Vàng Văn Páo", "12/3/1999", 987654321, "xã Lũng Cú", "tỉnh Tuyên Quang", "khá"],
]


def xlsx(path: Path, *rows: list[Any]) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def xls(path: Path, *rows: list[Any]) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Danh sách")
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    book.save(str(path))
    return path


def text(path: Path, *rows: list[Any], encoding: str = "utf-8", sign: str = ",") -> Path:
    path.write_bytes("\r\n".join(sign.join(map(str, row)) for row in rows).encode(encoding))
    return path


def deep(path: Path, depth: int) -> Path:
    """Write an .xlsx whose sheet nests one tag in the other."""
    with zipfile.ZipFile(xlsx(path, TITLES, *ROWS)) as whole:
        entries = {name: whole.read(name) for name in whole.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<sheetData>", b"<sheetData>" + b"<row><c>" * depth, 1)  # noqa: PLW2901
            archive.writestr(name, content)
    return path


def locked(path: Path) -> Path:
    """Write what Excel makes of an .xlsx with a password: a compound file around an encrypted package."""
    data = bytearray(xls(path, TITLES, *ROWS).read_bytes())
    name = "EncryptedPackage".encode("utf-16-le")
    entry = data.find("Workbook".encode("utf-16-le"))
    data[entry : entry + 66] = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little")
    path.write_bytes(data)
    return path


def bomb(path: Path, *, lie: bool) -> Path:
    """Write an .xlsx whose sheet unpacks some 500-fold; its directory may understate the size."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<row><c><v>0</v></c></row>" * 2_000_000)
    data = packed.getvalue()
    if lie:
        true = (26 * 2_000_000).to_bytes(4, "little")
        assert data.count(true) == 2
        data = data.replace(true, (1000).to_bytes(4, "little"))
    path.write_bytes(data)
    return path
