"""What several of these actions share: the commune somebody serves in, texts that fit, and an answer for each thing sent."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from aoxanh.people.actors import Actor
from aoxanh.places import queries as places
from aoxanh.places.models import Place
from aoxanh.privacy.queries import check_text


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one thing that a phone sent: `accepted`, `already`, or `refused` with a code."""

    id: UUID
    status: str
    code: str = ""


def commune_of(actor: Actor) -> Place | None:
    """Return the commune that the actor serves in: of a team first, else of a role; None for somebody of a wider place."""
    held = sorted(actor.team_communes) or sorted(
        grant.place_code for grant in actor.grants if grant.level == "commune"
    )
    return places.place_by_code(held[0]) if held else None


def take_turns(name: str) -> None:
    """Let one transaction at a time do what has this name, where no row is there yet to be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"assistant {name}"])


def fit(text: str, field: str) -> str:
    """Return a text on one line, checked for personal data. Raises PersonalData or UnreadableText."""
    return check_text(" ".join(text.split()), field)
