"""A day as the API takes it: YYYY-MM-DD and nothing else."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator

_WRITTEN = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _as_written(value: Any) -> Any:
    """Refuse what a lenient reader would take for a day: a count of seconds since 1970, a time of day."""
    if isinstance(value, date) or (isinstance(value, str) and _WRITTEN.fullmatch(value)):
        return value
    raise ValueError("YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_as_written)]
