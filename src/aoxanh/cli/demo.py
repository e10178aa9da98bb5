"""`aoxanh demo`: everything at once on this machine, with a seeded campaign; Ctrl-C stops everything."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from aoxanh.cli.processes import run_bound, start_bound

PASSWORD_FILE = "demo-password"  # noqa: S105 - a file name
TRUTH_FILE = "demo-truth.csv"


@click.command()
@click.option("--port", default=8000, show_default=True, help="Port on the loopback address.")
@click.option("--seed", default=2025, show_default=True, help="Seed of the demonstration campaign.")
def command(*, port: int, seed: int) -> None:
    """Start PostgreSQL, the web server and the worker with a demonstration campaign, and say how to sign in."""
    data_dir = Path(os.environ.get("AOXANH_DATA_DIR", ".aoxanh")).absolute()
    environment = {
        **os.environ,
        "AOXANH_DATA_DIR": str(data_dir),
        "AOXANH_REQUIRE_MFA": os.environ.get("AOXANH_REQUIRE_MFA", "false"),
    }
    _check_port(port)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have started us deaf to Ctrl-C
    with _database(data_dir):
        click.echo("Bringing the database up to date …", err=True)
        run_bound("migrate", environment=environment)
        password = _password(data_dir, seed, environment)
        children = [
            start_bound("serve", "--port", str(port), environment=environment),
            start_bound("worker", environment=environment),
        ]
        try:
            _wait_until_up(port, children[0])
            click.echo(welcome(port, password))
            _watch(children)
        except KeyboardInterrupt:
            click.echo("\nStopping …", err=True)
        finally:
            _stop(children)
    click.echo("Everything is stopped; the data stay in " + str(data_dir), err=True)


def welcome(port: int, password: str) -> str:
    """Return the address and one login for each role."""
    from aoxanh.simulation.logins import LOGINS

    rows = "\n".join(
        f"  {login.username:<6} {login.role:<22} {login.name}, {login.place}" for login in LOGINS
    )
    return (
        f"\nÁo Xanh: http://localhost:{port}/   field app: http://localhost:{port}/field/\n"
        f"Password of every account: {password}\n{rows}\nCtrl-C stops everything.\n"
    )


@contextmanager
def _database(data_dir: Path) -> Iterator[None]:
    """Keep the private cluster running while the demonstration runs; a configured server is left alone."""
    if os.environ.get("DATABASE_URL"):
        yield
        return
    from aoxanh.kernel.cluster import Cluster, ClusterError

    cluster = Cluster(data_dir / "pg")
    click.echo("Starting PostgreSQL …", err=True)
    try:
        cluster.start(attached=True)
    except ClusterError as error:
        raise click.ClickException(f"{error}\n{error.remedy_text}") from error
    try:
        yield
    finally:
        cluster.stop()


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} is taken. Stop what uses it, or choose another: aoxanh demo --port {port + 1}"
            ) from error


def _password(data_dir: Path, seed: int, environment: dict[str, str]) -> str:
    """Return the accounts' password, seeding the campaign on the first start."""
    path = data_dir / PASSWORD_FILE
    if not path.exists():
        click.echo("Making the demonstration campaign (about a minute, once) …", err=True)
        truth = data_dir / TRUTH_FILE
        truth.unlink(missing_ok=True)
        options = ("--scale", "province", "--seed", str(seed), "--truth", str(truth), "--json")
        password = json.loads(run_bound("simulate", *options, environment=environment, capture=True))[
            "password"
        ]
        draft = path.with_suffix(".new")
        draft.touch(mode=0o600)
        draft.write_text(password)
        draft.rename(path)
    return path.read_text()


def _wait_until_up(port: int, web: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if web.poll() is not None:
            raise click.ClickException("The web server ended at once; its message is above.")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).read()
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    raise click.ClickException("The web server did not answer within a minute.")


def _watch(children: "list[subprocess.Popen[bytes]]") -> None:
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    raise click.ClickException("A part of the demonstration stopped; its message is above.")


def _stop(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(15)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
