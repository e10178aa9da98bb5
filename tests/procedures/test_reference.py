"""The cursor of what a phone holds."""

from hypothesis import given
from hypothesis import strategies as st

from aoxanh.procedures.reference import changes_since, cursor_of

parts = st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=8), max_size=12)


@given(parts)
def test_nothing_changed_is_nothing_to_send(held):
    changes = changes_since(cursor_of(held), held, held)
    assert (changes.full, changes.fresh, changes.gone) == (False, frozenset(), ())


@given(parts, parts)
def test_applying_the_changes_makes_any_holding_the_wanted_one(held, wanted):
    changes = changes_since(cursor_of(held), wanted, {*held, *wanted})
    after = {name: stamp for name, stamp in held.items() if name not in changes.gone}
    after |= {name: wanted[name] for name in changes.fresh}
    assert after == wanted


@given(parts, st.text(max_size=60))
def test_a_foreign_cursor_gets_everything_or_at_least_never_too_little(wanted, cursor):
    changes = changes_since(cursor, wanted)
    assert changes.full
    assert changes.fresh == wanted.keys()


def test_a_cursor_fits_an_address():
    assert len(cursor_of({f"1.{number:06d}": "stamp" for number in range(400)})) < 5000


def test_the_cursor_does_not_depend_on_the_order_of_parts():
    assert cursor_of({"a": "1", "b": "2"}) == cursor_of({"b": "2", "a": "1"})
