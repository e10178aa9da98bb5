"""`python -m tests.fuzz`: the long storm, its parts side by side; prints one JSON object last and fails on any breach."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")


def main() -> int:
    arguments = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--short", action="store_true", help="The size of the ordinary suite")
    arguments.add_argument(
        "--minutes", type=float, default=20, help="After so long no part begins another input"
    )
    arguments.add_argument("--part", help="Only this part, as the run itself starts it")
    chosen = arguments.parse_args()

    import django

    django.setup()
    from tests.fuzz.campaign import LONG, PARTS, PROMISED, SHORT, as_report, play
    from tests.fuzz.thrower import Tally

    if chosen.part:
        print(
            json.dumps(
                vars(play(chosen.part, chosen.seed, SHORT if chosen.short else LONG, chosen.minutes * 60))
            )
        )
        return 0
    # This process holds the database cluster that the parts clone from.
    with ThreadPoolExecutor(len(PARTS)) as pool:
        parts = list(pool.map(lambda part: _part(part, sys.argv[1:]), PARTS))
    whole = Tally()
    for part in parts:
        for name in ("inputs", "replies", "breaches"):
            getattr(whole, name).update(part[name])
        whole.told |= part["told"]
    for place, story in sorted(whole.told.items()):
        print(f"{place}\n    {story}", file=sys.stderr)
    report = as_report(whole, chosen.seed, 0 if chosen.short else PROMISED)
    print(json.dumps(report))
    return 0 if report["holds"] else 1


def _part(part: str, chosen: list[str]) -> dict[str, dict[str, Any]]:
    """Run one part in a process of its own and return its tally; a part that dies is a breach."""
    command = [sys.executable, "-m", "tests.fuzz", *chosen, "--part", part]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        return {
            "inputs": {},
            "replies": {},
            "breaches": {f"{part}_died": 1},
            "told": {f"{part} died": f"it ended with {done.returncode}"},
        }
    tally: dict[str, dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    print(
        f"{part}: {sum(tally['inputs'].values())} inputs, {sum(tally['breaches'].values())} breaches",
        file=sys.stderr,
    )
    return tally


if __name__ == "__main__":
    sys.exit(main())
