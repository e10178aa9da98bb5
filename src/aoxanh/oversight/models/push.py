"""PushSubscription: a browser in which somebody wants to be told."""

from django.db import models

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.people.models import Account


class PushSubscription(models.Model):
    """A browser in which somebody wants to be told that tasks wait; its owner's alone, gone when they sign out there."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    endpoint = models.CharField(
        max_length=1000,
        db_comment="Where its push service takes messages for it; whoever knows it is believed",
    )
    public_key = models.CharField(
        max_length=88, db_comment="P-256 point in base64url; only the browser can read what is sealed for it"
    )
    auth = models.CharField(max_length=24, db_comment="16 bytes in base64url, known to the browser and us")
    server_key = models.CharField(
        max_length=16, db_comment="Mark of the site's key that the browser agreed to"
    )
    label = models.CharField(
        max_length=40, default="", db_comment="Browser and system, to recognise it in a list"
    )
    made_at = models.DateTimeField(default=clock.now)
    last_success_at = models.DateTimeField(null=True)
    refusals = models.PositiveSmallIntegerField(
        default=0, db_comment="How often in a row its push service refused"
    )

    privacy = Privacy(
        internal="id server_key made_at last_success_at refusals",
        personal="account label",
        secret="endpoint public_key auth",
        keep="P12M",
        closed="last_success_at made_at",
        person="account",
        holds=False,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["endpoint"], name="pushsubscription_endpoint_once")]
