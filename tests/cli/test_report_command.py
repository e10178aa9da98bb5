"""`aoxanh report` and the job that the worker does, on a running site: whole files, drafts kept once, taken up where it stopped."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from tests.cast import LUNG_CU
from tests.pdf_text import pages
from tests.site import LiveSite

FIRST, LAST = "2026-03-09", "2026-03-15"
SMALL = "12"  # a province with few communes
ORDER = """
import sys, datetime, django; django.setup()
from aoxanh.kernel.scope import whole_nation
from aoxanh.oversight.actions import order_reports
from aoxanh.people.actors import system
from aoxanh.places.queries import place_by_code
with whole_nation():
    first, last = map(datetime.date.fromisoformat, sys.argv[2:4])
    order_reports(place=place_by_code(sys.argv[1]), first=first, last=last, by=system("test"))
"""


@pytest.fixture(scope="module")
def site() -> Iterator[LiveSite]:
    with LiveSite.open() as live:
        yield live


def drafts(site: LiveSite, province: str) -> int:
    query = "SELECT count(*) FROM oversight_report r JOIN places_place p ON p.code = r.place_id WHERE p.parent_id = %s"
    return int(site.sql(query, province)[0][0])


def test_the_command_writes_whole_files_and_does_not_write_them_again(site: LiveSite, tmp_path: Path) -> None:
    days = ("--from", FIRST, "--to", LAST)
    forms = ("--as", "pdf", "--as", "docx", "--as", "xlsx")
    site.run("report", "--place", LUNG_CU, "--out", str(tmp_path), *days, *forms)
    stem = f"{LUNG_CU}-weekly-union-20260309-20260315"
    assert {path.name for path in tmp_path.iterdir()} == {
        f"{stem}.{form}" for form in ("pdf", "docx", "xlsx")
    }
    words = [line.text for line in docx.Document(str(tmp_path / f"{stem}.docx")).paragraphs]
    printed = " ".join(pages((tmp_path / f"{stem}.pdf").read_bytes()))
    assert "BÁO CÁO" in words
    # A paragraph may run over a page's end, where the next page's number stands between its words.
    whole = [line for line in words if line.strip() and " ".join(line.split()) in printed]
    assert len(whole) >= 0.95 * len([line for line in words if line.strip()])
    assert openpyxl.load_workbook(tmp_path / f"{stem}.xlsx").sheetnames[0] == "Biểu tổng hợp"
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    (tmp_path / f"{stem}.docx").unlink()
    site.run("report", "--place", LUNG_CU, "--out", str(tmp_path), *days, *forms)
    after = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert set(after) == set(before)
    assert [name for name in after if after[name] != before[name]] == [f"{stem}.docx"]


def test_the_worker_drafts_for_every_commune_once_and_the_command_takes_its_drafts(
    site: LiveSite, tmp_path: Path
) -> None:
    communes = site.sql("SELECT code FROM places_place WHERE parent_id = %s ORDER BY code", SMALL)
    for _again in range(2):
        subprocess.run([sys.executable, "-c", ORDER, SMALL, FIRST, LAST], env=site.environment, check=True)
        deadline = time.monotonic() + 120
        while site.sql(
            "SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'oversight.draft_reports' AND status IN ('todo', 'doing')"
        )[0][0]:
            assert time.monotonic() < deadline, site.worker_log()
            time.sleep(0.2)
        assert drafts(site, SMALL) == len(communes)
    site.run(
        "report",
        "--place",
        SMALL,
        "--communes",
        "--store",
        "--out",
        str(tmp_path),
        "--from",
        FIRST,
        "--to",
        LAST,
    )
    assert drafts(site, SMALL) == len(communes)
    assert {path.name[:5] for path in tmp_path.glob("*.pdf")} == {code for (code,) in communes}
    assert all(path.read_bytes().startswith(b"%PDF-") for path in tmp_path.glob("*.pdf"))
