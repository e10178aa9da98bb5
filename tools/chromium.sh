#!/bin/sh
# Sees to it that the browser tests find a Chromium: AOXANH_CHROMIUM, one on the PATH, or Debian's package.
set -eu

found() {
    if [ -n "${AOXANH_CHROMIUM:-}" ]; then
        [ -x "$AOXANH_CHROMIUM" ] || {
            echo "AOXANH_CHROMIUM=$AOXANH_CHROMIUM is not a program." >&2
            echo "Let it name a Chromium or Chrome, or unset it." >&2
            exit 1
        }
        return 0
    fi
    command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null
}

found && exit 0
if [ "$(id -u)" = 0 ]; then as_root=
elif sudo -n true 2>/dev/null; then as_root="sudo -n"
else as_root=none
fi
if [ "$as_root" != none ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …" >&2
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if $as_root apt-get -qq update >"$log" 2>&1 && $as_root apt-get -qq install -y --no-install-recommends chromium >>"$log" 2>&1; then
        rm -f "$log"
        found && exit 0
    fi
    tail -n 5 "$log" >&2
fi
echo "The browser tests need Chromium, which was not found and could not be installed." >&2
echo "Install the package chromium of your system, or let AOXANH_CHROMIUM name a Chromium or Chrome." >&2
exit 1
