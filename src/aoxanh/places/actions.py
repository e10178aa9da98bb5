"""Writes of the places room: loading the data that comes with the product, and changing a place from a day on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import F, Q

from aoxanh.audit.actions import record
from aoxanh.kernel import clock
from aoxanh.kernel.text import nfc, sort_key
from aoxanh.places import names, seed
from aoxanh.places.errors import ChangeOutOfOrder, UnknownPlace, WrongKindOfPlace
from aoxanh.places.models import Language, LegacyWard, Place, PlaceVersion, Trait
from aoxanh.places.seed import Change

_LOADING = 0x706C6163  # Key of the advisory lock: two loads at once would wait for each other row by row.
_BATCH = 2000


@dataclass(frozen=True)
class LoadedPlaces:
    """What the database holds after a load."""

    provinces: int
    communes: int
    versions: int
    legacy_wards: int
    traits: int
    languages: int


@transaction.atomic
def load_places(*, by: str = "system:load") -> LoadedPlaces:
    """Put the product's own place data into the database, or bring an older load up to date.

    `by` is the actor as the audit shows it. Running it again changes nothing: versions that people added and traits that
    a province settled stay. Costs about two seconds.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOADING])
    _write_places()
    _write_versions()
    refresh_names(on=clock.today())
    _write_legacy_wards()
    _write_traits()
    _write_languages()
    loaded = LoadedPlaces(
        Place.objects.filter(level=Place.Level.PROVINCE).count(),
        Place.objects.filter(level=Place.Level.COMMUNE).count(),
        PlaceVersion.objects.count(),
        LegacyWard.objects.count(),
        Trait.objects.count(),
        Language.objects.count(),
    )
    record(chain=seed.NATION, actor=by, action="places.load", details=vars(loaded))
    return loaded


@transaction.atomic
def change_place(*, change: Change, by: str) -> PlaceVersion:
    """Give a place another name or kind from a day on, keeping what it was until then.

    `by` is the actor as the audit shows it. A day to come is kept and takes effect by `refresh_names`.
    Raises UnknownPlace, WrongKindOfPlace, ChangeOutOfOrder.
    """
    place = (
        Place.objects.select_for_update().filter(code=change.code).exclude(level=Place.Level.NATION).first()
    )
    if place is None:
        raise UnknownPlace(code=change.code, field="code")
    allowed = names.PROVINCE_KINDS if place.level == Place.Level.PROVINCE else names.COMMUNE_KINDS
    if change.kind not in allowed or change.kind not in Place.Kind.values:
        raise WrongKindOfPlace(place=place.full_name, field="kind")
    last = place.versions.order_by("valid_from").last()
    if last is not None and change.effective <= last.valid_from:
        raise ChangeOutOfOrder(place=place.full_name, last=f"{last.valid_from:%d/%m/%Y}", field="effective")
    version = PlaceVersion(
        place=place,
        kind=change.kind,
        name=nfc(change.name),
        parent_id=place.parent_id,
        valid_from=change.effective,
        source=nfc(change.source),
    )
    place.versions.filter(valid_to=None).update(valid_to=change.effective)
    version.save(force_insert=True)
    refresh_names(on=clock.today())
    details = {"kind": change.kind, "name": version.name, "effective": change.effective}
    record(chain=place.code, actor=by, action="places.change", subject=f"place:{place.code}", details=details)
    return version


def refresh_names(*, on: date) -> int:
    """Show every place under the kind and name that hold on a day; return how many that changed."""
    holding = PlaceVersion.objects.filter(Q(valid_to=None) | Q(valid_to__gt=on), valid_from__lte=on)
    stale = holding.exclude(name=F("place__name"), kind=F("place__kind")).select_related("place")
    places = []
    for version in stale:
        place = version.place
        place.kind, place.name = version.kind, version.name
        place.fold, place.sort_key = names.searchable(version.name), sort_key(version.name)
        places.append(place)
    Place.objects.bulk_update(places, ["kind", "name", "fold", "sort_key"], batch_size=_BATCH)
    return len(places)


def _write_places() -> None:
    nation = Place(code=seed.NATION, level=Place.Level.NATION, kind=Place.Kind.NATION, name="Việt Nam")
    provinces = [
        Place(code=row["code"], level=Place.Level.PROVINCE, kind=row["kind"], name=row["name"], parent=nation)
        for row in seed.rows("provinces.csv")
    ]
    communes = [
        Place(
            code=row["code"],
            level=Place.Level.COMMUNE,
            kind=row["kind"],
            name=row["name"],
            parent_id=row["province_code"],
            area_km2=float(row["area_km2"]),
            latitude=float(row["lat"]),
            longitude=float(row["lon"]),
        )
        for row in seed.rows("communes.csv")
    ]
    for level in ([nation], provinces, communes):
        for place in level:
            place.fold, place.sort_key = names.searchable(place.name), sort_key(place.name)
        Place.objects.bulk_create(
            level,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["area_km2", "latitude", "longitude"],
        )


def _write_versions() -> None:
    """Add the versions that are newer than what each place has; what people added stays."""
    last = dict(
        PlaceVersion.objects.order_by("place", "-valid_from")
        .distinct("place")
        .values_list("place", "valid_from")
    )
    parents = dict(Place.objects.values_list("code", "parent"))
    fresh = [
        version
        for version in _seeded_versions()
        if version.code not in last or version.effective > last[version.code]
    ]
    first_new: dict[str, date] = {}
    for version in reversed(fresh):
        first_new[version.code] = version.effective
    for code in first_new.keys() & last.keys():
        PlaceVersion.objects.filter(place=code, valid_to=None).update(valid_to=first_new[code])
    written: list[PlaceVersion] = []
    following: dict[str, date] = {}
    for change in reversed(fresh):
        written.append(
            PlaceVersion(
                place_id=change.code,
                kind=change.kind,
                name=change.name,
                parent_id=parents[change.code],
                valid_from=change.effective,
                valid_to=following.get(change.code),
                source=change.source,
            )
        )
        following[change.code] = change.effective
    PlaceVersion.objects.bulk_create(written, batch_size=_BATCH)


def _seeded_versions() -> Iterator[Change]:
    for name in ("provinces.csv", "communes.csv"):
        for row in seed.rows(name):
            yield Change(row["code"], seed.SCHEME_STARTS, row["kind"], row["name"], seed.SCHEME_SOURCE)
    yield from seed.changes()


def _write_legacy_wards() -> None:
    wards = [ward for row in seed.rows("legacy_wards.csv") for ward in _wards_of(row)]
    kept = {(ward.old_code, ward.place_id) for ward in wards}
    gone = [
        pk
        for pk, *pair in LegacyWard.objects.values_list("pk", "old_code", "place")
        if tuple(pair) not in kept
    ]
    LegacyWard.objects.filter(pk__in=gone).delete()
    LegacyWard.objects.bulk_create(
        wards,
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["old_code", "place"],
        update_fields=[
            "old_name",
            "old_district",
            "old_province",
            "fold",
            "fold_district",
            "fold_province",
            "is_default",
            "is_divided",
        ],
    )


def _wards_of(row: dict[str, str]) -> Iterator[LegacyWard]:
    """Return one row for each place that an old ward went to, the usual one first."""
    became = row["became"].split(";")
    ward, district = names.named(row["kind"], row["name"]), names.named(row["district_kind"], row["district"])
    for code in became:
        yield LegacyWard(
            old_code=row["code"],
            old_name=ward[0].upper() + ward[1:],
            old_district=district[0].upper() + district[1:],
            old_province=row["province"],
            fold=names.searchable(row["name"]),
            fold_district=names.searchable(row["district"]),
            fold_province=names.searchable(row["province"]),
            place_id=code,
            is_default=code == became[0],
            is_divided=len(became) > 1,
        )


def _write_traits() -> None:
    traits = [
        Trait(
            place_id=row["code"],
            trait=row["trait"],
            value=row["value"],
            source=row["source"],
            as_of=date.fromisoformat(row["as_of"]),
            status=row["status"],
        )
        for row in seed.rows("traits.csv")
    ]
    Trait.objects.bulk_create(traits, batch_size=_BATCH, ignore_conflicts=True)


def _write_languages() -> None:
    languages = [
        Language(code=row["iso639_3"], name_vi=row["vi"], name_en=row["en"])
        for row in seed.rows("languages.csv")
    ]
    Language.objects.bulk_create(
        languages, update_conflicts=True, unique_fields=["code"], update_fields=["name_vi", "name_en"]
    )
