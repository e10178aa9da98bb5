"""CredentialKey and CredentialIndex: what must outlive a certificate so that its signature can be checked."""

from django.db import models
from django.db.models import Q

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.training.models.certificates import Certificate


class CredentialKey(models.Model):
    """The public half of a key that signs or once signed certificates; published until it is withdrawn."""

    thumbprint = models.CharField(primary_key=True, max_length=43, db_comment="RFC 7638, names the key")
    public = models.CharField(max_length=64, db_comment="Ed25519 public key, hexadecimal")
    first_used_at = models.DateTimeField(default=clock.now)
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, db_comment="From then on nothing that it signed is believed"
    )

    privacy = Privacy(public="thumbprint public first_used_at withdrawn_at")

    class Meta:
        ordering = ["first_used_at", "thumbprint"]


class CredentialIndex(models.Model):
    """A certificate's place in the status lists, given when it is first signed and never given again.

    Once the certificate is gone (its person was forgotten), nobody vouches for it: its bit is set like that of one taken back.
    """

    number = models.PositiveIntegerField(primary_key=True)
    certificate = models.OneToOneField(Certificate, models.SET_NULL, null=True, related_name="credential")

    privacy = Privacy(internal="number certificate")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(number__gte=0), name="credential_number")]
