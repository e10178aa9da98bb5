"""What every figure on a board counts, in one sentence each; shown beside the figure and in the API."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

_PHONES = _(
    "Support sessions that volunteers recorded on their phones and that have been synced; corrected ones count once, withdrawn ones not at all."
)
_ROSTER = _("The list of teams and members kept by communes.")


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure's name, its unit, the one sentence that says what it counts, and where it comes from."""

    key: str
    name: Any
    unit: Any
    counts: Any
    source: Any = _PHONES


_ALL = (
    Definition(
        "sessions",
        _("Support sessions"),
        _("sessions"),
        _(
            "Each time a volunteer helped one citizen with a procedure or with VNeID and recorded it, whatever the outcome."
        ),
    ),
    Definition(
        "confirmed",
        _("Confirmed by citizens"),
        _("% of sessions"),
        _(
            "Of the sessions whose citizen was given a code, the share that the citizens have confirmed, weighted by the channel; no answer counts as not confirmed. The range says how far chance alone could move it (95%)."
        ),
        _("Citizens’ answers by QR, slip or telephone, without names."),
    ),
    Definition(
        "checked",
        _("Found right when checked"),
        _("% of checks"),
        _(
            "Of the sessions that a second person judged by a blind review, on a visit or as a test visitor, the share found right; what could not be told counts neither way. The range says how far chance alone could move it (95%)."
        ),
        _("Blind reviews of drawn files, visits of supervisors and test visitors."),
    ),
    Definition(
        "first_time_right",
        _("Right the first time"),
        _("% of sessions"),
        _(
            "Of the sessions with a code that ended 30 days ago or earlier, the share whose dossier was not returned and whose citizen did not have to come back within 30 days, as noted by the code; what comes back without its code is not seen. The range says how far chance alone could move it (95%)."
        ),
        _("Returned cases that officials note by the citizen’s code, without names."),
    ),
    Definition(
        "volunteers",
        _("Volunteers in teams"),
        _("people"),
        _(
            "Members of the teams that are active on the last day shown; whoever belongs to two teams counts in both."
        ),
        _ROSTER,
    ),
    Definition(
        "teams",
        _("Teams"),
        _("teams"),
        _("Teams that are active on the last day shown, whether or not they recorded work."),
        _ROSTER,
    ),
    Definition(
        "volunteer_days",
        _("Volunteer days"),
        _("days"),
        _(
            "Each volunteer who recorded any work counts once per day and team; days without a record do not count."
        ),
    ),
    Definition(
        "communes_active",
        _("Communes with sessions"),
        _("communes"),
        _(
            "Communes, wards and special zones in which at least one support session took place in the days shown."
        ),
    ),
    Definition(
        "minutes",
        _("Hours of help"),
        _("hours"),
        _("The minutes volunteers noted for all their work, added up and shown as hours."),
    ),
    Definition(
        "finished",
        _("Finished"),
        _("% of sessions"),
        _("Sessions in which the citizen's errand was done on the spot, as a share of all support sessions."),
    ),
    Definition(
        "handed_over",
        _("Handed over"),
        _("% of sessions"),
        _("Sessions that the volunteer passed to an official, as a share of all support sessions."),
    ),
    Definition(
        "obstructed",
        _("With an obstacle"),
        _("% of sessions"),
        _(
            "Sessions in which the volunteer noted that something stood in the way, as a share of all support sessions."
        ),
    ),
    Definition(
        "refusals",
        _("Requests rightly refused"),
        _("sessions"),
        _(
            "Sessions in which a volunteer was asked for something forbidden, such as taking a one-time code, and refused."
        ),
    ),
    Definition(
        "files_digitise",
        _("Files digitised"),
        _("files"),
        _("Paper files that volunteers scanned or entered for the commune, as they counted them."),
    ),
    Definition(
        "people_id_sync",
        _("ID data synced"),
        _("people"),
        _(
            "People whose electronic identity data were synced with a volunteer's help, as the volunteers counted them."
        ),
    ),
    Definition(
        "people_outreach",
        _("Reached by outreach"),
        _("people"),
        _(
            "People present at outreach events, as the volunteers counted them; one person may be reached twice."
        ),
    ),
    Definition(
        "people_class",
        _("Learners in classes"),
        _("people"),
        _("People present at digital literacy classes, counted at each class."),
    ),
    Definition(
        "other_language",
        _("In another language"),
        _("sessions"),
        _("Support sessions held in a language other than Vietnamese."),
    ),
    Definition(
        "old_age",
        _("With people of 60 and over"),
        _("sessions"),
        _(
            "Support sessions with somebody whom the volunteer took to be 60 or older; nobody is asked for their age."
        ),
    ),
    Definition(
        "change",
        _("Compared with before"),
        "%",
        _(
            "Support sessions compared with the period of equal length just before; a day that is not over counts as far as it has been synced."
        ),
    ),
    Definition(
        "group",
        _("By kind of errand"),
        _("sessions"),
        _(
            "Each support session counts once, in the group of its procedure; VNeID help that is no procedure is a group of its own."
        ),
    ),
    Definition(
        "mode",
        _("By place of help"),
        _("sessions"),
        _("Each support session counts once, where it took place."),
    ),
    Definition(
        "outcome",
        _("By outcome"),
        _("sessions"),
        _("Each support session counts once, by how it ended as last corrected."),
    ),
    Definition(
        "obstacle",
        _("By obstacle"),
        _("sessions"),
        _("Each support session counts once, by the main thing that stood in the way."),
    ),
    Definition(
        "days",
        _("Sessions by day"),
        _("sessions"),
        _(
            "Support sessions by the day on which they took place, not the day they were synced; late syncs still arrive."
        ),
    ),
)
DEFINITIONS = {item.key: item for item in _ALL}
