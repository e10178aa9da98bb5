"""Child processes of a command that end with it, however it ends."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import IO

import click

from aoxanh.kernel.cluster import launch

# The system counts the thread that forked as the parent, so one that lives as long as the process does all the forking.
_KEEPER = ThreadPoolExecutor(1, thread_name_prefix="keeper")


def start_bound(
    *arguments: str, environment: dict[str, str], log: IO[bytes] | None = None
) -> "subprocess.Popen[bytes]":
    """Start another `aoxanh` command that gets SIGINT when this process dies, even by SIGKILL (Linux).

    It runs in its own session, so that Ctrl-C reaches only the parent, which then stops its children in order. `log` takes
    what it prints; without one it prints where this process does.
    """
    orders = [sys.executable, "-I", "-S", launch.__file__, str(os.getpid()), "-1", "-1"]
    return _KEEPER.submit(
        subprocess.Popen,
        [*orders, sys.executable, "-m", "aoxanh", *arguments],
        env=environment,
        start_new_session=True,
        stdout=log,
        stderr=subprocess.STDOUT if log else None,
    ).result()


def run_bound(*arguments: str, environment: dict[str, str], capture: bool = False) -> str:
    """Run another `aoxanh` command to its end and return what it printed if captured; stop with its message if it fails."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "aoxanh", *arguments],
        env=environment,
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )
    if done.returncode:
        raise click.ClickException(
            f"`aoxanh {arguments[0]}` failed; its message is above. `aoxanh check` looks for the cause."
        )
    return done.stdout or ""
