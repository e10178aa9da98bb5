"""The truth file: who was planted, of which kind, on which days, with how many rows. The database never says so."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from aoxanh.kernel.errors import DomainError
from aoxanh.simulation.sessions import EPOCH

COLUMNS = ("volunteer_id", "team_id", "commune_code", "kind", "days", "rows", "partner_id")


class TruthFileUnfit(DomainError):
    """The file exists or has no known form."""

    code = "truth_file_unfit"
    message = _("The truth cannot be written to {path}.")
    remedy = _("Name a new file that ends in .csv or .json, in a folder that exists.")


@dataclass(frozen=True, slots=True)
class Planted:
    """One fabricator as the truth file tells it; `days` are those on which rows of theirs were uploaded in time."""

    volunteer_id: str
    team_id: str
    commune_code: str
    kind: str
    days: tuple[int, ...]
    rows: int
    partner_id: str

    def as_dict(self) -> dict[str, object]:
        """Return the seven fields of the file; days as ISO dates."""
        days = [(EPOCH + timedelta(days=day)).isoformat() for day in self.days]
        return dict(
            zip(
                COLUMNS,
                (
                    self.volunteer_id,
                    self.team_id,
                    self.commune_code,
                    self.kind,
                    days,
                    self.rows,
                    self.partner_id,
                ),
                strict=True,
            )
        )


def check_truth_path(path: Path) -> None:
    """Refuse a file that cannot be written later, before the long work begins; raises TruthFileUnfit."""
    if path.suffix not in (".csv", ".json") or path.exists() or not path.parent.is_dir():
        raise TruthFileUnfit(path=path, field="truth")


def write_truth(path: Path, planted: list[Planted]) -> None:
    """Write the truth as CSV (days separated by semicolons) or JSON, whole or not at all."""
    rows = [person.as_dict() for person in planted]
    text = json.dumps(rows, indent=1) + "\n" if path.suffix == ".json" else _as_csv(rows)
    draft = path.with_name(path.name + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.rename(path)


def _as_csv(rows: list[dict[str, object]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        days = row["days"]
        assert isinstance(days, list)  # noqa: S101 - as as_dict makes them
        writer.writerow({**row, "days": ";".join(days)})
    return out.getvalue()
