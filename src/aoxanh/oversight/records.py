"""One volunteer's own record: certificates, training, practice, consent, duty, work, and what to learn next. Never set beside anybody else's."""

from dataclasses import dataclass
from datetime import date, timedelta

from aoxanh.desk.own_queries import Tally, tally_of
from aoxanh.kernel import clock
from aoxanh.people import consent_queries
from aoxanh.people.actors import Actor
from aoxanh.people.models import GuardianConsent, Volunteer
from aoxanh.staffing.duty_queries import Served, served_by
from aoxanh.training import practice_queries as practice
from aoxanh.training import queries as training
from aoxanh.training.attended_queries import Attended, attended_by
from aoxanh.training.models import Certificate
from aoxanh.training.next_steps import Step, next_steps

DAYS = 90


@dataclass(frozen=True)
class Record:
    """What the record of a volunteer shows; work and duty of the days since `first`."""

    volunteer: Volunteer
    first: date
    certificates: list[Certificate]
    attended: list[Attended]
    seen: list[practice.Seen]
    consents: list[GuardianConsent]
    lacks_consent: bool
    duty: Served
    tally: Tally
    steps: list[Step]


def record_of(volunteer: Volunteer, by: Actor) -> Record:
    """Return the record of a volunteer whom the caller has shown to be theirs to see."""
    last = clock.today()
    first = last - timedelta(days=DAYS)
    observations = practice.observations_of(volunteer)
    tally = tally_of(by, volunteer.id, first, last)
    return Record(
        volunteer=volunteer,
        first=first,
        certificates=list(training.certificates_of(volunteer)),
        attended=attended_by(volunteer, is_own=by.volunteer_id == volunteer.id),
        seen=practice.shown(observations),
        consents=list(consent_queries.consents_of(volunteer)),
        lacks_consent=consent_queries.lacks_consent(volunteer),
        duty=served_by(volunteer.id, first, last),
        tally=tally,
        steps=next_steps(
            met=tally.obstacles,
            sessions=tally.helps,
            unmet=practice.unmet(observations),
            courses=training.courses(),
        ),
    )
