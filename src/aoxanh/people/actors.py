"""Actor: whoever does something, with the roles held at that moment and the places they reach."""

from dataclasses import dataclass, field
from typing import Literal
from uuid import UUID

from aoxanh.kernel.scope import NATION, Scope
from aoxanh.people.models import Role


@dataclass(frozen=True, slots=True)
class Grant:
    """One role held at one place today."""

    role: Role
    place_code: str
    level: Literal["nation", "province", "commune"]

    def reaches(self, place_code: str, parent_code: str | None) -> bool:
        """Tell whether a place (with its province, if it is a commune) lies within this grant."""
        return self.level == "nation" or self.place_code in (place_code, parent_code)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself, about to do something.

    `teams` are the teams the person belongs to today, `leads` those they lead or co-lead; both by id. `team_communes` also
    holds those of teams left in the last 60 days, so that late work passes. Anonymous people have no grants.
    """

    name: str
    account_id: UUID | None = None
    volunteer_id: UUID | None = None
    grants: tuple[Grant, ...] = ()
    teams: frozenset[UUID] = frozenset()
    leads: frozenset[UUID] = frozenset()
    team_communes: frozenset[str] = frozenset()
    is_system: bool = False
    is_minor: bool = field(default=False)

    def __str__(self) -> str:
        """Return the actor as the audit shows it: account id and roles, never a name."""
        if self.is_system:
            return f"system:{self.name}"
        roles = ",".join(sorted(f"{grant.role}@{grant.place_code}" for grant in self.grants))
        return f"account:{self.account_id} {roles}".strip()

    @property
    def scope(self) -> Scope:
        """The widest set of rows this actor could have a reason to touch."""
        if self.is_system or any(grant.level == "nation" for grant in self.grants):
            return NATION
        return Scope(
            provinces=frozenset(grant.place_code for grant in self.grants if grant.level == "province"),
            communes=frozenset(grant.place_code for grant in self.grants if grant.level == "commune")
            | self.team_communes,
            account=str(self.account_id or ""),
        )

    def has_role(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)


ANONYMOUS = Actor(name="anonymous")


def system(name: str) -> Actor:
    """Return the actor for a job or a command of ours, which reaches the nation and is audited under its own name."""
    return Actor(name=name, is_system=True)
