"""Starting Django inside a command."""

import os
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import click

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


def with_django(function: "Callable[P, R]") -> "Callable[P, R]":
    """Set Django up before the command's body, and show a DomainError as message and remedy, without a traceback."""

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        import django

        from aoxanh.kernel.errors import DomainError

        django.setup()
        try:
            return function(*args, **kwargs)
        except DomainError as error:
            raise click.ClickException(f"{error}\n{error.remedy_text}".strip()) from error

    return wrapper


def with_django_as_owner(function: "Callable[P, R]") -> "Callable[P, R]":
    """Do as with_django, connected as the role that owns the tables."""
    ready = with_django(function)

    @wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        os.environ["AOXANH_AS_OWNER"] = "true"
        return ready(*args, **kwargs)

    return wrapper
