"""bench import: a national roster as .xlsx, 240,000 rows of 12 columns, through preview to stored rows, beside merely reading it."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import psutil

from aoxanh.cli.bench import Report
from aoxanh.cli.bench.site import BenchSite, bench_site
from aoxanh.simulation.names import Names

ROWS = 240_000
TITLES = (
    "STT|Họ và tên|Ngày sinh|Số điện thoại|Địa chỉ|Xã/phường|Tỉnh/thành phố|Công nghệ|Giao tiếp|Buổi rảnh|Ngôn ngữ|Đang hoạt động"
).split("|")
_READ = (
    "import sys, python_calamine as c\n"
    "for row in c.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).iter_rows(): pass\n"
)


def measure(*, seed: int, size: float) -> Report:
    """Return CPU (reading process, importing process and PostgreSQL), peak memory of both processes, and the ratio to reading."""
    rows = max(1_000, int(ROWS * size))
    report = Report(
        goals={"peak_mib": ("<=", 400), "ratio_to_read": ("<=", 3)},
        size={"rows": rows, "columns": len(TITLES)},
    )
    with bench_site() as site:
        path = site.folder / "roster.xlsx"
        _write_roster(path, rows, seed, _communes(site))
        reading = sorted(_cpu_of([sys.executable, "-c", _READ, str(path)], {})[0] for _ in range(3))[1]
        before, started = _postgres_seconds(site), time.perf_counter()
        used, peak, said = _import(site, path)
        postgres = _postgres_seconds(site) - before
        if said["state"] != "stored" or said["new"] + said["bad"] + said["repeated"] != rows:
            raise RuntimeError(f"the import did not go through: {said}")
        report.figures |= {
            "peak_mib": peak,
            "ratio_to_read": (used + postgres) / reading,
            "cpu_s": used + postgres,
            "cpu_s_processes": used,
            "cpu_s_postgresql": postgres,
            "wall_s": time.perf_counter() - started,
            "rows_stored": said["new"],
            "rows_bad": said["bad"],
        }
        report.baselines["read_cpu_s"] = reading
        report.baselines["file_mib"] = path.stat().st_size / 1024 / 1024
        report.versions["postgresql"] = site.version
    return report


def _communes(site: BenchSite) -> list[tuple[str, str]]:
    with site.connect() as connection:
        return connection.execute(
            "SELECT c.name, p.name FROM places_place c JOIN places_place p ON p.code = c.parent_id"
            " WHERE c.level = 'commune' ORDER BY c.code"
        ).fetchall()


def _write_roster(path: Path, rows: int, seed: int, communes: list[tuple[str, str]]) -> None:
    import xlsxwriter

    random = Random(seed)
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, TITLES)
    for number, name in enumerate(_names(rows, seed), 1):
        commune, province = random.choice(communes)
        born = datetime(1992, 1, 1) + timedelta(days=random.randrange(5_800))  # noqa: DTZ001 - a cell has no zone
        sheet.write_number(number, 0, number)
        sheet.write_string(number, 1, name)
        sheet.write_datetime(number, 2, born, day)
        sheet.write_number(number, 3, random.randrange(320_000_000, 990_000_000))
        sheet.write_string(number, 4, f"Thôn {random.randint(1, 15)}")
        sheet.write_string(number, 5, commune)
        sheet.write_string(number, 6, province)
        sheet.write_string(number, 7, random.choice(("Cơ bản", "Tốt", "Khá", "Không")))
        sheet.write_string(number, 8, random.choice(("Cơ bản", "Tốt", "Trung bình")))
        sheet.write_string(
            number, 9, random.choice(("T2 sáng, T3 chiều", "T7, CN", "Cả tuần", "Sáng", "T2-T6"))
        )
        if random.random() < 0.15:
            sheet.write_string(number, 10, random.choice(("Mông", "Tày (3)", "Nùng, Tày", "Khmer")))
        sheet.write_string(number, 11, "Có")
    book.close()


def _names(rows: int, seed: int) -> Iterator[str]:
    """Yield names with two middle words, as many have; the simulation's own would repeat too often in one commune."""
    rng, names = np.random.default_rng(seed), Names()
    upland = rng.random(rows) < 0.2
    for (first, *_), (second, *_) in zip(
        names.choose(rng, upland), names.choose(rng, np.zeros_like(upland)), strict=True
    ):
        family, middle, given = first.split()
        yield " ".join((family, middle, second.split()[-1], given))


def _import(site: BenchSite, path: Path) -> tuple[float, float, dict[str, Any]]:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")},
        "AOXANH_DATA_DIR": str(site.folder),
    }
    command = [
        sys.executable,
        "-m",
        "aoxanh",
        "import",
        "volunteers",
        str(path),
        "--apply",
        "--good-rows-only",
        "--json",
    ]
    used, peak, out = _cpu_of(command, environment)
    return used, peak, json.loads(out.splitlines()[-1])


def _cpu_of(command: list[str], environment: dict[str, str]) -> tuple[float, float, str]:
    """Run a command; return its CPU seconds with its children's, their highest memory together in MiB, and its output."""
    before = os.times()
    peaks = [0.0]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment or None, text=True)  # noqa: S603 - ours
    watcher = threading.Thread(target=_watch, args=(process, peaks), daemon=True)
    watcher.start()
    out, _ = process.communicate()
    watcher.join()
    after = os.times()
    if process.returncode not in (0, 1):
        raise RuntimeError(f"{command[2]} ended with {process.returncode}")
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used, peaks[0], out


def _watch(process: "subprocess.Popen[str]", peaks: list[float]) -> None:
    while process.poll() is None:
        try:
            root = psutil.Process(process.pid)
            memory = sum(one.memory_info().rss for one in (root, *root.children(recursive=True)))
        except psutil.NoSuchProcess:
            continue
        peaks[0] = max(peaks[0], memory / 1024 / 1024)
        time.sleep(0.02)


def _postgres_seconds(site: BenchSite) -> float:
    return site.cpu_seconds()["postgresql"]
