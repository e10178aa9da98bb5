"""Databases without people, and one that holds a simulated commune; each is made once and dropped at the end."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.database import Database, clone, database_for_this_process

UNTIL = "2025-10-28"
OPTIONS = ("--scale", "commune", "--seed", "7", "--until", UNTIL)


@dataclass
class Installation:
    """A database to simulate into, and what the command said."""

    database: Database
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "AOXANH_DATA_DIR": str(self.database.data_dir),
            "DATABASE_URL": self.database.url("app"),
            "DATABASE_OWNER_URL": self.database.url("owner"),
            "AOXANH_SECRET_KEY": "only for tests",
            "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
        }

    @property
    def truth(self) -> Path:
        return self.database.data_dir / "truth.json"

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run `aoxanh` with these arguments."""
        return self._python("-m", "aoxanh", *arguments)

    def run_python(self, code: str, **environment: str) -> str:
        """Run some Python with Django ready and return what it prints."""
        done = self._python("-c", "import django; django.setup()\n" + code, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def simulate(self, *options: str) -> None:
        done = self.run("simulate", *options, "--json")
        assert done.returncode == 0, done.stderr
        assert not done.stderr
        self.said = json.loads(done.stdout)

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database.url("owner"), autocommit=True) as connection:
            cursor = connection.execute(query, values)
            return cursor.fetchall() if cursor.description else []

    def _python(self, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *arguments],
            env=self.environment | environment,
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def empty_installation() -> Iterator[Callable[[], Installation]]:
    """Make a database with places and procedures and nobody in it."""
    made: list[Installation] = []
    database_for_this_process()

    def make() -> Installation:
        installation = Installation(clone(f"aoxanh_sim_{secrets.token_hex(4)}"))
        installation.sql(
            "TRUNCATE people_account, people_volunteer, people_team, people_membership, people_languageskill, people_roleassignment CASCADE"
        )
        made.append(installation)
        return installation

    yield make
    for installation in made:
        installation.database.drop()


@pytest.fixture(scope="session")
def simulated(empty_installation: Callable[[], Installation]) -> Installation:
    """A border commune simulated once for all tests; those that change it put it back."""
    installation = empty_installation()
    installation.simulate(*OPTIONS, "--truth", str(installation.truth))
    return installation
