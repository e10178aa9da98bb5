"""Writing certificates at COPY speed, for simulation; the caller answers for the rows being sound."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from aoxanh.training.models import Certificate

CERTIFICATE = ("id", "volunteer_id", "group_id", "issued_on", "source", "recorded_at")


def copy_certificates(rows: Iterable[Sequence[Any]]) -> None:
    """Copy rows of CERTIFICATE's columns; `rows` must not query the database."""
    table = Certificate._meta.db_table  # noqa: SLF001 - Django's documented way to name a table
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({', '.join(CERTIFICATE)}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
