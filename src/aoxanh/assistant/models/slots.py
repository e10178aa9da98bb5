"""What can be asked about a procedure, as people read it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SlotName(TextChoices):
    """The slots of `replies.Slot` with their names; a test holds the two together."""

    FEE = "fee", _("how much it costs")
    TIME = "time", _("how long it takes")
    PLACE = "place", _("where to hand it in")
    PAPERS = "papers", _("which papers are needed")
    ONLINE = "online", _("whether it can be done online")
    STEPS = "steps", _("how it is done")
    WHO = "who", _("who decides it")
    LEGAL = "legal", _("which law it follows")
