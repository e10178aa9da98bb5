"""Make the data of a new cluster: all of it in a folder aside, then one rename, so a crash leaves nothing half-made."""

import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path
from typing import Literal

from aoxanh.kernel.cluster.account import Account
from aoxanh.kernel.cluster.binaries import Build
from aoxanh.kernel.cluster.errors import ClusterNotMade, FolderUnreachable, StartFailed

Role = Literal["owner", "app"]
UNFINISHED = "pgdata.unfinished-"
REMOVAL_TRIES = 100

# C collation sorts by code point in every build; the C.UTF-8 character types let lower() know Vietnamese letters.
INITDB = (
    "--username=aoxanh_owner", "--auth=reject", "--encoding=UTF8", "--locale=C", "--lc-ctype=C.UTF-8",
    "--data-checksums", "--no-instructions",
)  # fmt: skip
ACCESS = "local all,replication all scram-sha-256\n"
# For a small machine; an operator changes them in postgresql.conf. Statements, row contents and refused values (an error's
# own words) stay out of the log, because they can hold what people wrote; "log" is above "error" there.
SETTINGS = """
shared_buffers = 64MB
max_connections = 60
wal_level = replica
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_error_verbosity = terse
log_min_messages = log
log_min_error_statement = panic
"""
FIRST_STATEMENTS = """\
SET password_encryption = 'scram-sha-256';
ALTER ROLE aoxanh_owner PASSWORD '{owner}';
CREATE ROLE aoxanh_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS PASSWORD '{app}';
CREATE DATABASE aoxanh OWNER aoxanh_owner;
"""


def make_data(data_dir: Path, pgdata: Path, build: Build, account: Account) -> None:
    """Make passwords, roles and the empty database aoxanh; may be repeated until it has succeeded once."""
    for leftover in data_dir.glob(f"{UNFINISHED}*"):
        _remove(leftover)
    passwords = {"owner": _new_password(data_dir, "owner"), "app": _new_password(data_dir, "app")}
    folder = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=data_dir))
    account.take(folder)
    _run(account, build.program("initdb"), f"--pgdata={folder}", *INITDB)
    _write(folder / "postgresql.conf", SETTINGS, mode="a")
    _write(folder / "pg_hba.conf", ACCESS, mode="w")
    # A single-user server needs no password and no socket, so there is no moment at which anybody else could sign in.
    single = (build.program("postgres"), "--single", "-D", str(folder), "-c", "exit_on_error=on", "postgres")
    _run(account, *single, text=FIRST_STATEMENTS.format_map(passwords))
    folder.rename(pgdata)
    _sync_folder(data_dir)


def read_password(data_dir: Path, role: Role) -> str:
    """Return the role's password, for this process only: it is never printed, logged or put on a command line."""
    path = _password_file(data_dir, role)
    try:
        return path.read_text(encoding="ascii").strip()
    except FileNotFoundError as error:
        raise ClusterNotMade(data_dir=data_dir, missing=path.name) from error
    except OSError as error:
        raise FolderUnreachable(data_dir=data_dir) from error


def _password_file(data_dir: Path, role: Role) -> Path:
    return data_dir / f"{role}.password"


def _new_password(data_dir: Path, role: Role) -> str:
    password = secrets.token_urlsafe(32)
    handle, name = tempfile.mkstemp(dir=data_dir)  # mkstemp makes it 0600
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(password + "\n")
        file.flush()
        os.fsync(handle)
    Path(name).replace(_password_file(data_dir, role))
    return password


def _run(account: Account, *command: str, text: str = "") -> None:
    done = account.run(*command, text=text)
    if done.returncode:
        reason = "\n".join(done.stdout.strip().splitlines()[-5:])
        raise StartFailed(reason=reason, log=Path(command[0]).name + "'s words above")


def _remove(leftover: Path) -> None:
    # The initdb of a killed start may still be tidying up there itself, so one pass can miss what it touches.
    for _ in range(REMOVAL_TRIES):
        shutil.rmtree(leftover, ignore_errors=True)
        if not leftover.exists():
            return
        time.sleep(0.1)


def _write(path: Path, text: str, *, mode: Literal["a", "w"]) -> None:
    with path.open(mode, encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
