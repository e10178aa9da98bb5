"""Material: what somebody needs to copy an initiative, as a text, a link or a small file."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.initiatives.models.initiatives import Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7


class Material(models.Model):
    """A script, a link, a document (PDF) or a sound clip of an initiative; of whoever is heard the consent is noted."""

    class Form(models.TextChoices):
        TEXT = "text", _("text or script")
        LINK = "link", _("link")
        PDF = "pdf", _("document (PDF)")
        SOUND = "sound", _("sound clip")

    id = models.UUIDField(primary_key=True, default=uuid7)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="materials")
    form = models.CharField(max_length=8, choices=Form)
    title = models.CharField(max_length=120, db_comment="Checked for personal data")
    text = models.CharField(max_length=4000, default="", blank=True, db_comment="Checked for personal data")
    link = models.CharField(max_length=300, default="", blank=True)
    content = models.BinaryField(
        null=True, db_comment="A file of at most 1,000,000 bytes, of a type that its first bytes show"
    )
    content_type = models.CharField(max_length=40, default="", blank=True)
    consent = models.CharField(
        max_length=200,
        default="",
        blank=True,
        db_comment="How whoever is heard agreed; of the paper, never a name",
    )
    looked_through = models.BooleanField(
        default=False, db_comment="Who added the file says that it shows nobody's data"
    )
    made_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        internal="id initiative form title text link content content_type consent looked_through made_at"
    )

    class Meta:
        ordering = ["made_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=["text", "link"], content=None)
                | Q(form__in=["pdf", "sound"], content__isnull=False, looked_through=True),
                name="material_content",
            ),
            models.CheckConstraint(condition=~Q(form="sound") | ~Q(consent=""), name="material_consent"),
        ]

    @property
    def size(self) -> int:
        return len(self.content or b"")
