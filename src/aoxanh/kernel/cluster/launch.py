"""Become a PostgreSQL program: give up root, ask to be stopped with the parent, then exec.

Run as a script, by file name, between the Python that starts a server and the server. A preexec_fn would run Python
code in a fork of a threaded process, which can deadlock; and giving up root, like entering a user namespace, clears the
parent-death signal, so the order here matters.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def become(parent: int, uid: int, gid: int, command: list[str]) -> None:
    """Replace this process by the command; uid -1 keeps the account, parent 0 lets it outlive its parent."""
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if parent and sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGINT))
    # The parent may have died before the line above took hold; then nobody would ever stop us.
    if parent and os.getppid() != parent:
        sys.exit("the process that wanted this server is gone")
    os.execv(command[0], command)  # noqa: S606


if __name__ == "__main__":
    become(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:])
