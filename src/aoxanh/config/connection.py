"""How the product connects to PostgreSQL: connections are kept, and a statement asked again is planned once."""

from typing import Any

import dj_database_url

PREPARED_FROM = 3
"""A statement asked so often on one connection is prepared there; planning is most of what a small one costs PostgreSQL."""


def connection_to(url: str, *, is_pooled: bool, **options: object) -> dict[str, Any]:
    """Return Django's settings for a connection.

    `is_pooled`: it goes through PgBouncer in transaction mode, where the next transaction may meet another server process:
    nothing is prepared and no cursor stays open there. Options in the URL's query win over `options`.
    """
    parsed: dict[str, Any] = dict(
        dj_database_url.parse(
            url, conn_max_age=None, conn_health_checks=True, disable_server_side_cursors=is_pooled
        )
    )
    planned_once = {"server_side_binding": True, "prepare_threshold": None if is_pooled else PREPARED_FROM}
    return parsed | {"OPTIONS": {**planned_once, **options, **parsed.get("OPTIONS", {})}}
