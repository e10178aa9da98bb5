"""The walk over all chains that the worker makes every night, and what the last one said."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from aoxanh.audit.heads import folder
from aoxanh.audit.verify import Break, verify
from aoxanh.kernel import clock

LAST_CHECK = "last-check.json"


@dataclass(frozen=True, slots=True)
class LastCheck:
    """When all chains were last walked, and what was found."""

    at: datetime
    chains: int
    entries: int
    breaks: list[Break]
    bad_lines: int
    exported_at: datetime | None

    @property
    def holds(self) -> bool:
        return not self.breaks and not self.bad_lines


def last_check() -> LastCheck | None:
    """Return what the last walk over all chains said, if there was one."""
    try:
        told: dict[str, Any] = json.loads((folder() / LAST_CHECK).read_text())
        breaks = [Break(**item) for item in told.pop("breaks")]
        at, exported_at = told.pop("at"), told.pop("exported_at")
        exported = datetime.fromisoformat(exported_at) if exported_at else None
        return LastCheck(at=datetime.fromisoformat(at), breaks=breaks, exported_at=exported, **told)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def check_all() -> LastCheck:
    """Walk every chain and keep the result beside the exported heads for the auditor's page."""
    seen = verify()
    check = LastCheck(
        at=clock.now(),
        chains=seen.chains,
        entries=seen.entries,
        breaks=seen.breaks[:100],
        bad_lines=len(seen.exported.bad_lines),
        exported_at=seen.exported.at,
    )
    path: Path = folder() / LAST_CHECK
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.write_text(json.dumps(asdict(check), default=str))
    draft.replace(path)
    return check
