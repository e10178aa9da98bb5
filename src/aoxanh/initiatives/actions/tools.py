"""What the tools of the named models record: classes, loudspeaker rounds, joint duties, and phrase cards with voices."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from aoxanh.audit import actions as audit
from aoxanh.initiatives.actions.adoptions import running
from aoxanh.initiatives.errors import ConsentMissing, UnfitCount, UnfitInitiative, UnknownInitiative
from aoxanh.initiatives.files import MOST_PHRASE, read_file
from aoxanh.initiatives.kinds import Kind
from aoxanh.initiatives.life import may_touch
from aoxanh.initiatives.loudspeaker import is_sayable, seconds_of
from aoxanh.initiatives.models import Adoption, ClassMeeting, JointDuty, OutreachRun, PhraseCard
from aoxanh.initiatives.words import fit
from aoxanh.kernel import clock
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import Permission, require
from aoxanh.places import queries as places
from aoxanh.places.models import Place

MOST_COUNT = 5000
LATER = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A class: when, where, on which task, and how many could do it."""

    day: date
    task: str
    minutes: int
    learners: int
    could_before: int
    could_after: int
    spot: str = ""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A loudspeaker round."""

    day: date
    route: str
    language: str
    script: str
    minutes: int


@dataclass(frozen=True, slots=True)
class DutyFacts:
    """A joint duty of two organisations; `waited` is how many minutes people waited, where it was noted."""

    day: date
    half: str
    volunteers: int
    police: int
    waited: int | None = None


@dataclass(frozen=True, slots=True)
class PhraseFacts:
    """A phrase card as it is given; a voice comes with how whoever speaks agreed."""

    commune: Place
    language: str
    text_vi: str
    text: str = ""
    sound: Iterable[bytes] | None = None
    consent: str = ""


@transaction.atomic
def record_meeting(*, adoption: Adoption, facts: MeetingFacts, by: Actor) -> ClassMeeting:
    """Record a class. Raises UnfitCount, UnfitInitiative, PersonalData or AdoptionStopped."""
    row = _of_kind(adoption, by, Kind.LITERACY, facts.day)
    learners, able = _count(facts.learners, "learners"), (facts.could_before, facts.could_after)
    if learners == 0 or min(able) < 0 or max(able) > learners:
        raise UnfitCount(field="learners", reason=_("more people could do it than came"))
    if facts.task not in ClassMeeting.Task.values:
        raise UnfitInitiative(field="task", reason=_("choose a task from the list"))
    meeting = ClassMeeting.objects.create(
        adoption=row, commune=row.commune, day=facts.day, spot=fit(facts.spot, "spot", 120), task=facts.task,
        minutes=_count(facts.minutes, "minutes"), learners=learners, could_before=able[0], could_after=able[1],
    )  # fmt: skip
    _record(row.commune_id, by, action="initiatives.class.recorded", subject=f"adoption:{row.id}")
    return meeting


@transaction.atomic
def record_later(*, meeting: ClassMeeting, asked: int, could: int, by: Actor) -> ClassMeeting:
    """Say how many learners were asked 30 days later and how many could still do the task. Raises UnfitCount."""
    rows = ClassMeeting.objects.select_for_update(of=("self",)).select_related("commune")
    row = rows.get(id=meeting.id)
    _may_record(by, row.commune)
    if clock.today() < row.day + LATER:
        raise UnfitCount(field="asked_later", reason=_("thirty days are not over yet"))
    if not 0 <= could <= asked <= row.learners:
        raise UnfitCount(
            field="asked_later", reason=_("more people were asked than came, or could do it than were asked")
        )
    row.asked_later, row.could_later = asked, could
    row.save(update_fields=["asked_later", "could_later"])
    _record(row.commune_id, by, action="initiatives.class.asked_later", subject=f"class:{row.id}")
    return row


@transaction.atomic
def record_run(*, adoption: Adoption, facts: RunFacts, by: Actor) -> OutreachRun:
    """Record a loudspeaker round. Raises UnfitInitiative for a script that takes less than 60 or more than 90 seconds, or PersonalData."""
    row = _of_kind(adoption, by, Kind.LOUDSPEAKER, facts.day)
    said = fit(facts.script, "script", 1500, needed=True, lines=True)
    if not is_sayable(said):
        reason = _("it takes {seconds} seconds to say; people listen for 60 to 90").format(
            seconds=seconds_of(said)
        )
        raise UnfitInitiative(field="script", reason=reason)
    run = OutreachRun.objects.create(
        adoption=row, commune=row.commune, day=facts.day, route=fit(facts.route, "route", 300, needed=True),
        language_id=_language(facts.language), script=said, seconds=seconds_of(said), minutes=_count(facts.minutes, "minutes"),
    )  # fmt: skip
    _record(row.commune_id, by, action="initiatives.outreach.recorded", subject=f"adoption:{row.id}")
    return run


@transaction.atomic
def record_came(*, run: OutreachRun, came: int, by: Actor) -> OutreachRun:
    """Say how many people came to the point within seven days and named the loudspeaker. Raises UnfitCount."""
    row = OutreachRun.objects.select_for_update(of=("self",)).select_related("commune").get(id=run.id)
    _may_record(by, row.commune)
    row.came = _count(came, "came")
    row.save(update_fields=["came"])
    _record(row.commune_id, by, action="initiatives.outreach.counted", subject=f"outreach:{row.id}")
    return row


@transaction.atomic
def record_duty(*, adoption: Adoption, facts: DutyFacts, by: Actor) -> JointDuty:
    """Record a joint duty of volunteers and police. Raises UnfitCount unless both were there; activations are the police's to count."""
    row = _of_kind(adoption, by, Kind.JOINT_DUTY, facts.day)
    if facts.half not in JointDuty.Half.values:
        raise UnfitInitiative(field="half", reason=_("choose morning or afternoon"))
    if _count(facts.volunteers, "volunteers") < 1 or _count(facts.police, "police") < 1:
        raise UnfitCount(field="police", reason=_("both volunteers and police must have been there"))
    waited = None if facts.waited is None else _count(facts.waited, "waited")
    try:
        with transaction.atomic():
            duty = JointDuty.objects.create(
                adoption=row, commune=row.commune, day=facts.day, half=facts.half, volunteers=facts.volunteers,
                police=facts.police, waited=waited,
            )  # fmt: skip
    except IntegrityError:
        raise UnfitCount(field="day", reason=_("this half day is recorded already")) from None
    _record(row.commune_id, by, action="initiatives.duty.recorded", subject=f"adoption:{row.id}")
    return duty


@transaction.atomic
def count_activations(*, duty_id: UUID, activations: int, by: Actor) -> JointDuty:
    """Say how many VNeID level-2 identities the police activated on a joint duty; only the police of the commune can.

    Raises UnknownInitiative or UnfitCount.
    """
    row = (
        JointDuty.objects.select_for_update(of=("self",)).select_related("commune").filter(id=duty_id).first()
    )
    if row is None:
        raise UnknownInitiative
    require(by, Permission.ACTIVATION_COUNT, row.commune)
    row.activations, row.counted_at = _count(activations, "activations"), clock.now()
    row.save(update_fields=["activations", "counted_at"])
    _record(row.commune_id, by, action="initiatives.duty.counted", subject=f"duty:{row.id}")
    return row


@transaction.atomic
def add_phrase(*, facts: PhraseFacts, by: Actor) -> PhraseCard:
    """Add a phrase card for everybody who helps in a language. Raises UnfitInitiative, UnfitFile, ConsentMissing or PersonalData."""
    _may_record(by, facts.commune)
    card = PhraseCard(
        commune=facts.commune,
        language_id=_language(facts.language),
        text_vi=fit(facts.text_vi, "text_vi", 300, needed=True),
        text=fit(facts.text, "text", 400),
        consent=fit(facts.consent, "consent", 200),
    )
    if facts.sound is not None:
        if not card.consent:
            raise ConsentMissing(field="consent")
        card.sound, card.sound_type = read_file(facts.sound, most=MOST_PHRASE, sound_only=True)
    elif not card.text:
        raise UnfitInitiative(field="text", reason=_("write the sentence in the language, or add a voice"))
    card.save(force_insert=True)
    _record(card.commune_id, by, action="initiatives.phrase.added", subject=f"phrase:{card.id}")
    return card


@transaction.atomic
def withdraw_phrase(*, card: PhraseCard, by: Actor) -> PhraseCard:
    """Take a phrase card back, with its voice; repeating it changes nothing."""
    row = PhraseCard.objects.select_for_update(of=("self",)).select_related("commune").get(id=card.id)
    _may_record(by, row.commune)
    if row.withdrawn_at is None:
        row.withdrawn_at, row.sound, row.sound_type = clock.now(), None, ""
        row.text = row.text or row.text_vi
        row.save(update_fields=["withdrawn_at", "sound", "sound_type", "text"])
        _record(row.commune_id, by, action="initiatives.phrase.withdrawn", subject=f"phrase:{row.id}")
    return row


def _of_kind(adoption: Adoption, by: Actor, kind: Kind, day: date) -> Adoption:
    row = running(adoption, by, Permission.ADOPTION_RECORD)
    if row.initiative.kind != kind:
        raise UnfitInitiative(field="kind", reason=_("this tool belongs to another kind of model"))
    if not row.first_day <= day <= clock.today():
        raise UnfitInitiative(field="day", reason=_("it lies before the copy began or after today"))
    return row


def _may_record(by: Actor, commune: Place) -> None:
    if not may_touch(by, Permission.ADOPTION_RECORD, commune):
        raise NotAllowed


def _language(code: str) -> str:
    if code not in places.known_languages():
        raise UnfitInitiative(field="language", reason=_("choose a language from the list"))
    return code


def _count(value: int, field: str) -> int:
    if not 0 <= value <= MOST_COUNT:
        raise UnfitCount(field=field, reason=_("the number is out of bounds"))
    return value


def _record(chain: str, by: Actor, *, action: str, subject: str) -> None:
    audit.record(chain=chain, actor=str(by), action=action, subject=subject)
