"""The shell: every file that the field app needs to start without a network, and the version they make together."""

import hashlib
import posixpath
import re
from functools import cache
from importlib import resources
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static

STATIC = Path(__file__).resolve().parent.parent / "static"
TEMPLATE = Path(__file__).resolve().parent.parent / "templates" / "field" / "app.html"
STYLES = ("web/tokens.css", "web/fonts.css", "field/field.css")
FONTS = tuple(
    f"web/fonts/be-vietnam-pro-{subset}-{weight}.woff2"
    for subset in ("latin", "vietnamese")
    for weight in (400, 600)
)
ICON = "web/icon.svg"
GUARD_RULES = Path(str(resources.files("aoxanh.privacy"))) / "data" / "rules.json"
ENTRY = "field/app.js"
WORKER = "field/worker.js"
# What a signed-in phone fetches after the shell, so that the first visit stays light.
LATER = "field/later/"
_IMPORT = re.compile(r"""^import\s[^;]*?from "(\./[^"]+|\.\./[^"]+)";$""", re.MULTILINE)


@cache
def scripts() -> tuple[str, ...]:
    """Return the script modules of the shell; the worker is none of them."""
    return tuple(name for name in _modules() if name != WORKER and not name.startswith(LATER))


@cache
def later_scripts() -> tuple[str, ...]:
    """Return the script modules that a phone fetches once somebody has signed in on it."""
    return tuple(name for name in _modules() if name.startswith(LATER))


def _modules() -> list[str]:
    return sorted(path.relative_to(STATIC).as_posix() for path in (STATIC / "field").rglob("*.js"))


@cache
def first_scripts() -> tuple[str, ...]:
    """Return the modules that the first screen needs, the entry point first: what `app.js` imports, directly or not.

    The page names them all, so that a slow network is asked once and not once for each level of imports.
    """
    reached = [ENTRY]
    for name in reached:
        reached += [other for other in _imports(name) if other not in reached]
    return tuple(reached)


def files() -> tuple[str, ...]:
    """Return the names of all static files of the shell."""
    return (*STYLES, *scripts(), *FONTS, ICON)


def _imports(name: str) -> list[str]:
    text = (STATIC / name).read_text(encoding="utf-8")
    return [
        posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
        for target in _IMPORT.findall(text)
    ]


def addresses() -> list[str]:
    """Return what the service worker keeps: the shell's files under the names that the pages use."""
    return [static(name) for name in files()]


def later_addresses() -> list[str]:
    """Return what the service worker keeps besides, on a phone that somebody uses."""
    return [static(name) for name in later_scripts()]


@cache
def version() -> str:
    """Return a short digest of all the worker keeps; the service worker replaces itself when it changes."""
    digest = hashlib.sha256(settings.VERSION.encode())
    for path in (TEMPLATE, GUARD_RULES, *(STATIC / name for name in (WORKER, *files(), *later_scripts()))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
