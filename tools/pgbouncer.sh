#!/bin/sh
# Sees to it that the tests of pooled connections find a PgBouncer: AOXANH_PGBOUNCER_BIN, an installed one, or Debian's package.
set -eu

found() {
    if [ -n "${AOXANH_PGBOUNCER_BIN:-}" ]; then
        [ -x "$AOXANH_PGBOUNCER_BIN" ] || {
            echo "AOXANH_PGBOUNCER_BIN=$AOXANH_PGBOUNCER_BIN is not a program." >&2
            echo "Let it name PgBouncer, or unset it." >&2
            exit 1
        }
        return 0
    fi
    command -v pgbouncer >/dev/null || [ -x /usr/sbin/pgbouncer ]
}

found && exit 0
if [ "$(id -u)" = 0 ]; then as_root=
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root=none
fi
if [ "$as_root" != none ] && command -v apt-get >/dev/null; then
    echo "Installing PgBouncer for the tests of pooled connections …" >&2
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if $as_root apt-get -qq update >"$log" 2>&1 && $as_root apt-get -qq install -y --no-install-recommends pgbouncer >>"$log" 2>&1; then
        rm -f "$log"
        # Only the program is wanted; a service of its own would listen on a port that nobody asked for.
        if command -v systemctl >/dev/null; then $as_root systemctl disable --now pgbouncer >/dev/null 2>&1 || true; fi
        found && exit 0
    fi
    [ -e "$log" ] && tail -n 5 "$log" >&2
fi
echo "The tests of pooled connections need PgBouncer, which was not found and could not be installed." >&2
echo "Install the package pgbouncer of your system, or let AOXANH_PGBOUNCER_BIN name the program." >&2
exit 1
