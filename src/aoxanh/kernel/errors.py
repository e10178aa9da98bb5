"""DomainError: a refusal that is safe to show, with a stable code and a remedy."""

from typing import Any, ClassVar


class DomainError(Exception):
    """Something a person asked for cannot be done; says why and what to do instead.

    Subclasses set `code` (stable, documented in docs/reference/errors.md), `message` and `remedy` (translatable,
    may hold `{named}` placeholders filled from the keyword arguments). `status` is the HTTP status of the doors.
    `field` names the input that was wrong, where there is one. `retry_seconds` says when to come back, if waiting helps.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
    message: Any = "The request was refused."
    remedy: Any = ""
    retry_seconds: ClassVar[int] = 0

    def __init__(self, *, field: str = "", **facts: Any) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message).format_map(_Facts(self.facts))

    @property
    def remedy_text(self) -> str:
        return str(self.remedy).format_map(_Facts(self.facts))

    def as_dict(self) -> dict[str, str]:
        """Return the one JSON error shape of every door."""
        return {"code": self.code, "message": str(self), "remedy": self.remedy_text, "field": self.field}


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
