"""What lies around the database: Python, keys, disk, static files, and the answering site."""

import os
import shutil
import sys
import urllib.error
import urllib.request
from pathlib import Path

from aoxanh.cli.check.finding import Finding, fine, warn, wrong

OLDEST_PYTHON = (3, 11)
GIB = 1024**3
LITTLE_SPACE, TOO_LITTLE_SPACE = 5 * GIB, GIB


def python_version() -> Finding:
    """Look at the Python that runs this."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST_PYTHON:
        return wrong(
            "python", f"{version} is too old.", "Install Python 3.11 or newer and make the environment again."
        )
    return fine("python", version)


def look(url: str | None) -> list[Finding]:
    """Look at keys, disk and static files, and ask the site when its address is told."""
    from django.conf import settings

    data_dir = Path(settings.DATA_DIR)
    findings = [secrets_kept(data_dir), disk(data_dir, shutil.disk_usage(data_dir).free), static_files()]
    return [*findings, answering(url)] if url else findings


def secrets_kept(data_dir: Path) -> Finding:
    """Look whether others on this machine can read the signing key or the database's passwords."""
    files = [data_dir / "secret-key", data_dir / "pg" / "owner.password", data_dir / "pg" / "app.password"]
    open_ones = [str(path) for path in files if path.exists() and path.stat().st_mode & 0o077]
    if open_ones:
        return wrong(
            "secrets", f"Others can read {', '.join(open_ones)}.", f"chmod 600 {' '.join(open_ones)}"
        )
    if not files[0].exists() and not os.environ.get("AOXANH_SECRET_KEY"):
        return warn(
            "secrets", "There is no signing key yet.", "It is made at the first start of `aoxanh serve`."
        )
    return fine("secrets", "readable by their owner only")


def disk(data_dir: Path, free: int) -> Finding:
    """Judge the space left where the data lie."""
    says = f"{free / GIB:.1f} GiB free at {data_dir}"
    if free < TOO_LITTLE_SPACE:
        return wrong("disk", says, "Free some space now: PostgreSQL stops when the disk is full.")
    if free < LITTLE_SPACE:
        return warn("disk", says, "Plan for more space, or move the data folder (docs/operate/backup.md).")
    return fine("disk", says)


def static_files() -> Finding:
    """Look whether styles and scripts were put where the server finds them."""
    from django.conf import settings

    if not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
        return warn(
            "static",
            "Styles and scripts are not collected yet.",
            "Start `aoxanh serve` once; it collects them.",
        )
    return fine("static", "collected")


def answering(url: str) -> Finding:
    """Ask the site whether it is alive and reaches its database."""
    address = url.rstrip("/") + "/healthz"
    if not address.startswith(("http://", "https://")):
        return wrong("web", f"{url} is no web address.", "Give it as http://host:port.")
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - the scheme was looked at
            alive = answer.read() == b"ok"
    except (urllib.error.URLError, OSError, ValueError) as error:
        return wrong(
            "web", f"{address} does not answer: {error}.", "Start `aoxanh serve`, and look at its log."
        )
    if not alive:
        return wrong(
            "web", f"{address} is answered by something else.", "Give the address of `aoxanh serve`."
        )
    return fine("web", f"{address} answers")
