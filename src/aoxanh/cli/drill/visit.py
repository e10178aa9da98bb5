"""Open pages of the installation that the environment names, as its most far-reaching person; prints what answered.

Run as a module in a process of its own, since Django knows one database a process.
"""

import json
from typing import Any

import django

PATHS = ("/healthz", "/", "/teams/", "/board/")


def main() -> None:
    """Print a JSON list of path and status, the sign-in page first."""
    django.setup()
    from django.conf import settings
    from django.test import Client

    from aoxanh.cli.serve import collect_static

    collect_static()
    settings.REQUIRE_MFA = False
    stranger = Client(SERVER_NAME="localhost", raise_request_exception=False)
    seen = [_visited(stranger, "/account/login/")]
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    account = _widest()
    if account is not None:
        client.force_login(account)
        seen += [_visited(client, path) for path in PATHS]
    print(json.dumps(seen))


def _visited(client: Any, path: str) -> dict[str, Any]:
    return {"path": path, "status": client.get(path, follow=True).status_code}


def _widest() -> Any:
    """Return an active account whose role reaches furthest today; None in an installation without people."""
    from aoxanh.kernel.scope import whole_nation
    from aoxanh.people.queries import account_reaching_furthest

    with whole_nation():
        return account_reaching_furthest()


if __name__ == "__main__":
    main()
