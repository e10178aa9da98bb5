"""The privacy class of each model field: public, internal, personal or secret, and how long it is kept."""

from dataclasses import dataclass
from typing import Literal

PrivacyClass = Literal["public", "internal", "personal", "secret"]


@dataclass(frozen=True, slots=True)
class Link:
    """An id of another model's row, kept without a foreign key."""

    field: str
    target: str
    through: str


@dataclass(frozen=True)
class Privacy:
    """The classes of one model's fields, as space-separated field names.

    `keep` says how long a row is kept: "forever", or "P<n>M" months after it is closed (ISO 8601). `closed` names the dates
    of which the first that is set closes a row; a row with none set is still open. `person` names the field path that leads to
    the account a row is about, so that `aoxanh privacy forget` finds it; empty when the row is about nobody. `links` are
    ids without foreign keys, as "field:app.Model": forgetting the row they name puts an id of nobody in their place. A field
    without an index of its own is "field:app.Model:other", where `other` is an indexed link of the same person. `months`
    names the date by whose month the table is partitioned: such rows go by whole months, when the last day has had its time.
    `holds` is false where a row, open or not, keeps nothing it belongs to from going: a certificate for good keeps no volunteer.
    Source of the periods: docs/operate/privacy.md.
    """

    public: str = ""
    internal: str = ""
    personal: str = ""
    secret: str = ""
    keep: str = "forever"
    closed: str = ""
    person: str = ""
    links: str = ""
    months: str = ""
    holds: bool = True

    @property
    def ids_elsewhere(self) -> list["Link"]:
        """Return the links, those that are found through another one first: they need it uncut."""
        links = [Link(*f"{entry}:".split(":")[:3]) for entry in self.links.split()]
        return sorted(links, key=lambda link: not link.through)

    def class_of(self, field: str) -> PrivacyClass | None:
        """Return the class of the named field, or None when nobody has classed it."""
        classes: tuple[tuple[PrivacyClass, str], ...] = (
            ("public", self.public),
            ("internal", self.internal),
            ("personal", self.personal),
            ("secret", self.secret),
        )
        return next((name for name, fields in classes if field in fields.split()), None)

    def fields(self) -> set[str]:
        """Return every field name that is classed."""
        return set(f"{self.public} {self.internal} {self.personal} {self.secret}".split())
