"""bench anomaly: how many who make work up are found, and how many honest people are asked in vain, beside two plain rules."""

import os
import time
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from aoxanh.cli.bench import Report
from aoxanh.oversight.intervals import share

if TYPE_CHECKING:
    from aoxanh.cli.bench.planted import Played
    from aoxanh.oversight.anomaly import Looked

GOALS: dict[str, tuple[str, float]] = {
    "recall": (">=", 0.8),
    "honest_flagged_pct": ("<=", 2),
    "cpu_s": ("<=", 60),
}
Found = NDArray[np.bool_]


def measure(*, seed: int, size: float) -> Report:
    """Return recall, precision and the share of honest people flagged, by kind, of a national campaign of 60 days.

    `recall` is over the simulation's own kinds. Those of `planted.UNSEEN` (`recall_unseen_*`) were written for no detector, and
    none of them counts as honest. `cpu_s` is of looking alone, not of drawing the campaign.
    """
    _set_up()
    from aoxanh.cli.bench.plain_rules import by_fixed_thresholds, by_z_scores
    from aoxanh.cli.bench.planted import play
    from aoxanh.oversight.anomaly import look

    played = play(seed, size)
    started = time.process_time()
    looked = look(played.work, played.people, played.calendar)
    cpu = time.process_time() - started
    report = Report(goals=dict(GOALS))
    found = _flagged(looked, len(played.people))
    _tell(report.figures, played, found)
    report.figures |= {"cpu_s": cpu, "teams_flagged_pct": _teams(played, looked)}
    for name, rule in (("fixed", by_fixed_thresholds), ("z_score", by_z_scores)):
        beside: dict[str, float] = {}
        _tell(beside, played, rule(played.work, played.people))
        wanted = ("recall", "precision", "honest_flagged_pct")
        report.baselines |= {f"{name}_{key}": beside[key] for key in wanted}
    report.size = {
        "sessions": len(played.work), "volunteers": len(played.people), "looked_at": looked.looked_at,
        "planted": sum(map(len, played.kinds.values())), "planted_unseen": sum(map(len, played.unseen.values())),
    }  # fmt: skip
    return report


def _set_up() -> None:
    """Make the product's words and models importable; no database is asked."""
    import django
    from django.conf import settings

    if settings.configured:
        return
    # The settings want to know a database and a key; neither is used.
    os.environ["DATABASE_URL"] = "postgresql://nobody@/none"
    os.environ.setdefault("AOXANH_SECRET_KEY", "not used by this bench")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aoxanh.config.settings")
    django.setup()


def _flagged(looked: "Looked", count: int) -> Found:
    found = np.zeros(count, bool)
    found[[finding.owner for finding in looked.volunteers]] = True
    return found


def _tell(figures: dict[str, float], played: "Played", found: Found) -> None:
    planted, unseen = (np.zeros(len(found), bool) for _ in range(2))
    for people in played.kinds.values():
        planted[people] = True
    for people in played.unseen.values():
        unseen[people] = True
    working = np.zeros(len(found), bool)
    working[played.work.volunteer] = True
    honest = working & ~planted & ~unseen
    _share(figures, "recall", found[planted])
    _share(figures, "precision", (planted | unseen)[found])
    _share(figures, "honest_flagged_pct", found[honest], times=100)
    for kind, people in sorted(played.kinds.items()):
        _share(figures, f"recall_{kind}", found[people])
    for kind, people in played.unseen.items():
        _share(figures, f"recall_unseen_{kind}", found[people])
    for kind, people in played.unusual.items():
        _share(figures, f"honest_flagged_{kind}_pct", found[people][honest[people]], times=100)


def _share(figures: dict[str, float], key: str, of: Found, *, times: int = 1) -> None:
    """Put down a share with the ends of its 95 % interval."""
    told = share(int(of.sum()), len(of))
    figures[key] = times * (told.value or 0.0)
    figures[f"{key}_low"], figures[f"{key}_high"] = times * told.low, times * told.high


def _teams(played: "Played", looked: "Looked") -> float:
    """Return the percentage of teams without any planted member that were flagged."""
    planted = np.concatenate([*played.kinds.values(), *played.unseen.values()])
    touched = set(played.people.team[planted].tolist())
    honest = set(np.unique(played.people.team).tolist()) - touched
    return 100 * sum(finding.owner in honest for finding in looked.teams) / max(1, len(honest))
