"""Reading the plain tables that planning commands are given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, TypeVar

import click

T = TypeVar("T")


@contextmanager
def readable() -> Iterator[Callable[[Callable[[TextIO], T], Path], T]]:
    """Yield a reader of tables that shows what is wrong with file, row and column, without a traceback."""
    from aoxanh.staffing.allocation.tables import UnreadableTable

    reading = Path()

    def read(how: Callable[[TextIO], T], path: Path) -> T:
        nonlocal reading
        reading = path
        with path.open(encoding="utf-8-sig", newline="") as file:
            return how(file)

    try:
        yield read
    except UnicodeDecodeError:
        raise click.ClickException(f"{reading} is not UTF-8 text; save it as CSV UTF-8") from None
    except UnreadableTable as error:
        raise click.ClickException(f"{reading}: {error}") from None
