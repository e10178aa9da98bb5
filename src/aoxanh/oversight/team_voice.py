"""What citizens say of a team, as whoever leads it may know it: tallies with intervals, and words that do not tell who spoke."""

from dataclasses import dataclass

from aoxanh.oversight.feedback_queries import Tally, counted_since, tallied
from aoxanh.oversight.intervals import Share, share
from aoxanh.oversight.models import Feedback
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Team
from aoxanh.people.permissions import Permission, may

LEAST_HEARD, MOST_REMARKS = 5, 30
"""Of fewer people a leader reads no words: too easily they could tell who spoke."""


@dataclass(frozen=True, slots=True)
class OwnTeam:
    """A team with its tally (None while nobody spoke), the share that waited under 15 minutes, and what was said in words."""

    team: Team
    tally: Tally | None
    short: Share
    remarks: list[str]

    @property
    def is_too_few(self) -> bool:
        """Whether words are kept back because few people spoke."""
        return self.tally is not None and self.tally.said < LEAST_HEARD


def own_teams(actor: Actor) -> list[OwnTeam]:
    """Return what was said within the last 30 days of each team that the actor leads. Raises NotAllowed for who leads none.

    Complaints are counted only: their words are for whoever answers, who is not of the team. Other words come without their
    day, in an order that does not tell it, and only when at least five people spoke.
    """
    led = [
        team
        for team in people.teams_visible_to(actor).filter(id__in=actor.leads)
        if may(actor, Permission.FEEDBACK_READ, team.commune, team_id=team.id)
    ]
    if not led:
        raise NotAllowed
    return [_own(team) for team in led]


def _own(team: Team) -> OwnTeam:
    rows = Feedback.objects.filter(commune=team.commune_id, team=team, made_at__gte=counted_since())
    tally = next(iter(tallied(rows)), None)
    said = tally.said if tally else 0
    words = rows.filter(is_complaint=False).exclude(text="").order_by("-made_at")
    remarks = sorted(words.values_list("text", flat=True)[:MOST_REMARKS]) if said >= LEAST_HEARD else []
    short = rows.filter(waited=Feedback.Waited.SHORT).count()
    return OwnTeam(team, tally, share(short, said), remarks)
