"""What the product does with each kind of sheet: which permission it takes, and who compares and stores it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.people import rosters, team_rosters
from aoxanh.people.actors import Actor
from aoxanh.people.permissions import Permission, places_reached
from aoxanh.places import trait_lists
from aoxanh.sheets.errors import UnknownKind
from aoxanh.sheets.reading.layout import LAYOUTS, Layout

Parameters = dict[str, Any]
STAGED = "sheet_rows"


@dataclass(frozen=True)
class Kind:
    """One kind of list. `more` returns further parameters that `compare` and `store` need.

    `listed` yields the rows of some communes for an actor, each beginning with its place's code; where the list comes with this
    room it is None.
    """

    name: str
    title: Any
    edit: Permission
    read: Permission | None
    compare: Callable[[str], str]
    store: Callable[..., None]
    more: Callable[[str, Parameters], Parameters]
    listed: Callable[[Actor, list[str]], Iterator[list[Any]]] | None = None

    @property
    def layout(self) -> Layout:
        return LAYOUTS[self.name]


def nothing_more(_staged: str, _parameters: Parameters) -> Parameters:
    """Return no further parameters."""
    return {}


def _store_traits(*, staged: str, parameters: Parameters, by: Actor) -> None:
    rosters.require_reach(by, Permission.TRAIT_EDIT, staged, "place", parameters)
    chain = rosters.chain_of_list(staged, "place", parameters)
    trait_lists.store_traits(staged=staged, parameters=parameters, chain=chain, by=str(by))


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "volunteers", _("Volunteers"), Permission.VOLUNTEER_EDIT, Permission.VOLUNTEER_READ,
            rosters.compare_volunteers, rosters.store_volunteers, nothing_more,
        ),
        Kind(
            "teams", _("Teams"), Permission.TEAM_EDIT, Permission.TEAM_READ,
            team_rosters.compare_teams, team_rosters.store_teams, team_rosters.team_parameters,
        ),
        Kind(
            "memberships", _("Who belongs to which team"), Permission.TEAM_EDIT, Permission.VOLUNTEER_READ,
            team_rosters.compare_memberships, team_rosters.store_memberships, team_rosters.team_parameters,
        ),
        Kind(
            "traits", _("Traits of places"), Permission.TRAIT_EDIT, None,
            trait_lists.compare_traits, _store_traits, nothing_more,
        ),
    )
}  # fmt: skip


def register(kind: Kind) -> None:
    """Take in a kind whose rows an upper room stores; called once, when that room is made ready."""
    KINDS[kind.name] = kind


def kind_named(name: str) -> Kind:
    """Return the kind of list. Raises UnknownKind."""
    if name not in KINDS:
        raise UnknownKind(field="kind")
    return KINDS[name]


def kinds_imported_by(actor: Actor) -> list[Kind]:
    """Return the kinds that the actor may send in, somewhere."""
    return [kind for kind in KINDS.values() if places_reached(actor, kind.edit) != []]


def kinds_exported_by(actor: Actor) -> list[Kind]:
    """Return the kinds that the actor may take out: the traits, which are public, only together with another."""
    readable = [
        kind for kind in KINDS.values() if kind.read is not None and places_reached(actor, kind.read) != []
    ]
    return [*readable, KINDS["traits"]] if readable else []


def staging_table(kind: Kind) -> str:
    """Return the statement that makes the table of an import's rows, which lives as long as its transaction."""
    values = ", ".join(f"{name} text NOT NULL" for name in kind.layout.stored)
    return (
        f"CREATE TEMPORARY TABLE {STAGED} (number integer NOT NULL, target uuid NOT NULL, verdict text NOT NULL DEFAULT 'new', {values})"
        " ON COMMIT DROP"
    )
