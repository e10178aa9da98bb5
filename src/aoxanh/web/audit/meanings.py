"""What each audited action means, in words; a test holds this list to the actions that the rooms write."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from aoxanh.audit.verify import Reason

ACTIONS: dict[str, Any] = {
    "desk.session.accepted": _("A phone handed in recorded work"),
    "desk.session.read": _("Recorded work was read"),
    "desk.return_code.read": _("A return code was looked up"),
    "desk.handover.taken": _("An official took on a hand-over"),
    "desk.handover.settled": _("An official settled a hand-over"),
    "people.account.created": _("An account was made"),
    "people.account.key_issued": _("A sign-in link was given out"),
    "people.account.signed_out": _("A person was signed out everywhere"),
    "people.account.language": _("A person chose another language"),
    "people.device.enrolled": _("A phone was enrolled"),
    "people.device.revoked": _("A phone was revoked"),
    "people.role.granted": _("A role was given"),
    "people.role.revoked": _("A role was taken back"),
    "people.team.created": _("A team was founded"),
    "people.team.joined": _("A volunteer joined a team"),
    "people.team.left": _("A volunteer left a team"),
    "people.team.position_changed": _("A volunteer's position in a team changed"),
    "people.memberships.imported": _("A list of who belongs to which team was stored"),
    "people.teams.imported": _("A list of teams was stored"),
    "people.volunteers.imported": _("A list of volunteers was stored"),
    "people.volunteer.created": _("A volunteer was registered"),
    "people.volunteer.edited": _("A volunteer's facts were corrected"),
    "places.traits.imported": _("A list of traits was stored"),
    "places.load": _("Place data were loaded"),
    "places.change": _("A place changed its name or kind"),
    "procedures.release.loaded": _("Cards and guides of a release were loaded"),
    "procedures.version.published": _("A new version of a card was published"),
    "procedures.version.confirmed": _("A card was confirmed as still right"),
    "procedures.procedure.superseded": _("A procedure was replaced by another"),
    "privacy.person.forgotten": _("A person was forgotten"),
    "privacy.expired": _("Rows whose period was over were let go"),
    "desk.month.dropped": _("A month of sessions whose period was over was let go"),
    "staffing.needs.suggested": _("Needs were counted from the figures"),
    "staffing.needs.imported": _("A list of needs was stored"),
    "staffing.need.corrected": _("A commune's need was corrected"),
    "staffing.needs.confirmed": _("Needs were confirmed"),
    "staffing.assignment.declined": _("A volunteer said no to a task"),
    "staffing.decline.withdrawn": _("A volunteer took a no back"),
    "staffing.run.ordered": _("Rosters of a whole place were ordered"),
    "staffing.checked_in": _("A volunteer's coming or going was noted"),
    "staffing.plan.drafted": _("A plan was ordered"),
    "staffing.plan.made": _("A plan was made"),
    "staffing.plan.edited": _("A plan was edited by hand"),
    "staffing.plan.approved": _("Parts of a plan were approved"),
    "staffing.plan.published": _("A plan was published"),
    "staffing.plan.discarded": _("A plan was discarded"),
    "staffing.roster.ordered": _("A roster was ordered"),
    "staffing.roster.ordered_again": _("A roster was ordered again"),
    "staffing.roster.mend_ordered": _("A mend of a roster was ordered"),
    "staffing.roster.drafted": _("A roster was drafted"),
    "staffing.roster.published": _("A roster was published"),
    "staffing.roster.discarded": _("A roster was discarded"),
    "staffing.shift.added": _("A shift was added"),
    "staffing.shift.changed": _("A shift was changed"),
    "staffing.shift.dropped": _("A shift was dropped"),
    "staffing.seat.given": _("Somebody was put on a shift"),
    "staffing.seat.taken": _("Somebody was taken off a shift"),
    "staffing.seat.signed_up": _("A volunteer signed up for a shift"),
    "staffing.swap.proposed": _("A volunteer asked another to swap"),
    "staffing.swap.accepted": _("Two volunteers swapped"),
    "staffing.absence.recorded": _("A volunteer's absence was noted"),
    "staffing.absence.withdrawn": _("An absence was taken back"),
    "staffing.wish.made": _("A volunteer noted a wish"),
    "staffing.wish.dropped": _("A volunteer dropped a wish"),
    "staffing.feed.made": _("A volunteer made a calendar address"),
    "staffing.feed.ended": _("A volunteer ended a calendar address"),
    "people.consent.recorded": _("A guardian's consent was recorded"),
    "people.consent.withdrawn": _("A guardian's consent was withdrawn"),
    "staffing.consent.ended": _("A minor's seats were freed, for lack of a guardian's consent"),
    "training.practice.observed": _("A volunteer was observed at work"),
    "training.certificate.recorded": _("A certificate was recorded"),
    "training.certificate.revoked": _("A certificate was taken back"),
    "sheets.list.read": _("A list was taken out as a file"),
    "sheets.uploads.expired": _("Uploads that were a day old were let go"),
    "simulation.seeded": _("Simulated work was made for a demonstration"),
}

REASONS: dict[Reason, Any] = {
    "changed": _("its content is not what was written"),
    "missing": _("it is gone, while later entries are there"),
    "swapped": _("what stands there was written under another number"),
    "cut": _("it and everything after it are gone"),
    "rewritten": _("the chain was written anew after its end had been exported"),
    "extra": _("it was added behind the end of the chain"),
    "head": _("it and the end of the chain do not agree; one of them was changed"),
}


def meaning(action: str) -> str:
    """Return the action in words; its stable name where nobody has put it into words."""
    return str(ACTIONS.get(action, action))


def choices() -> list[tuple[str, str]]:
    """Return every action with its words, for the filter."""
    return [(name, str(words)) for name, words in ACTIONS.items()]
