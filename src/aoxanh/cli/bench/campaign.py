"""A simulated campaign in a bench's own installation, made by `aoxanh simulate` in a process of its own."""

import json
import os
from pathlib import Path
from typing import Any

from aoxanh.cli.processes import run_bound

# Below this size a bench plays the two months that a board shows and compares; a whole run plays the whole campaign.
QUICK = 0.2
QUICK_PART: dict[str, Any] = {"days": 75}


def simulate_in(
    folder: Path,
    *,
    sessions: int,
    volunteers: int = 240_000,
    scale: str = "national",
    seed: int = 1,
    **others: object,
) -> dict[str, Any]:
    """Fill the installation in `folder` (BenchSite.folder) and return what `aoxanh simulate --json` says.

    About `sessions` sessions are made, with their daily figures; the keys are sessions, volunteers, teams, commune_days,
    password, seconds (by step), cpu_s and peak_mib of the simulating process, first and until. `others` are the command's other
    options, e.g. days=90. The installation must be migrated and empty; its server and worker may run.
    """
    options: dict[str, object] = {
        "scale": scale,
        "seed": seed,
        "volunteers": volunteers,
        "sessions": sessions,
    }
    arguments = [word for name, value in (options | others).items() for word in (f"--{name}", str(value))]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    printed = run_bound(
        "simulate",
        *arguments,
        "--json",
        environment={**environment, "AOXANH_DATA_DIR": str(folder)},
        capture=True,
    )
    result: dict[str, Any] = json.loads(printed)
    return result
