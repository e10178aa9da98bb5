"""The real PgBouncer of the system in front of a database of the suite, in transaction mode, on a unix socket."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import psycopg

from aoxanh.kernel.cluster.account import Account
from tests.database import Database

CONFIGURATION = """
[databases]
* = host={server} port=5432
[pgbouncer]
listen_addr =
listen_port = 6432
unix_socket_dir = {folder}
auth_type = scram-sha-256
auth_file = {folder}/users.txt
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 200
server_round_robin = 1
logfile = {folder}/pgbouncer.log
"""


def program() -> str:
    """Return the path of PgBouncer; a suite without it has not been set up, so it fails rather than skips."""
    found = os.environ.get("AOXANH_PGBOUNCER_BIN") or shutil.which(
        "pgbouncer", path=os.defpath + ":/usr/sbin"
    )
    assert found, "PgBouncer is missing: `make test` installs it, or name it in AOXANH_PGBOUNCER_BIN."
    return found


@contextmanager
def pgbouncer(database: Database, connections: int) -> Iterator[str]:
    """Run PgBouncer with so many server connections and give the application role's address through it."""
    folder = Path(tempfile.mkdtemp(prefix="aoxanh-bouncer-"))
    status = database.cluster.status()
    owner = database.cluster.pgdata.stat()
    account = Account(owner.st_uid, owner.st_gid, lent=owner.st_uid != os.geteuid())
    parts = urlsplit(database.url("app"))
    (folder / "users.txt").write_text(f'"{parts.username}" "{parts.password}"\n')
    configuration = folder / "pgbouncer.ini"
    configuration.write_text(
        CONFIGURATION.format(server=status.socket_dir, folder=folder, connections=connections)
    )
    for path in (folder, configuration, folder / "users.txt"):
        account.take(path, mode=0o700)
    process = subprocess.Popen(
        account.command(program(), str(configuration), bound=True),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/",
    )  # fmt: skip
    try:
        host = quote(str(folder), safe="").replace("_", "%5F")
        url = f"postgresql://{parts.username}:{parts.password}@{host}:6432{parts.path}"
        _wait(url, process, folder)
        yield url
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder)


def _wait(url: str, process: "subprocess.Popen[bytes]", folder: Path) -> None:
    give_up = time.monotonic() + 20
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            log = folder / "pgbouncer.log"
            assert process.poll() is None, log.read_text() if log.exists() else "it ended at once"
            assert time.monotonic() < give_up
            time.sleep(0.05)
        else:
            return
