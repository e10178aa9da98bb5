"""Procedure and its dated versions; Guide, the same for VNeID problems and other help that is no procedure."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aoxanh.kernel import clock
from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7
from aoxanh.places.models import Place


class ProcedureGroup(models.TextChoices):
    """The groups that boards count by."""

    HO_TICH = "ho_tich", _("civil status")
    CHUNG_THUC = "chung_thuc", _("certification")
    CU_TRU = "cu_tru", _("residence")
    CAN_CUOC = "can_cuoc", _("identity and police services")
    XA_HOI = "xa_hoi", _("social assistance")
    BHXH_THUE_KD = "bhxh_thue_kd", _("insurance, tax and household business")
    DAT_DAI_XAY_DUNG = "dat_dai_xay_dung", _("land and building")
    GIAO_DUC_KHAC = "giao_duc_khac", _("education and others")


class Procedure(models.Model):
    """A public-service procedure, by its national code (or our own "x." code where none is known)."""

    code = models.CharField(primary_key=True, max_length=20)
    group = models.CharField(max_length=20, choices=ProcedureGroup)
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    privacy = Privacy(public="code group superseded_by")

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """One version of a procedure's card, for the nation or for one province."""

    class Confidence(models.TextChoices):
        HIGH = "high", _("checked against the portal")
        MEDIUM = "medium", _("to be confirmed")

    id = models.UUIDField(primary_key=True, default=uuid7)
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(db_comment="1, 2, 3 ... within the procedure")
    province = models.ForeignKey(
        Place,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_comment="Null for the national card",
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True, db_comment="First day it no longer holds")
    name_vi = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300)
    card = models.JSONField(db_comment="The guided card; shape in procedures/card.py")
    confidence = models.CharField(max_length=6, choices=Confidence)
    source = models.CharField(max_length=500)
    checked_by = models.CharField(
        max_length=120, default="", db_comment="Who read it against the law, as text"
    )
    checked_on = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(
        public="id procedure number province valid_from valid_to name_vi name_en card confidence source checked_by checked_on published_at"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedureversion_number"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=models.F("valid_from")),
                name="procedureversion_dates",
            ),
        ]
        indexes = [models.Index(fields=["published_at"], name="procedureversion_published")]


class Guide(models.Model):
    """Help that is no procedure: VNeID levels and problems, what a volunteer may and must never do, scams."""

    key = models.CharField(primary_key=True, max_length=60)
    number = models.PositiveIntegerField(default=1, db_comment="Version")
    body = models.JSONField()
    published_at = models.DateTimeField(default=clock.now)

    privacy = Privacy(public="key number body published_at")
