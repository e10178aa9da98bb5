"""The running server: find it, start it and keep trying after a crash, stop it."""

import os
import re
import socket
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from aoxanh.kernel.cluster.account import Account, environment
from aoxanh.kernel.cluster.binaries import Build
from aoxanh.kernel.cluster.errors import ClusterError, StartFailed

PORT = 5432
RETRY_SECONDS = 30
RECOVERY_SECONDS = 600
STOP_SECONDS = 60
LOG_KEPT_BYTES = 5_000_000

# Given on the command line, so that neither postgresql.conf nor ALTER SYSTEM can weaken them.
GUARDED = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "port": str(PORT),
    "fsync": "on",
    "full_page_writes": "on",
}
# After a kill the dead server's lock and shared memory stay for a moment; PostgreSQL itself clears them away.
LEFT_BY_THE_DEAD = re.compile(r"lock file .* already exists|shared memory block")


@dataclass(frozen=True)
class Running:
    """A server as its postmaster.pid tells it; `owner` is the process it stops with, None if it stands alone."""

    pid: int
    socket_dir: Path
    state: str
    owner: int | None


def find_running(pgdata: Path) -> Running | None:
    """Return the server that has this data open, if any; a lock file without a listener is a dead one's."""
    try:
        lines = (pgdata / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        options = (pgdata / "postmaster.opts").read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    if len(lines) < 8 or not lines[4] or not _listens(Path(lines[4]) / f".s.PGSQL.{PORT}"):
        return None
    owners = re.findall(r"cluster_name=aoxanh-attached-(\d+)", options)
    return Running(int(lines[0]), Path(lines[4]), lines[7].strip(), int(owners[-1]) if owners else None)


def ensure_started(
    build: Build,
    account: Account,
    pgdata: Path,
    socket_dir: Path,
    *,
    attached: bool,
    extra: dict[str, str] | None = None,
) -> None:
    """Return once a server of this data takes connections, starting one (with `extra` settings) unless it is there already.

    `attached` binds it to this process: it shuts down cleanly when the process ends, even by SIGKILL (Linux only).
    """
    name = f"aoxanh-attached-{os.getpid()}" if attached else "aoxanh-detached"
    quoted = '"{}"'.format(str(socket_dir).replace('"', '""'))
    settings = {**GUARDED, "cluster_name": name, "unix_socket_directories": quoted, **(extra or {})}
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    command = account.command(build.program("postgres"), "-D", str(pgdata), *options, bound=attached)
    log = pgdata.with_name("server.log")
    give_up = time.monotonic() + RETRY_SECONDS
    while not _is_ready(pgdata):
        attempt = _Attempt(command, log)
        if attempt.became_ready(pgdata):
            return
        reason = attempt.last_words()
        if not LEFT_BY_THE_DEAD.search(reason) or time.monotonic() > give_up:
            raise StartFailed(reason=reason, log=log)
        time.sleep(0.25)


def stop(build: Build, account: Account, pgdata: Path) -> None:
    """Shut down fast and cleanly: running statements are cancelled, everything committed is on disk."""
    wait = ("-m", "fast", "-w", "-t", str(STOP_SECONDS))
    done = account.run(build.program("pg_ctl"), "stop", "-D", str(pgdata), *wait)
    if done.returncode and find_running(pgdata):
        raise ClusterError(reason=done.stdout.strip(), log=pgdata.with_name("server.log"))


class _Attempt:
    """One try at starting. The parent-death signal follows the *thread* that forked, so that thread waits too."""

    def __init__(self, command: list[str], log: Path) -> None:
        if log.exists() and log.stat().st_size > LOG_KEPT_BYTES:
            log.replace(log.with_suffix(".log.1"))
        self._command, self._log = command, log
        self._log_start = log.stat().st_size if log.exists() else 0
        self._process: subprocess.Popen[bytes] | None = None
        self._keeper = threading.Thread(target=self._keep, name="postgres keeper", daemon=True)
        self._keeper.start()

    def _keep(self) -> None:
        # Never through a link: root writes here, next to files of a less trusted account.
        handle = os.open(self._log, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        try:
            self._process = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.DEVNULL, stdout=handle, stderr=handle, env=environment(), cwd="/",
                start_new_session=True,  # a Ctrl-C in the terminal is for us; we decide when the server stops
            )  # fmt: skip
        finally:
            os.close(handle)
        self._process.wait()

    def became_ready(self, pgdata: Path) -> bool:
        give_up = time.monotonic() + RECOVERY_SECONDS
        while self._keeper.is_alive() and time.monotonic() < give_up:
            if self._process and _is_ready(pgdata, pid=self._process.pid):
                return True
            time.sleep(0.02)
        return False

    def last_words(self) -> str:
        if self._keeper.is_alive():
            return f"still recovering after {RECOVERY_SECONDS} s; it goes on"
        if not self._log.exists():
            return "the log could not be written"
        with self._log.open("rb") as log:
            log.seek(self._log_start)
            return "\n".join(log.read().decode(errors="replace").strip().splitlines()[-6:])


def _is_ready(pgdata: Path, *, pid: int | None = None) -> bool:
    running = find_running(pgdata)
    return bool(running and running.state == "ready" and pid in (None, running.pid))


def _listens(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(5)
        try:
            probe.connect(str(path))
        except OSError:
            return False
    return True
