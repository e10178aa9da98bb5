"""Keeping the write-ahead log of the private cluster in a folder, so that any moment since a base backup can be had again."""

import os
import shlex
from pathlib import Path

from aoxanh.kernel.cluster.account import Account
from aoxanh.kernel.cluster.errors import ArchiveUnreachable

VARIABLE = "AOXANH_WAL_ARCHIVE"
# An unfinished segment is kept after this long at the latest, so no more than this is lost with the machine.
SWITCH_SECONDS = 300

# A segment takes its place whole, on the disk and never over another; the same one again, as after a crash, is fine.
# Compressed, since a segment that was switched early is 16 MiB of mostly nothing.
KEEP = """
d={folder}; f="$d/%f.gz"; t="$d/.%f.$$";
if [ -e "$f" ]; then gzip -dc "$f" | cmp -s - "%p"; exit $?; fi;
gzip -1 -c "%p" > "$t" && sync "$t" && mv -n "$t" "$f" && [ ! -e "$t" ] || {{ rm -f "$t"; exit 1; }}
"""


def archive_folder() -> Path | None:
    """Return the folder that the environment names, if it names one."""
    named = os.environ.get(VARIABLE, "")
    return Path(named).absolute() if named else None


def settings_for(folder: Path | None) -> dict[str, str]:
    """Return the server's settings; none without a folder, since segments would pile up for nobody."""
    if folder is None:
        return {}
    return {"archive_mode": "on", "archive_timeout": str(SWITCH_SECONDS), "archive_command": command(folder)}


def command(folder: Path) -> str:
    """Return what the server runs for each segment; %p and %f are its path and its name."""
    quoted = shlex.quote(str(folder)).replace("%", "%%")
    return " ".join(KEEP.format(folder=quoted).split("\n")).strip()


def prepare(folder: Path | None, account: Account) -> None:
    """See that the account that runs the server can write there, making the folder if it is not there yet."""
    if folder is None:
        return
    try:
        if not folder.exists():
            folder.mkdir(parents=True, mode=0o700)
            account.take(folder)
    except OSError as error:
        raise ArchiveUnreachable(folder=folder) from error
    tried = 'test -d "$1" && touch "$1/.writable.$$" && rm "$1/.writable.$$"'
    if account.run("/bin/sh", "-c", tried, "sh", str(folder)).returncode:
        raise ArchiveUnreachable(folder=folder)
