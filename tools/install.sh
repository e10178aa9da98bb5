#!/bin/sh
# Makes .venv from a lock file (requirements.lock or requirements-dev.lock) and installs the project into it.
# Does nothing when .venv already holds exactly that.
set -eu
lock=$1
stamp=.venv/.installed-$lock
log=.venv/install.log

say() { printf '%s\n' "$*" >&2; }
fail() { say "$1"; say "$2"; exit 1; }

# The dev lock holds everything of the other one, so it satisfies both.
up_to_date() {
    for held in "$stamp" ".venv/.installed-requirements-dev.lock"; do
        [ -f "$held" ] && [ "$(cat "$held")" = "$(fingerprint "${held#.venv/.installed-}")" ] && .venv/bin/python -c 'import aoxanh' 2>/dev/null && return 0
    done
    return 1
}
fingerprint() { cat "$1" pyproject.toml requirements.in | cksum; }

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }
find_python() {
    for candidate in ${PYTHON:-} python3.13 python3.12 python3.11 python3; do
        command -v "$candidate" >/dev/null 2>&1 && usable "$candidate" || continue
        if "$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1; then
            command -v "$candidate"
            return
        fi
        without_venv=$candidate
    done
    [ -z "${without_venv:-}" ] || fail "$without_venv lacks the venv module." "On Debian or Ubuntu: apt install python3-venv. Then run make again."
    fail "Python 3.11 or newer was not found." "On Debian 12 or Ubuntu 24.04: apt install python3 python3-venv. Elsewhere install it and name it: make PYTHON=/path/to/python3.11 ..."
}

# Shows how far pip is on a terminal; the whole story goes into the log.
show_progress() {
    total=$(grep -c '^[A-Za-z0-9]' "$lock")
    if [ -t 2 ]; then tty=1; else tty=0; fi
    awk -v total="$total" -v tty="$tty" -v log_file="$log" '
        { print >> log_file; fflush(log_file) }
        /^(Collecting|Requirement already satisfied)/ { n += (n < total); if (tty) { printf "\r  %d/%d packages", n, total > "/dev/stderr"; fflush("/dev/stderr") } }
        /^Installing collected/ { if (tty) { printf "\r  unpacking          ", n > "/dev/stderr"; fflush("/dev/stderr") } }
        END { if (tty) printf "\r                          \r" > "/dev/stderr" }'
}
pip_install() {
    status=.venv/.pip-status
    { rc=0; .venv/bin/python -m pip install --no-input --disable-pip-version-check --root-user-action=ignore "$@" 2>&1 || rc=$?; echo $rc > $status; } | show_progress
    [ "$(cat $status)" = 0 ] || {
        tail -n 8 "$log" >&2
        fail "Installing the packages failed; the last lines of $log are above." "Check the network (or PIP_INDEX_URL and the proxy settings), then run make again; what was fetched is kept."
    }
}

[ -f "$lock" ] || fail "$lock is missing." "Run make in the folder of the project."
up_to_date && exit 0
.venv/bin/python -c 'import pip' 2>/dev/null || {
    python=$(find_python)
    say "Making .venv with $("$python" --version) …"
    rm -rf .venv
    "$python" -m venv .venv || fail "The environment .venv could not be made." "On Debian or Ubuntu: apt install python3-venv. Then run make again."
}
: > "$log"
say "Installing the packages of $lock …"
pip_install --require-hashes -r "$lock"
pip_install --no-build-isolation --no-deps --no-index -e .
fingerprint "$lock" > "$stamp"
say "Installed into .venv."
