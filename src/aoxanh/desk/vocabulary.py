"""The closed lists of words a support session is told in; the field app, the API and the rollup all read them here."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Activity(models.TextChoices):
    """What kind of work it was."""

    PROCEDURE = "procedure", _("help with a procedure")
    VNEID = "vneid", _("VNeID help")
    DIGITISE = "digitise", _("digitising records")
    ID_SYNC = "id_sync", _("syncing electronic ID data")
    OUTREACH = "outreach", _("outreach")
    CLASS = "class", _("digital literacy class")


COUNTED = (Activity.DIGITISE, Activity.ID_SYNC, Activity.OUTREACH, Activity.CLASS)


class Mode(models.TextChoices):
    """Where the help took place."""

    DESK = "desk", _("at the service centre")
    HOME = "home", _("at home")
    MOBILE = "mobile", _("market or hamlet house")
    REMOTE = "remote", _("by phone")


class Outcome(models.TextChoices):
    """How it ended."""

    FINISHED = "finished", _("finished")
    GUIDED = "guided", _("shown how, citizen goes on alone")
    HANDED_OVER = "handed_over", _("handed over to an official")
    COME_BACK = "come_back", _("must come back")
    STOPPED = "stopped", _("could not be done")


class Obstacle(models.TextChoices):
    """What stood in the way, if anything."""

    NONE = "none", _("none")
    PAPERS = "papers", _("papers missing")
    NO_PHONE = "no_phone", _("no suitable phone")
    NO_SIGNAL = "no_signal", _("no signal or power")
    ACCOUNT = "account", _("VNeID account locked or not activated")
    OTP = "otp", _("one-time code does not arrive")
    DATA = "data", _("data do not match")
    LANGUAGE = "language", _("language")
    PORTAL = "portal", _("portal error")
    OTHER = "other", _("other")


class AgeBand(models.TextChoices):
    """A coarse age band, guessed, never asked."""

    UNKNOWN = "unknown", _("not noted")
    YOUNG = "young", _("under 30")
    MIDDLE = "middle", _("30 to 59")
    OLD = "old", _("60 and over")


class TypedBy(models.TextChoices):
    """Whose hands typed; a volunteer's never do."""

    CITIZEN = "citizen", _("the citizen")
    RELATIVE = "relative", _("a relative")
    OFFICIAL = "official", _("an official")
    NOBODY = "nobody", _("nothing was typed")


class Refused(models.TextChoices):
    """What the volunteer was asked to do and rightly refused."""

    OTP = "otp", _("take a one-time code")
    PASSWORD = "password", _("take or keep a password")
    CARD_PHOTO = "card_photo", _("photograph a card")
    SUBMIT = "submit", _("submit or sign in the citizen's place")
    PAY = "pay", _("pay in the citizen's place")
    DECIDE = "decide", _("say who is eligible")


class HandoverReason(models.TextChoices):
    """Why an official is needed."""

    DECISION = "decision", _("needs an official's decision")
    POLICE = "police", _("needs the commune police")
    IDENTITY = "identity", _("data or account must be corrected")
    UNUSUAL = "unusual", _("unusual case")
    COMPLAINT = "complaint", _("complaint")
