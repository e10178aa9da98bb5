"""The folder in which the processes of one web server count; apart from metrics.py, since it must be there before that.

prometheus_client decides when it is first imported whether it counts in files, so nothing here may import it.
"""

import os
import shutil
from pathlib import Path

import psutil

FOLDER_VARIABLE = "PROMETHEUS_MULTIPROC_DIR"


def open_folder(data_dir: Path) -> Path:
    """Make the folder in which the processes of this web server count, and remove those of servers that are gone.

    Named after the server's process, so that two servers on one data folder, as in a rolling restart, keep apart.
    """
    parent = data_dir / "metrics"
    folder = parent / str(os.getpid())
    for left in parent.glob("*"):
        if left == folder or not (left.name.isdecimal() and psutil.pid_exists(int(left.name))):
            shutil.rmtree(left, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ[FOLDER_VARIABLE] = str(folder)
    return folder


def counting_processes() -> list[int]:
    """Return the ids of the processes that count here and are alive; this one alone without a folder."""
    folder = os.environ.get(FOLDER_VARIABLE)
    if not folder:
        return [os.getpid()]
    found = {path.stem.rpartition("_")[2] for path in Path(folder).glob("*_*.db")}
    return sorted(int(pid) for pid in found if pid.isdecimal() and psutil.pid_exists(int(pid)))
