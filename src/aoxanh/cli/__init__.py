"""The `aoxanh` command: one module a noun, loaded only when called so that help stays quick."""

import importlib
import os
from typing import ClassVar

import click


class Commands(click.Group):
    """Loads `aoxanh.cli.<name>` on demand; each module offers a click command called `command`."""

    modules: ClassVar[dict[str, str]] = {
        "db": "db",
        "places": "places",
        "migrate": "migrate",
        "serve": "serve",
        "worker": "worker",
        "demo": "demo",
        "check": "check",
        "simulate": "simulate",
        "procedures": "procedures",
        "roster": "roster",
        "schedule": "schedule",
        "audit": "audit",
        "privacy": "privacy",
        "import": "imports",
        "export": "export",
        "bench": "bench",
        "plan": "plan",
        "assign": "assign",
        "assistant": "assistant_llm",
        "quiz": "quiz",
        "credentials": "credentials",
        "ask": "ask",
        "flags": "flags",
        "push": "push",
        "report": "report",
    }

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        module = self.modules.get(cmd_name)
        if module is None:
            return None
        loaded: click.Command = importlib.import_module(f"aoxanh.cli.{module}").command
        return loaded


@click.command(cls=Commands)
@click.version_option(package_name="aoxanh")
def main() -> None:
    """Run and look after an Áo Xanh installation."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aoxanh.config.settings")
