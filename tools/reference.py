"""The reference pages that are made from the code: settings, error codes, commands, API and permissions.

`python tools/reference.py write|check`. Words above the marker line of a page are written by hand and kept; everything below
it is made here, so that a page can never be older than the code it tells of.
"""

import argparse
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import click
import django
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "reference"
MARKER = "<!-- Below this line the page is made by `make reference`. -->"


def settings() -> str:
    """Return a row for each environment variable that the product reads."""
    from aoxanh.config.environment import VARIABLES

    rows = (
        (f"`{variable.name}`", f"`{variable.default}`" if variable.default else "empty", variable.meaning)
        for variable in VARIABLES.values()
    )
    return _table(("variable", "default", "what it means"), sorted(rows))


def errors() -> str:
    """Return a table for each room that refuses something, and one for single records of a sync batch."""
    rooms: dict[str, list[tuple[str, ...]]] = {}
    for error in domain_errors():
        room = error.__module__.split(".")[1]
        told = _first_line(error), str(error.message), str(error.remedy)
        rooms.setdefault(room, []).append((f"`{error.code}`", str(error.status), *told))
    heads = ("code", "status", "when", "message", "remedy")
    return (
        "\n".join(f"## {room}\n\n{_table(heads, sorted(set(rows)))}" for room, rows in sorted(rooms.items()))
        + record_flaws()
    )


def record_flaws() -> str:
    """Return the refusals that one record of a batch can meet; they come inside a 200 answer."""
    from aoxanh.desk.errors import RECORD_FLAWS

    rows = (
        (f"`{code}`", str(message), str(remedy)) for code, (message, remedy) in sorted(RECORD_FLAWS.items())
    )
    return "\n## One record of a sync batch\n\n" + _table(("code", "message", "remedy"), rows)


def domain_errors() -> list[Any]:
    """Return every refusal the product knows, the base classes left out."""
    from aoxanh.kernel.errors import DomainError

    _import_everything()
    return sorted(_descendants(DomainError), key=lambda error: (error.__module__, error.__name__))


def commands() -> str:
    """Return every `aoxanh` command with its options."""
    from aoxanh.cli import main

    return "\n".join(_command(path, command) for path, command in walk_commands("aoxanh", main))


def walk_commands(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    """Yield the path and the command of every leaf, in alphabetical order."""
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in sorted(command.list_commands(context)):
        child = command.get_command(context, name)
        if child is not None:
            yield from walk_commands(f"{path} {name}", child)


def _command(path: str, command: click.Command) -> str:
    words = [f"<{parameter.name}>" for parameter in command.params if isinstance(parameter, click.Argument)]
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    rows = (("`" + "`, `".join(option.opts) + "`", _default(option), option.help or "") for option in options)
    table = "\n" + _table(("option", "default", "what it does"), rows) if options else ""
    return f"## `{' '.join([path, *words])}`\n\n{inspect.cleandoc(command.help or '')}\n{table}"


def _default(option: click.Option) -> str:
    value = option.default
    return f"`{value}`" if isinstance(value, (int, str)) and not option.is_flag and value != "" else ""


def api() -> str:
    """Return every operation of the JSON API: who may call it, what it does, how it answers."""
    from aoxanh.api.urls import api as door

    rooms: dict[str, list[tuple[str, ...]]] = {}
    for path, operations in door.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            who = (
                ", ".join(sorted(name for scheme in operation.get("security", []) for name in scheme))
                or "anyone"
            )
            answers = " ".join(f"{status}" for status in operation["responses"] if int(status) < 400)
            row = f"`{method.upper()} {path}`", who, operation.get("description", "").split("\n")[0], answers
            rooms.setdefault(operation["tags"][0], []).append(row)
    heads = ("operation", "who", "what it does", "answers")
    return "\n".join(f"## {room}\n\n{_table(heads, rows)}" for room, rows in sorted(rooms.items()))


def permissions() -> str:
    """Return the permission table as the code holds it, and which roles may give which."""
    from aoxanh.people.models import Role
    from aoxanh.people.permissions import GRANTABLE, SECOND_FACTOR_ROLES, TABLE, Permission

    heads = ("permission", *(f"{role.label}" for role in Role))
    rows = (
        (f"`{permission}`", *(TABLE.get((permission, role), "–") for role in Role))
        for permission in Permission
    )
    grants = (
        (giver.label, ", ".join(str(role.label) for role in given)) for giver, given in GRANTABLE.items()
    )
    factor = ", ".join(str(role.label) for role in SECOND_FACTOR_ROLES)
    return (
        f"## Who may do what\n\n{_table(heads, rows)}\n## Who may give which role\n\n{_table(('role', 'gives'), grants)}"
        f"\n## Who needs a second factor\n\nUnless `AOXANH_REQUIRE_MFA` is off: {factor}.\n"
    )


MADE: dict[str, Callable[[], str]] = {
    "settings": settings,
    "errors": errors,
    "commands": commands,
    "api": api,
    "permissions": permissions,
}


def page(name: str) -> str:
    """Return a whole page: its hand-written head and what the code says now."""
    path = PAGES / f"{name}.md"
    head = (
        path.read_text(encoding="utf-8").partition(MARKER)[0]
        if path.exists()
        else f"# {name.capitalize()}\n\n"
    )
    with translation.override("en"):
        return head + MARKER + "\n\n" + MADE[name]()


def stale() -> list[str]:
    """Return the names of the pages that are not what the code says now."""
    return [
        name
        for name in MADE
        if not (PAGES / f"{name}.md").exists()
        or (PAGES / f"{name}.md").read_text(encoding="utf-8") != page(name)
    ]


def _table(heads: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join(
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |\n"
        for line in lines
    )


def _first_line(thing: Any) -> str:
    return inspect.cleandoc(thing.__doc__ or "").split("\n", maxsplit=1)[0]


def _descendants(kind: type) -> Iterator[type]:
    for child in kind.__subclasses__():
        if child.__module__.startswith("aoxanh."):
            yield child
        yield from _descendants(child)


def _import_everything() -> None:
    """Load every errors module and door, so that every refusal has been defined."""
    from importlib import import_module

    package = ROOT / "src" / "aoxanh"
    for path in sorted(package.rglob("*.py")):
        if "DomainError" in path.read_text(encoding="utf-8") and "migrations" not in path.parts:
            import_module(
                ".".join(("aoxanh", *path.relative_to(package).with_suffix("").parts)).removesuffix(
                    ".__init__"
                )
            )


def main() -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description="Make the reference pages, or tell which are out of date.")
    parser.add_argument("command", choices=["write", "check"])
    command = parser.parse_args().command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aoxanh.config.settings")
    django.setup()
    if command == "write":
        for name in MADE:
            (PAGES / f"{name}.md").write_text(page(name), encoding="utf-8")
        return 0
    out_of_date = stale()
    for name in out_of_date:
        print(f"docs/reference/{name}.md is not what the code says: run `make reference`.", file=sys.stderr)
    return 1 if out_of_date else 0


if __name__ == "__main__":
    sys.exit(main())
