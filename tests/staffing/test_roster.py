"""Rosters keep every hard rule, cost what they say, and are proven against an independent judge."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aoxanh.staffing.rostering import flaws
from aoxanh.staffing.rostering.greedy import by_hand
from aoxanh.staffing.rostering.instance import team
from aoxanh.staffing.rostering.measures import price
from aoxanh.staffing.rostering.problem import Absence, Problem, Taken, Wish
from aoxanh.staffing.rostering.province import solve_all
from aoxanh.staffing.rostering.replan import replan, stand_ins
from aoxanh.staffing.rostering.rules import may_leave, may_swap, may_take
from aoxanh.staffing.rostering.shortages import shortages
from aoxanh.staffing.rostering.solve import Effort, solve
from tests.staffing.roster_judge import Judge
from tests.staffing.rosters import MONDAY, member, shift, teams


def clean(rows) -> tuple[Problem, Judge]:
    problem, _ = flaws.check(flaws.Rows(*rows))
    return problem, Judge(problem.members, problem.shifts, problem.absences, problem.wishes, problem.pins)


def solved(members, shifts, absences=(), wishes=(), pins=()):
    problem, _ = clean((members, shifts, absences, wishes, pins))
    return solve(problem)


def who(roster, shift_id, seat=None):
    return {each.member for each in roster.taken if each.shift == shift_id and seat in (None, each.seat)}


@settings(max_examples=150, deadline=None)
@given(teams())
def test_a_roster_keeps_every_rule_and_costs_what_it_says(rows):
    problem, judge = clean(rows)
    roster = solve(problem)
    assert judge.breaches(roster.taken) == []
    assert judge.cost(roster.taken) == roster.objective
    assert roster.bound <= roster.objective
    assert set(problem.pins) <= set(roster.taken)
    assert roster.optimal


@settings(max_examples=100, deadline=None)
@given(teams())
def test_a_roster_written_by_hand_keeps_every_rule_and_is_never_better(rows):
    problem, judge = clean(rows)
    hand = by_hand(problem)
    assert judge.breaches(hand) == []
    assert solve(problem).objective <= sum(price(problem, hand).values()) == judge.cost(hand)


@settings(max_examples=60, deadline=None)
@given(teams())
def test_no_roster_at_all_is_better_than_a_proven_one(rows):
    members, shifts, absences, wishes, _ = rows
    problem, judge = clean((members[:3], shifts[:3], absences, wishes, ()))
    assert solve(problem).objective == judge.best(Taken)


@settings(max_examples=25, deadline=None)
@given(teams())
def test_the_same_rows_give_the_same_roster(rows):
    problem, _ = clean(rows)
    assert solve(problem).taken == solve(problem).taken


@settings(max_examples=150, deadline=None)
@given(teams(), st.data())
def test_who_may_sign_up_breaks_no_rule_and_who_may_not_would_break_one(rows, data):
    problem, judge = clean(rows)
    assume(problem.members and problem.shifts)
    held = [each for each in solve(problem).taken if data.draw(st.booleans())]
    assume(not judge_of_company(judge, held))
    chosen = data.draw(st.sampled_from(problem.shifts))
    wanted = Taken(
        chosen.id,
        data.draw(st.sampled_from(problem.members)).id,
        data.draw(st.sampled_from(sorted(chosen.seats))),
    )
    assume(chosen.seats[wanted.seat])
    broken = may_take(problem, held, wanted.member, wanted.shift, wanted.seat)
    assert (broken is not None) == bool(judge_of_company(judge, [*held, wanted]))


def judge_of_company(judge, held):
    """Every breach but being alone: the second person comes after the first."""
    return [each for each in judge.breaches(held) if "somebody alone" not in each]


@settings(max_examples=60, deadline=None)
@given(teams(), st.integers(0, 13))
def test_a_mended_roster_keeps_every_rule_and_what_was_served(rows, day):
    problem, _ = clean(rows)
    assume(problem.members)
    before = solve(problem).taken
    today = MONDAY + timedelta(day)
    sick = Absence(problem.members[0].id, today, today + timedelta(20))
    changed = replace(problem, absences=(*problem.absences, sick), pins=())
    mended = replan(changed, before, today)
    judge = Judge(changed.members, changed.shifts, changed.absences, changed.wishes, before)
    assert judge.breaches(mended.roster.taken) == []
    past = {each for each in before if problem.shift[each.shift].day < today}
    assert past <= set(mended.roster.taken) or judge.breaches(sorted(past))
    halves = {(each.member, each.shift) for each in before}
    halves -= {(each.member, each.shift) for each in mended.dropped}
    halves |= {(each.member, each.shift) for each in mended.given}
    assert halves == {(each.member, each.shift) for each in mended.roster.taken}
    assert set(mended.roster.taken) - set(before) == {*mended.given, *mended.reseated}
    priced = 40 * len(mended.given + mended.dropped) + 3 * len(mended.reseated)
    assert mended.roster.prices["change"] == priced


def test_a_seat_that_asks_for_a_certificate_stays_empty_and_is_named_without_one():
    roster = solved([member(certificates=(1,))], [shift(seats={"services": 1})])
    assert roster.taken == ()
    (short,) = shortages(roster.problem, roster.taken)
    assert (short.what, short.name, short.missing, short.why) == (
        "seat",
        "services",
        1,
        (("certificate", 1),),
    )
    assert str(short) == "0-am-duty: 1 missing for services (1: the seat asks for a valid certificate)"


def test_every_shift_has_a_leader_or_somebody_experienced_while_there_are_any():
    people = [member("new"), member("old", experienced=True), member("lead", leads=True)]
    roster = solved(people, [shift(0, leader=True), shift(1, leader=True), shift(2, leader=True)])
    assert all(who(roster, f"{day}-am-duty") <= {"old", "lead"} for day in range(3))


def test_a_market_day_has_a_speaker():
    people = [member("m1"), member("m2", languages=("hmn",))]
    assert who(solved(people, [shift(language="hmn")]), "0-am-duty") == {"m2"}


def test_who_pairs_with_the_police_is_an_adult():
    people = [member("m1", adult=False), member("m2")]
    seats = {"outreach": 1, "police": 1}
    roster = solved(people, [shift(kind="mobile", seats=seats)])
    assert who(roster, "0-am-mobile", "police") == {"m2"}
    assert who(roster, "0-am-mobile", "outreach") == {"m1"}


def test_a_minor_enters_dossiers_beside_an_adult_only():
    young, grown = member("young", adult=False), member("grown", certificates=(1,))
    alone = solved([young, grown], [shift(seats={"services": 2, "outreach": 1})])
    assert who(alone, "0-am-duty", "services") == set()
    both = solved([young, member("grown")], [shift(seats={"services": 2})])
    assert who(both, "0-am-duty", "services") == {"young", "grown"}


def test_nobody_goes_to_a_home_alone():
    visit = shift(kind="home_visit", seats={"outreach": 2})
    assert solved([member()], [visit]).taken == ()
    assert len(solved([member("m1"), member("m2")], [visit]).taken) == 2


def test_the_week_has_a_cap_and_five_days_in_a_row_are_the_most():
    week = [shift(day) for day in range(7)]
    assert len(solved([member(most=3)], week).taken) == 3
    held = {int(each.shift[0]) for each in solved([member(most=14)], week).taken}
    assert len(held) == 6
    assert not {0, 6} ^ held & {0, 6}


def test_the_morning_after_a_far_trip_is_free():
    trip = shift(0, "pm", kind="mobile", seats={"outreach": 2}, km=30, place="far")
    roster = solved([member("m1"), member("m2")], [trip, shift(1, "am"), shift(1, "pm")])
    assert who(roster, "0-pm-mobile") == {"m1", "m2"}
    assert who(roster, "1-am-duty") == set()
    assert who(roster, "1-pm-duty") != set()


def test_saturdays_are_shared():
    roster = solved([member("m1"), member("m2")], [shift(5), shift(12)])
    assert {len(who(roster, "5-am-duty")), len(who(roster, "12-am-duty"))} == {1}
    assert who(roster, "5-am-duty") != who(roster, "12-am-duty")


def test_exams_are_hard_and_wishes_are_met_where_they_can_be():
    people = [member("m1"), member("m2"), member("m3")]
    exam = Absence("m1", MONDAY, MONDAY)
    dislike = Wish("m2", likes=False, weekday=0)
    assert who(solved(people, [shift()], [exam], [dislike]), "0-am-duty") == {"m3"}
    assert who(solved(people[:2], [shift()], [exam], [dislike]), "0-am-duty") == {"m2"}


@pytest.mark.parametrize(
    ("rule", "person", "wanted", "held"),
    [
        ("certificate", member(certificates=()), shift(1, seats={"ai": 1}), ()),
        ("adult_with_police", member(adult=False), shift(1, seats={"police": 1}), ()),
        ("half_day", member(halves=0), shift(1), ()),
        ("reach", member(reach=3), shift(1, km=4), ()),
        ("minor_far", member(adult=False), shift(1, km=9), ()),
        ("minor_heat", member(adult=False), shift(1, "pm", kind="mobile", hot=True), ()),
        ("week", member(most=1), shift(1), (shift(0),)),
        ("taken", member(), shift(1), (shift(1, id="other"),)),
        ("week_km", member(week_km=50), shift(1, "pm", km=30), (shift(3, km=30),)),
        ("between", member(), shift(1, "pm", km=15, place="b"), (shift(1, km=9, place="a"),)),
        ("rest", member(), shift(1), (shift(0, km=30),)),
        ("heat", member(), shift(1, "pm", kind="mobile", hot=True), (shift(1, kind="mobile", hot=True),)),
        ("days_in_row", member(most=14), shift(1), tuple(shift(day) for day in (2, 3, 4, 5, 6))),
        ("minor_alone", member(adult=False), shift(1), ()),
    ],
)  # fmt: skip
def test_who_may_not_sign_up_is_told_the_rule(rule, person, wanted, held):
    problem, _ = clean(([person], [wanted, *held], (), (), ()))
    seat = next(iter(wanted.seats))
    before = [Taken(each.id, person.id, "outreach") for each in held]
    broken = may_take(problem, before, person.id, wanted.id, seat)
    assert broken is not None
    assert broken.rule == rule
    assert str(broken)


def test_strangers_unknown_shifts_unknown_seats_and_full_ones_are_told_apart():
    problem, _ = clean(([member("m1"), member("m2")], [shift()], (), (), ()))
    held = [Taken("0-am-duty", "m1", "outreach")]
    asked = [
        ("x", "0-am-duty", "outreach"),
        ("m2", "x", "outreach"),
        ("m2", "0-am-duty", "ai"),
        ("m2", "0-am-duty", "outreach"),
    ]
    told = [may_take(problem, held, *each).rule for each in asked]
    assert told == ["member_unknown", "shift_unknown", "seat_unknown", "seat_full"]


def test_an_adult_does_not_leave_a_minor_behind_and_a_swap_keeps_the_rules():
    people = [member("young", adult=False), member("grown"), member("other", certificates=())]
    problem, _ = clean((people, [shift(0, seats={"vneid": 2}), shift(1)], (), (), ()))
    young, grown = Taken("0-am-duty", "young", "vneid"), Taken("0-am-duty", "grown", "vneid")
    other = Taken("1-am-duty", "other", "outreach")
    held = [young, grown, other]
    assert may_leave(problem, held, grown).rule == "minor_alone"
    assert may_leave(problem, held, young) is None
    assert may_swap(problem, held, grown, other).rule == "certificate"
    assert may_swap(problem, held, young, other).rule in {"certificate", "minor_alone"}


def test_two_adults_swap_their_days():
    problem, _ = clean(([member("m1"), member("m2")], [shift(0), shift(1)], (), (), ()))
    first, second = Taken("0-am-duty", "m1", "outreach"), Taken("1-am-duty", "m2", "outreach")
    assert may_swap(problem, [first, second], first, second) is None


def test_sickness_changes_few_and_the_seat_is_covered_again():
    problem = team(3, people=16, weeks=2)
    before = solve(problem)
    ill = max(problem.members, key=lambda each: sum(taken.member == each.id for taken in before.taken))
    sick = Absence(ill.id, MONDAY + timedelta(7), MONDAY + timedelta(13))
    mended = replan(replace(problem, absences=(*problem.absences, sick)), before.taken, MONDAY + timedelta(7))
    lost = [
        each for each in before.taken if each.member == ill.id and problem.shift[each.shift].day >= sick.first
    ]
    assert lost
    assert set(lost) <= set(mended.dropped)
    assert len(mended.dropped) <= 2 * len(lost)
    assert all(each.member != ill.id for each in mended.given)
    anew = solve(mended.roster.problem)
    assert len(mended.given) <= len(set(anew.taken) - set(before.taken))


def test_a_day_that_was_served_alone_stays_as_it_was_served():
    people = [member("m1"), member("m2"), member("m3", halves=0)]
    visit = shift(0, kind="home_visit", seats={"outreach": 2})
    problem, _ = clean((people, [visit, shift(1)], [Absence("m2", MONDAY, MONDAY)], (), ()))
    before = [
        Taken(visit.id, "m1", "outreach"),
        Taken(visit.id, "m2", "outreach"),
        Taken("1-am-duty", "m2", "outreach"),
    ]
    mended = replan(problem, before, MONDAY + timedelta(1))
    assert set(mended.roster.taken) == {before[0], before[2]}
    assert mended.roster.prices["alone"] == 1000
    assert who(replan(problem, before).roster, visit.id) == set()


def test_a_hand_edit_of_somebody_who_fell_ill_stands_no_more():
    pin = Taken("0-am-duty", "m1", "outreach")
    problem, _ = clean(([member("m1"), member("m2")], [shift()], (), (), [pin]))
    ill = replace(problem, absences=(Absence("m1", MONDAY, MONDAY),))
    assert who(replan(ill, [pin]).roster, "0-am-duty") == {"m2"}


def test_who_could_stand_in_is_named_the_least_burdened_first():
    people = [member("gone"), member("busy", wished=0), member("free"), member("barred", certificates=())]
    problem, _ = clean((people, [shift(0, seats={"vneid": 1}), shift(1)], (), (), ()))
    gone = Taken("0-am-duty", "gone", "vneid")
    assert stand_ins(problem, [gone], gone) == ["free", "busy"]


def test_contradictions_are_named_with_their_rows_and_the_rest_is_rostered():
    people = [member("m1"), member("m1"), member(""), member("m2", certificates=(9,), most=-1)]
    shifts = [shift(0), shift(0), shift(1, "noon"), shift(2, seats={"cook": 1}), shift(3, kind="home_visit")]
    absences = [Absence("x", MONDAY, MONDAY), Absence("m1", MONDAY, MONDAY - timedelta(1))]
    pins = [
        Taken("0-am-duty", "m1", "outreach"),
        Taken("0-am-duty", "m2", "outreach"),
        Taken("x", "m1", "outreach"),
    ]
    problem, found = flaws.check(flaws.Rows(people, shifts, absences, (), pins))
    assert {flaw.code: flaw.count for flaw in found} == {
        "member_without_id": 1, "member_twice": 1, "certificate_unknown": 1, "number_out_of_range": 1, "shift_twice": 1,
        "shift_unknown_half": 1, "seat_unknown": 1, "lone_shift": 1, "row_unknown": 2, "pin_unknown": 1, "pin_against_rule": 1,
    }  # fmt: skip
    assert all("m1" in str(flaw) or flaw.rows for flaw in found)
    assert who(solve(problem), "0-am-duty") == {"m1"}


def test_a_hand_edit_that_leaves_somebody_alone_is_kept_and_named():
    pin = Taken("0-am-home_visit", "m1", "outreach")
    roster = solved([member("m1")], [shift(kind="home_visit", seats={"outreach": 2})], pins=[pin])
    assert roster.taken == (pin,)
    assert {short.what for short in shortages(roster.problem, roster.taken)} == {"seat", "alone"}


def test_a_team_of_thirty_for_four_weeks_is_proven_within_a_percent():
    roster = solve(team(1, people=30))
    assert roster.gap_pct <= 1


def test_a_search_cut_short_still_gives_a_lawful_roster_and_an_honest_bound():
    problem = team(2, people=30)
    roster = solve(problem, Effort(most=0.0001))
    judge = Judge(problem.members, problem.shifts, problem.absences, problem.wishes)
    assert judge.breaches(roster.taken) == []
    assert roster.bound <= solve(problem).objective <= roster.objective


def test_many_teams_are_rostered_in_one_job_with_a_word_after_each():
    teams_ = {f"team{seed}": team(seed, people=8, weeks=1) for seed in range(3)}
    heard = []
    together = solve_all(teams_, workers=2, progress=lambda *step: heard.append(step))
    assert heard == [("team0", 1, 3), ("team1", 2, 3), ("team2", 3, 3)]
    assert {name: roster.taken for name, roster in together.items()} == {
        name: solve(problem).taken for name, problem in teams_.items()
    }
