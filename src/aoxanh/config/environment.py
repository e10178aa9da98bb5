"""Typed reading of environment variables; a bad value stops the start with the variable's name and the remedy."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Variable:
    """One documented setting; docs/reference/settings.md has a row for each, held by a test."""

    name: str
    default: str
    meaning: str


VARIABLES: dict[str, Variable] = {}


def text(name: str, default: str, meaning: str) -> str:
    """Return the variable as text."""
    VARIABLES[name] = Variable(name, default, meaning)
    return os.environ.get(name, default)


def flag(name: str, *, default: bool, meaning: str) -> bool:
    """Return the variable as a truth value: 1/0, true/false, yes/no, on/off."""
    raw = text(name, "true" if default else "false", meaning).strip().lower()
    return _checked(
        name,
        raw,
        lambda value: {
            "1": True,
            "true": True,
            "yes": True,
            "on": True,
            "0": False,
            "false": False,
            "no": False,
            "off": False,
        }[value],
        "true or false",
    )


def number(name: str, default: int, meaning: str) -> int:
    """Return the variable as a whole number."""
    return _checked(name, text(name, str(default), meaning), int, "a whole number")


def choice(name: str, default: str, allowed: tuple[str, ...], meaning: str) -> str:
    """Return the variable as one of the allowed words."""
    return _checked(
        name,
        text(name, default, meaning).strip().lower(),
        lambda value: {word: word for word in allowed}[value],
        " or ".join(allowed),
    )


def words(name: str, default: str, meaning: str) -> list[str]:
    """Return the variable as a list split at commas."""
    return [word.strip() for word in text(name, default, meaning).split(",") if word.strip()]


def _checked(name: str, raw: str, parse: Callable[[str], T], expected: str) -> T:
    try:
        return parse(raw)
    except (ValueError, KeyError):
        raise ImproperlyConfigured(
            f"{name}={raw!r} is not {expected}; see docs/reference/settings.md"
        ) from None
