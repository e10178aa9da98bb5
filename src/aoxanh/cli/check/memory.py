"""Memory of this installation's own processes: web, worker and private PostgreSQL."""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from aoxanh.cli.check.finding import Finding, fine, warn

MIB = 1024**2
GOAL_MIB = 500


@dataclass(frozen=True, slots=True)
class Part:
    """The processes of one part, and their memory in MiB: `own` counts shared pages once (PSS), `resident` for each (RSS)."""

    name: str
    pids: tuple[int, ...]
    own: float
    resident: float


def look() -> Finding:
    """Add up what the running parts hold; shared pages are counted once where the system tells (Linux)."""
    from django.conf import settings

    parts = running_parts(Path(settings.DATA_DIR), private=not settings.DATABASE_URL)
    if not parts:
        return fine("memory", "nothing of this installation is running")
    return judge(parts)


def judge(parts: list[Part]) -> Finding:
    """Say what each part holds, and whether all of it is under the goal."""
    total, resident = sum(part.own for part in parts), sum(part.resident for part in parts)
    each = "; ".join(f"{part.name} {part.own:.0f} MiB ({', '.join(map(str, part.pids))})" for part in parts)
    says = f"{total:.0f} MiB of {GOAL_MIB}, shared pages counted once ({resident:.0f} MiB resident added up): {each}"
    if total >= GOAL_MIB:
        return warn(
            "memory", says, "Start `aoxanh serve` with fewer --processes, or give the machine more memory."
        )
    return fine("memory", says)


def running_parts(data_dir: Path, *, private: bool) -> list[Part]:
    """Return the running parts of the installation in this data folder."""
    found: dict[str, list[psutil.Process]] = {}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            name = _part_of(process, data_dir)
            if name:
                found.setdefault(name, []).append(process)
    if private:
        server = _server(data_dir)
        if server:
            found["postgresql"] = [server, *server.children(recursive=True)]
    return [_measure(name, processes) for name, processes in sorted(found.items())]


def _part_of(process: psutil.Process, data_dir: Path) -> str:
    """Return "web" or "worker" for a process of this installation, else ""."""
    words = process.cmdline()
    begins = next((index for index, word in enumerate(words[:4]) if Path(word).name == "aoxanh"), None)
    command = words[begins + 1] if begins is not None and len(words) > begins + 1 else ""
    part = {"serve": "web", "worker": "worker"}.get(command, "")
    if not part:
        return ""
    theirs = Path(process.environ().get("AOXANH_DATA_DIR") or ".aoxanh")
    return part if (Path(process.cwd()) / theirs).resolve() == data_dir.resolve() else ""


def _server(data_dir: Path) -> psutil.Process | None:
    from aoxanh.config.secrets import private_cluster

    pid = private_cluster(data_dir).status().pid
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid) if pid else None
    return None


def _measure(name: str, processes: Iterable[psutil.Process]) -> Part:
    pids, own, resident = [], 0.0, 0.0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            plain = process.memory_info().rss
            try:
                shared_once = getattr(process.memory_full_info(), "pss", plain)
            except psutil.AccessDenied:
                shared_once = plain
            pids.append(process.pid)
            own, resident = own + shared_once / MIB, resident + plain / MIB
    return Part(name, tuple(pids), own, resident)
