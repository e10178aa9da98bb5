"""Who may draft, and drafting: a read that stores nothing. Volunteers need the certificate of the third skill group."""

from aoxanh.assistant import language_model
from aoxanh.assistant.errors import NotCertifiedToDraft, UnfitDraft
from aoxanh.assistant.llm.draft import Draft, Order
from aoxanh.assistant.llm.drafts import draft
from aoxanh.kernel import clock
from aoxanh.people import queries as people
from aoxanh.people.actors import Actor
from aoxanh.people.errors import NotAllowed
from aoxanh.people.permissions import TABLE, Permission
from aoxanh.privacy.queries import check_text
from aoxanh.training import certificate_queries as certificates
from aoxanh.training import queries as training

GROUP = "ai"
_OFFICERS = tuple(
    role
    for (permission, role), reach in TABLE.items()
    if permission == Permission.DRAFT_MAKE and reach == "place"
)


def may_draft(by: Actor) -> bool:
    """Tell whether somebody's role may draft at all, with a certificate or without."""
    return by.is_system or any(
        TABLE.get((Permission.DRAFT_MAKE, grant.role)) is not None for grant in by.grants
    )


def missing_certificate(by: Actor) -> str:
    """Return the name of the skill group whose certificate a volunteer lacks today, or "" for who may draft."""
    if by.is_system or by.has_role(*_OFFICERS):
        return ""
    home = people.home_of(by.volunteer_id) if by.volunteer_id else None
    if by.volunteer_id and home:
        standing = certificates.standing([by.volunteer_id], [home.code])
        if standing.may(by.volunteer_id, GROUP, clock.today(), home.code):
            return ""
    return next((str(group) for group in training.skill_groups() if group.code == GROUP), GROUP)


def make_draft(order: Order, *, by: Actor) -> Draft:
    """Return a draft of cards or of what somebody wrote down, in easier words where a model is on and its claims hold.

    Raises NotAllowed, NotCertifiedToDraft, UnfitDraft, or PersonalData for what must not be written down.
    """
    if not may_draft(by):
        raise NotAllowed
    if missing := missing_certificate(by):
        raise NotCertifiedToDraft(group=missing)
    if not order.is_fit:
        raise UnfitDraft(field="texts" if not order.cards else "cards")
    for text in order.texts:
        check_text(text, "texts")
    return draft(order, language_model.wording() if language_model.is_on() else None)
