"""Place, its dated versions, the old wards that became it, its traits, and the hamlets of a commune."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import get_language

from aoxanh.kernel.classification import Privacy
from aoxanh.kernel.ids import uuid7


class DateRange(Func):
    """SQL daterange(from, to, '[)'), for exclusion constraints."""

    function = "DATERANGE"
    output_field = models.Field()


_KIND_WORDS = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
}


def full_name(kind: str, name: str) -> str:
    """Return the Vietnamese name of a place with its kind, e.g. "xã Lũng Cú"."""
    return f"{_KIND_WORDS.get(kind, '')} {name}".strip()


class Place(models.Model):
    """The nation ("VN"), a province (two digits) or a commune, ward or special zone (five digits), as it is today."""

    class Level(models.TextChoices):
        NATION = "nation"
        PROVINCE = "province"
        COMMUNE = "commune"

    class Kind(models.TextChoices):
        NATION = "nation"
        PROVINCE = "tinh"
        CITY = "thanh_pho"
        COMMUNE = "xa"
        WARD = "phuong"
        SPECIAL_ZONE = "dac_khu"

    code = models.CharField(primary_key=True, max_length=5, db_comment="Code of the scheme of 2025-07-01")
    level = models.CharField(max_length=8, choices=Level)
    kind = models.CharField(max_length=9, choices=Kind, db_comment="Kind today; history is in placeversion")
    name = models.CharField(max_length=80, db_comment="Name without the kind, NFC, as of today")
    fold = models.CharField(max_length=80, db_index=True, db_comment="Name lower-case without diacritics")
    sort_key = models.CharField(max_length=400, db_index=True, db_comment="ASCII key in Vietnamese order")
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    area_km2 = models.FloatField(null=True)
    latitude = models.FloatField(null=True, db_comment="Representative point, degrees WGS84")
    longitude = models.FloatField(null=True, db_comment="Representative point, degrees WGS84")

    privacy = Privacy(public="code level kind name fold sort_key parent area_km2 latitude longitude")

    class Meta:
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The Vietnamese name with its kind, e.g. "xã Lũng Cú"."""
        return full_name(self.kind, self.name)

    @property
    def address(self) -> str:
        """The name as it is always shown: "xã X, tỉnh Y", since 313 commune names repeat."""
        if self.level == Place.Level.COMMUNE and self.parent is not None:
            return f"{self.full_name}, {self.parent.full_name}"
        return self.full_name


class PlaceVersion(models.Model):
    """What a place was called and of which kind it was between two dates."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.CASCADE, related_name="versions")
    kind = models.CharField(max_length=9, choices=Place.Kind)
    name = models.CharField(max_length=80)
    parent = models.ForeignKey(Place, models.PROTECT, null=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, db_comment="First day it no longer held; null while it holds")
    source = models.CharField(max_length=300, db_comment="Law, decision or data set that says so")

    privacy = Privacy(public="id place kind name parent valid_from valid_to source")

    class Meta:
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=models.F("valid_from")), name="placeversion_dates"
            ),
            ExclusionConstraint(
                name="placeversion_no_overlap",
                expressions=[
                    (models.F("place"), RangeOperators.EQUAL),
                    (DateRange("valid_from", "valid_to", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class LegacyWard(models.Model):
    """One of the 10,035 wards before 1 July 2025, and a place that (part of) it belongs to now."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    old_code = models.CharField(
        max_length=5, db_comment="Code of the old scheme; 1,871 of them now name another unit"
    )
    old_name = models.CharField(max_length=80, db_comment="With its kind, e.g. Phường Trúc Bạch")
    old_district = models.CharField(max_length=80)
    old_province = models.CharField(max_length=80)
    fold = models.CharField(max_length=80, db_index=True, db_comment="Folded old name without its kind")
    fold_district = models.CharField(max_length=80, db_comment="Folded district without its kind")
    fold_province = models.CharField(max_length=80)
    place = models.ForeignKey(Place, models.CASCADE, related_name="legacy_wards")
    is_default = models.BooleanField(db_comment="The usual successor when the ward was divided")
    is_divided = models.BooleanField(db_comment="The old ward went to more than one place")

    privacy = Privacy(
        public="id old_code old_name old_district old_province fold fold_district fold_province place is_default is_divided"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["old_code", "place"], name="legacyward_once")]


class Trait(models.Model):
    """Something true of a place that staffing and boards care about: border, island, remote, a language."""

    class Key(models.TextChoices):
        BORDER = "border"
        ISLAND = "island"
        REMOTE = "remote"
        LANGUAGE = "language"

    class Status(models.TextChoices):
        CANDIDATE = "candidate"
        CONFIRMED = "confirmed"
        REJECTED = "rejected"

    id = models.UUIDField(primary_key=True, default=uuid7)
    place = models.ForeignKey(Place, models.CASCADE, related_name="traits")
    trait = models.CharField(max_length=20, choices=Key)
    value = models.CharField(
        max_length=20, default="", db_comment="ISO 639-3 code for a language, else empty"
    )
    source = models.CharField(max_length=300)
    as_of = models.DateField()
    status = models.CharField(max_length=9, choices=Status, default=Status.CANDIDATE)

    privacy = Privacy(public="id place trait value source as_of status")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "trait", "value"], name="trait_once")]


class Hamlet(models.Model):
    """A hamlet, village or residential group of a commune, by the name that the commune gives it; no list of the state has them all."""

    id = models.UUIDField(primary_key=True, default=uuid7)
    commune = models.ForeignKey(Place, models.CASCADE, related_name="hamlets", db_index=False)
    name = models.CharField(max_length=60, db_comment="As the commune writes it, NFC; with its kind")
    fold = models.CharField(max_length=80, db_comment="As it is searched: no diacritics or leading noughts")
    sort_key = models.CharField(max_length=500, db_comment="ASCII key in Vietnamese order, numbers by value")

    privacy = Privacy(public="id commune name fold sort_key")

    class Meta:
        ordering = ["sort_key"]
        constraints = [models.UniqueConstraint(fields=["commune", "fold"], name="hamlet_once")]

    def __str__(self) -> str:
        return self.name


class Language(models.Model):
    """A language people are helped in (ISO 639-3)."""

    code = models.CharField(primary_key=True, max_length=3)
    name_vi = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)

    privacy = Privacy(public="code name_vi name_en")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi
