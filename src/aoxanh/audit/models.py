"""AuditEntry, one line of a chain, and AuditHead, where each chain ends."""

from django.db import models

from aoxanh.kernel.classification import Privacy


class AuditEntry(models.Model):
    """One thing done or read, as text: no foreign keys, so that the story outlives what it tells of."""

    pk = models.CompositePrimaryKey("chain", "number")
    chain = models.CharField(max_length=5, db_comment="Place code whose chain this belongs to, or VN")
    number = models.BigIntegerField(db_comment="1, 2, 3 ... within the chain, without gaps")
    at = models.DateTimeField(db_comment="Server time of the action")
    actor = models.CharField(max_length=200, db_comment="Account id and roles at that time, as text")
    action = models.CharField(max_length=60, db_comment="Stable name, e.g. desk.session.accepted")
    subject = models.CharField(max_length=200, db_comment="What it was done to, as text")
    details = models.TextField(default="", db_comment="Canonical JSON; never personal data of a citizen")
    previous = models.CharField(max_length=64, db_comment="Hash of the entry before; zeros for the first")
    hash = models.CharField(max_length=64, db_comment="SHA-256 over previous and this entry's fields")

    privacy = Privacy(
        internal="chain number at action subject details previous hash",
        personal="actor",
        keep="P24M",
        closed="at",
    )

    class Meta:
        verbose_name = "audit entry"
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["action", "at"], name="audit_entry_action"),
        ]


class AuditHead(models.Model):
    """The last number and hash of a chain; its row lock orders the writers of one chain."""

    chain = models.CharField(primary_key=True, max_length=5)
    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    privacy = Privacy(internal="chain number hash")

    class Meta:
        verbose_name = "audit head"
