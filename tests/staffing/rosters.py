"""Small teams for tests, and random ones of any shape."""

from datetime import date, timedelta

from hypothesis import strategies as st

from aoxanh.staffing.rostering.problem import HALVES, SORTS, Absence, Member, Shift, Taken, Wish

MONDAY = date(2026, 6, 1)
LEADER = {"leads": True, "certificates": (1, 2, 3)}
SEATS = ("outreach", "vneid", "services", "police")


def member(id_="m1", **more) -> Member:
    return Member(id_, **{"certificates": (1, 2, 3), **more})


def shift(day=0, half="am", **more) -> Shift:
    """A shift so many days after the first Monday, without a leader unless asked for."""
    kind = more.get("kind", "duty")
    return Shift(
        more.pop("id", f"{day}-{half}-{kind}"), MONDAY + timedelta(day), half,
        **{"seats": {"outreach": 1}, "leader": False, **more},
    )  # fmt: skip


small = st.integers(0, 2)
days = st.integers(0, 13)


@st.composite
def teams(draw):
    """Rows of a small team over two weeks with everything in it: minors, police, heat, trips, absences, wishes, hand edits."""
    names = [f"m{number}" for number in range(draw(st.integers(0, 6)))]
    members = [
        Member(
            name, tuple(draw(st.sets(st.integers(1, 3)))), draw(st.sampled_from([(), ("hmn",)])),
            draw(st.integers(0, 3)) > 0, draw(st.booleans()), draw(st.booleans()), draw(st.integers(0, (1 << 14) - 1)),
            draw(st.integers(0, 7)), draw(st.integers(0, 3)), draw(st.sampled_from([0, 10, 50])),
            draw(st.sampled_from([20, 200])),
        )
        for name in names
    ]  # fmt: skip
    shifts = [
        Shift(
            f"s{number}", MONDAY + timedelta(draw(days)), draw(st.sampled_from(HALVES)), draw(st.sampled_from(SORTS)),
            {seat: draw(small) for seat in SEATS}, draw(st.booleans()), draw(st.sampled_from(["", "hmn"])),
            draw(st.sampled_from(["a", "b"])), draw(st.sampled_from([0, 4, 12, 30])), draw(st.booleans()),
        )
        for number in range(draw(st.integers(0, 9)))
    ]  # fmt: skip
    someone = st.sampled_from(names) if names else st.just("nobody")
    absences = [
        Absence(draw(someone), MONDAY + timedelta(draw(days)), MONDAY + timedelta(14), draw(st.sampled_from(["", *HALVES])))
        for _ in range(draw(small))
    ]  # fmt: skip
    wishes = [
        Wish(draw(someone), draw(st.booleans()), None, draw(st.integers(0, 6)), draw(st.sampled_from(["", *HALVES])))
        for _ in range(draw(st.integers(0, 4)))
    ]  # fmt: skip
    pins = [
        Taken(draw(st.sampled_from([each.id for each in shifts])), draw(someone), draw(st.sampled_from(SEATS)))
        for _ in range(draw(small) if shifts else 0)
    ]  # fmt: skip
    return members, shifts, absences, wishes, pins
