"""The kinds of creative models: the five named ones, which have tools of their own, and those that the press tells of."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an initiative is in the main; chosen by whoever proposes it."""

    ONE_TO_ONE = "one_to_one", _("one to one")
    INTERPRETER = "interpreter", _("technology interpreter")
    LITERACY = "literacy", _("digital literacy classes")
    LOUDSPEAKER = "loudspeaker", _("loudspeaker outreach")
    JOINT_DUTY = "joint_duty", _("youth and police in pairs")
    RAPID_TEAM = "rapid_team", _("technology rescue team")
    DOOR_TO_DOOR = "door_to_door", _("from door to door")
    MOBILE_CENTRE = "mobile_centre", _("mobile service centre")
    SATURDAY = "saturday", _("volunteer Saturday")
    AREA_BRANCH = "area_branch", _("a Union branch for each area")
    IT_STUDENTS = "it_students", _("mobile team of IT students")
    TECH_CLINIC = "tech_clinic", _("technology clinic")
    PEAK_DAYS = "peak_days", _("peak days")
    HANDBOOK = "handbook", _("handbooks, infographics and QR codes")
    OTHER = "other", _("another kind")


# The five that the campaign names; each has a tool of its own.
NAMED = (Kind.ONE_TO_ONE, Kind.INTERPRETER, Kind.LITERACY, Kind.LOUDSPEAKER, Kind.JOINT_DUTY)


class Helper(models.TextChoices):
    """Who took part, as roles; never names."""

    VOLUNTEERS = "volunteers", _("volunteers")
    LEADERS = "leaders", _("team leaders")
    OFFICIALS = "officials", _("officials")
    POLICE = "police", _("commune police")
    TEACHERS = "teachers", _("teachers and students")
    VILLAGE = "village", _("village heads and respected elders")
