"""Small campaigns for tests: a few communes on a line, and random ones of any shape."""

from hypothesis import strategies as st

from aoxanh.staffing.allocation.problem import KINDS, Commune, Edit, Volunteer

KM = 1 / 111.2 / 1.25  # degrees of latitude to a kilometre of road


def commune(code="a", km=0.0, **more) -> Commune:
    """A commune so many kilometres of road north of the first."""
    return Commune(code, more.pop("province", "P"), lat=10 + km * KM, lon=106.0, **more)


def volunteer(id_="v1", home="a", **more) -> Volunteer:
    return Volunteer(id_, home, **more)


small = st.integers(0, 3)
level = st.integers(0, 2)


@st.composite
def campaigns(draw):
    """Rows of a small campaign with everything in it: two provinces, languages, minors, noes, last plans, hand edits."""
    codes = [f"c{number}" for number in range(draw(st.integers(1, 5)))]
    communes = [
        commune(
            code,
            draw(st.integers(0, 60)),
            province=draw(st.sampled_from("PQ")),
            needs={kind: draw(small) for kind in KINDS},
            languages=draw(st.dictionaries(st.sampled_from(["hmn", "tyz"]), small, max_size=2)),
            leaders=draw(st.integers(0, 2)),
            shifts=draw(st.integers(0, 12)),
            priority=draw(st.booleans()),
            road=draw(st.integers(0, 9)) > 0,
            levels={kind: (draw(level), draw(level)) for kind in draw(st.sets(st.sampled_from(KINDS)))},
        )
        for code in codes
    ]
    places = st.sampled_from(codes)
    people = [
        Volunteer(
            f"v{number}", draw(places), draw(st.integers(0, 2)), draw(st.integers(0, 2)),
            tuple(draw(st.sets(st.integers(1, 3)))), tuple(draw(st.sets(st.sampled_from(["hmn", "tyz"])))),
            draw(st.sampled_from([1, 3, 5])), draw(st.sampled_from([0, 20, 80])), draw(st.integers(0, 4)) > 0,
            draw(st.booleans()), draw(st.booleans()), draw(st.sampled_from(["", *codes])), "",
            tuple(draw(st.sets(places, max_size=1))) if draw(st.booleans()) else (), draw(st.integers(0, 9)) > 0,
        )
        for number in range(draw(st.integers(0, 14)))
    ]  # fmt: skip
    edits = [
        Edit(draw(st.sampled_from(["pin", "ban"])), person.id, draw(places), draw(st.sampled_from(KINDS)))
        for person in people
        if draw(st.integers(0, 5)) == 0
    ]
    return people, communes, edits
