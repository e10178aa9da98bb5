"""The places at which a team's posters hang, each with a short key for its address; a key that is none of them means nothing."""

import hashlib
from datetime import timedelta

from aoxanh.kernel import clock
from aoxanh.kernel.scope import Scope, scope
from aoxanh.people.models import Team
from aoxanh.staffing.duty_queries import places_of_team

BACK_DAYS, MOST = 120, 60


def poster_places(team: Team) -> list[tuple[str, str]]:
    """Return (key, name) of each place where the team's published shifts of late and to come are, as far as the caller reaches."""
    since = clock.today() - timedelta(days=BACK_DAYS)
    names = places_of_team(team.id, team.commune_id, since)[:MOST]
    return [(_key(team, name), name) for name in names]


def place_behind(team: Team, key: str) -> str:
    """Return the name of the place that a poster's key stands for, or "" where the team has no such place any more."""
    if not key:
        return ""
    # Whoever scans a poster reaches nothing; the names lie in the team's commune.
    with scope(Scope(communes=frozenset({team.commune_id}))):
        return dict(poster_places(team)).get(key, "")


def _key(team: Team, name: str) -> str:
    return hashlib.sha256(f"{team.id} {name}".encode()).hexdigest()[:8]
