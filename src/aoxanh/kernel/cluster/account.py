"""Who runs the server: PostgreSQL refuses root, so root lends it an unprivileged account."""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from aoxanh.kernel.cluster import launch
from aoxanh.kernel.cluster.errors import FolderUnreachable

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """The owner of the data on disk and how a program comes to run as that owner.

    `lent`: root hands the program to another uid. `namespaced`: the last resort inside folders that only root may enter
    (/root); the program keeps root's files but, in its own user namespace, none of root's powers.
    """

    uid: int
    gid: int
    lent: bool = False
    namespaced: bool = False

    def command(self, *command: str, bound: bool) -> list[str]:
        """Return the command line that runs `command` as this account, `bound` to the life of this process."""
        namespace = ("unshare", "--user", f"--map-user={NOBODY}") if self.namespaced else ()
        uid, gid = (self.uid, self.gid) if self.lent else (-1, -1)
        orders = [str(os.getpid() if bound else 0), str(uid), str(gid)]
        return [*namespace, sys.executable, "-I", "-S", launch.__file__, *orders, *command]

    def run(self, *command: str, text: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program as this account until it ends; it gets `text` to read and a bare environment."""
        return subprocess.run(  # noqa: S603
            self.command(*command, bound=True), input=text, env=environment(), cwd="/", text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, errors="replace",
        )  # fmt: skip

    def take(self, folder: Path, *, mode: int = 0o700) -> None:
        """Make a folder this account's own."""
        if self.lent:
            os.chown(folder, self.uid, self.gid, follow_symlinks=False)
        folder.chmod(mode)

    def can_use(self, folder: Path, program: str) -> bool:
        """Try it out rather than guess from modes: parents, ACLs and namespaces all have their say."""
        script = 'cd "$1" && exec "$2" --version'
        try:
            return self.run("/bin/sh", "-c", script, "sh", str(folder), program).returncode == 0
        except OSError:
            return False


def environment() -> dict[str, str]:
    """Return what the programs may know: no PG* variables, no secrets of ours, a HOME that they may enter."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "HOME": "/", "LC_ALL": "C"}


def account_for(data_dir: Path, pgdata: Path, postgres: str) -> Account:
    """Return the account to run the server: whoever owns the data already, else the least privileged that can."""
    for account in _candidates(data_dir, pgdata):
        if not pgdata.exists():
            _open_to(account, data_dir)
        if account.can_use(data_dir, postgres):
            return account
    raise FolderUnreachable(data_dir=data_dir)


def _candidates(data_dir: Path, pgdata: Path) -> Iterator[Account]:
    owned = (pgdata if pgdata.exists() else data_dir).stat()
    if os.geteuid():
        if owned.st_uid == os.geteuid():
            yield Account(os.geteuid(), os.getegid())
    elif pgdata.exists() and owned.st_uid:
        yield Account(owned.st_uid, owned.st_gid, lent=True)
    else:
        if not pgdata.exists():
            yield _least_privileged()
        yield Account(0, 0, namespaced=True)


def _least_privileged() -> Account:
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid, lent=True)
    return Account(NOBODY, NOBODY, lent=True)


def _open_to(account: Account, data_dir: Path) -> None:
    # Root keeps the folder and the passwords; the lent account may only pass through to its own data.
    if not os.geteuid():
        os.chown(data_dir, 0, account.gid, follow_symlinks=False)
    data_dir.chmod(0o710 if account.lent else 0o700)
