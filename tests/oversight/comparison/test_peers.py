"""Like units: never across types of place, and what is let go of is told."""

from hypothesis import given
from hypothesis import strategies as st

from aoxanh.oversight.comparison.peers import ENOUGH, Like, PlaceType, Unit, like_units

BORDER = Unit("00715", PlaceType.BORDER, 40.0, weak_network=True, languages=frozenset({"hmn"}))
UNITS = st.builds(
    Unit,
    st.integers(0, 60).map(str),
    st.sampled_from(PlaceType),
    st.one_of(st.none(), st.floats(0.1, 1e6)),
    st.booleans(),
    st.sets(st.sampled_from(["hmn", "tyz"])).map(frozenset),
)


def others(count: int, **traits: object) -> list[Unit]:
    alike = {"kind": PlaceType.BORDER, "size": 40.0, "weak_network": True, "languages": frozenset({"tyz"})}
    return [Unit(f"p{number}-{traits}", **{**alike, **traits}) for number in range(count)]  # type: ignore[arg-type]


def test_units_alike_in_everything_are_enough_by_themselves() -> None:
    found = like_units(BORDER, [*others(ENOUGH), *others(20, size=400.0)])
    assert len(found.keys) == ENOUGH + 1
    assert found.alike_in == (Like.LANGUAGES, Like.NETWORK, Like.SIZE)


def test_size_is_let_go_of_first_and_languages_last() -> None:
    assert like_units(BORDER, others(20, size=400.0)).alike_in == (Like.LANGUAGES, Like.NETWORK)
    assert like_units(BORDER, others(20, weak_network=False)).alike_in == (Like.LANGUAGES,)
    assert like_units(BORDER, others(20, languages=frozenset())).alike_in == ()


def test_a_border_commune_is_never_set_beside_a_town_however_few_there_are() -> None:
    found = like_units(BORDER, [*others(3), *others(500, kind=PlaceType.URBAN)])
    assert (len(found.keys), found.is_enough) == (4, False)


def test_twice_the_size_is_still_alike_and_more_is_not() -> None:
    assert len(like_units(BORDER, [*others(9, size=80.0), *others(9, size=81.0)]).keys) == 10


@given(UNITS, st.lists(UNITS, max_size=40))
def test_a_unit_is_among_its_peers_who_are_of_its_type(unit: Unit, many: list[Unit]) -> None:
    found = like_units(unit, many)
    kinds = {other.key: set() for other in [*many, unit]}
    for other in [*many, unit]:
        kinds[other.key].add(other.kind)
    assert unit.key in found.keys
    assert list(found.keys) == sorted(set(found.keys))
    assert all(unit.kind in kinds[key] for key in found.keys)
