"""An effect is told with its interval, its checks and a grade that claims no more than the campaign shows."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.initiatives.evidence import contrasts
from aoxanh.initiatives.evidence.comparison import Design, design
from aoxanh.initiatives.evidence.estimate import Evidence, corrected, estimate
from aoxanh.initiatives.evidence.fit import fit
from aoxanh.initiatives.evidence.grade import Doubt, Grade
from aoxanh.initiatives.evidence.panel import NEVER, Indicator, Panel, PanelUnfit
from tests.initiatives.campaigns import campaign

FINISHED = Indicator("finished")


def told(panel: Panel, indicator: Indicator = FINISHED) -> Evidence:
    return estimate(panel, indicator)


def test_a_strong_effect_in_many_places_is_proven_and_the_interval_holds_it() -> None:
    evidence = told(campaign(points=10))
    assert evidence.grade is Grade.PROVEN
    assert not evidence.doubts
    assert evidence.effect is not None
    assert evidence.effect.low <= 10 <= evidence.effect.high
    assert evidence.adopters == 16
    assert evidence.comparisons >= 40


def test_the_course_is_flat_before_and_steps_up_after() -> None:
    course = {point.relative: point.effect for point in told(campaign(points=10)).course}
    assert set(course) == set(range(-6, 6))
    assert sum(course[before].low <= 0 <= course[before].high for before in range(-6, 0)) >= 5
    assert all(course[after].value > 4 for after in range(6))
    assert all(course[after].low > 0 for after in range(3))


def test_no_effect_in_many_places_is_said_to_be_none() -> None:
    evidence = told(campaign(points=0, adopters=24))
    assert evidence.grade is Grade.NO_EFFECT
    assert evidence.effect is not None
    assert evidence.effect.high < FINISHED.worth


def test_a_wide_interval_says_too_little_and_not_that_there_is_no_effect() -> None:
    evidence = told(campaign(seed=2, points=0, adopters=24), replace(FINISHED, worth=0.5))
    assert evidence.grade is Grade.TOO_LITTLE
    assert evidence.doubts == (Doubt.WIDE,)


def test_harm_is_called_harm_and_turns_with_the_direction_that_is_good() -> None:
    panel = campaign(points=-10)
    assert told(panel).grade is Grade.HARMFUL
    assert told(panel, replace(FINISHED, higher_is_better=False)).grade is Grade.PROVEN


def test_few_adopters_never_prove_anything() -> None:
    evidence = told(campaign(points=20, adopters=7))
    assert evidence.grade is Grade.PROMISING
    assert Doubt.FEW_ADOPTERS in evidence.doubts


def test_below_the_minimum_nothing_is_estimated_at_all() -> None:
    evidence = told(campaign(points=20, adopters=4))
    assert evidence.grade is Grade.TOO_LITTLE
    assert evidence.effect is None
    assert evidence.doubts == (Doubt.FEW_ADOPTERS,)


def test_one_province_is_promising_at_most() -> None:
    evidence = told(campaign(points=15, provinces=1, adopters=12))
    assert evidence.grade is Grade.PROMISING
    assert Doubt.ONE_PROVINCE in evidence.doubts


def test_adopters_that_drifted_upwards_before_are_doubted() -> None:
    evidence = told(campaign(points=8, drift=0.03))
    assert evidence.grade is not Grade.PROVEN
    assert evidence.drift is not None
    assert evidence.drift.low > 0
    assert Doubt.DRIFTED_BEFORE in evidence.doubts


def test_what_the_copies_do_not_show_did_not_replicate() -> None:
    evidence = told(campaign(points=20, copies=0.0, adopters=24))
    assert evidence.grade is Grade.NOT_REPLICATED
    assert evidence.pilots is not None
    assert evidence.copies is not None
    assert evidence.pilots.low > 0 > evidence.copies.low


def test_copies_that_show_it_too_prove_it() -> None:
    assert told(campaign(points=12, copies=12.0, adopters=24)).grade is Grade.PROVEN


def test_a_whole_province_that_adopted_has_no_comparison_of_its_own() -> None:
    panel = campaign(points=10, provinces=3)
    all_of_one = np.where(np.array(panel.provinces) == "01", 7, NEVER)
    evidence = told(replace(panel, adopted=all_of_one))
    assert evidence.grade is Grade.TOO_LITTLE
    assert Doubt.NO_LOCAL_COMPARISON in evidence.doubts


def test_what_befalls_a_whole_province_is_not_taken_for_an_effect() -> None:
    panel = campaign(points=0, provinces=3)
    struck = np.array(panel.provinces) == "01"
    mostly_there = np.where(struck & (np.arange(len(struck)) % 2 == 0), 7, NEVER)
    fallen = panel.numerator.copy()
    fallen[np.ix_(struck, range(7, 13))] *= 0.6
    evidence = told(replace(panel, numerator=np.floor(fallen), adopted=mostly_there))
    assert evidence.effect is not None
    assert evidence.effect.low < 0 < evidence.effect.high


def test_twenty_questions_at_once_make_a_narrow_claim_doubtful() -> None:
    nearly = told(campaign(seed=3, points=2.6))
    assert nearly.effect is not None
    assert 0.0025 < nearly.effect.p < 0.05, nearly.effect
    others = [replace(nearly, effect=replace(nearly.effect, p=0.9)) for _ in range(19)]
    found = corrected([nearly, *others])
    assert nearly.grade is Grade.PROVEN
    assert found[0].grade is Grade.PROMISING
    assert Doubt.MANY_QUESTIONS in found[0].doubts
    assert found[0].p_adjusted == pytest.approx(20 * nearly.effect.p)


def test_asking_one_question_changes_nothing() -> None:
    evidence = told(campaign(points=10))
    (alone,) = corrected([evidence])
    assert alone.grade is evidence.grade
    assert evidence.effect is not None
    assert alone.p_adjusted == pytest.approx(evidence.effect.p)


def test_cohorts_of_one_commune_still_have_an_honest_error() -> None:
    ours, theirs, values = [], [], []
    for seed in range(12):
        panel = campaign(seed, adopters=6, periods=16)
        began = np.full(len(panel.units), NEVER)
        began[np.flatnonzero(panel.adopters)] = np.arange(6, 12)  # every commune in another month
        found = fit(design(replace(panel, adopted=began).readable(), 100), 100)
        told_of = found.average(contrasts.after(found, base=1))
        assert told_of is not None
        values.append(told_of.value)
        ours.append(told_of.error)
        groups = found.result.aggregate("group").to_dataframe()["se"]
        theirs.append(float(np.sqrt((groups**2).sum()) / len(groups)))
    # The library sees no spread within a cohort of one, and so hardly any error at all.
    assert np.mean(theirs) < 0.7 * np.std(values)
    assert 0.8 * np.std(values) < np.mean(ours) < 2 * np.std(values)


def test_placebos_where_nothing_was_done_agree_with_the_interval() -> None:
    evidence = estimate(campaign(points=10), FINISHED, draws=25, seed=3)
    assert evidence.placebo is not None
    assert evidence.placebo.draws == 25
    assert evidence.placebo.p == pytest.approx(1 / 26)
    assert evidence.grade is Grade.PROVEN


def test_placebos_are_drawn_again_from_the_same_seed() -> None:
    panel = campaign(points=2)
    assert estimate(panel, FINISHED, draws=20, seed=5) == estimate(panel, FINISHED, draws=20, seed=5)


def test_where_placebos_jump_too_far_the_interval_is_widened() -> None:
    from aoxanh.initiatives.evidence.placebo import Placebo, widened

    plain = told(campaign(points=10)).effect
    assert plain is not None
    wider = widened(plain, Placebo(draws=50, p=0.02, alarms=0.2, widening=1.5))
    assert wider.high - wider.low == pytest.approx(1.5 * (plain.high - plain.low))
    assert wider.p > plain.p
    assert widened(plain, Placebo(draws=50, p=0.02, alarms=0.05, widening=1.0)) == plain


def test_communes_with_hardly_any_cases_are_left_out_and_counted() -> None:
    panel = campaign(points=10)
    cases = panel.denominator.copy()
    rows = np.flatnonzero(panel.adopters)[:3]
    cases[rows] = 1
    evidence = told(replace(panel, denominator=cases, numerator=np.minimum(panel.numerator, cases)))
    assert evidence.left_out == 3
    assert evidence.adopters == 13


def test_effects_are_told_apart_by_kind_of_place_only_where_five_adopted() -> None:
    kinds = dict(told(campaign(points=10, adopters=20)).kinds)
    assert set(kinds) <= {"hard", "easy"}
    assert kinds
    assert all(effect.adopters >= 5 for effect in kinds.values())


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_communes_changes_nothing(seed: int) -> None:
    panel = campaign(points=6, adopters=10, provinces=2)
    order = np.random.default_rng(seed).permutation(len(panel.units))
    turned = Panel(
        units=tuple(panel.units[row] for row in order),
        provinces=tuple(panel.provinces[row] for row in order),
        numerator=panel.numerator[order],
        denominator=panel.denominator[order],
        adopted=panel.adopted[order],
        traits=panel.traits[order],
        kinds=tuple(panel.kinds[row] for row in order),
    )
    one, other = told(panel).effect, told(turned).effect
    assert one is not None
    assert other is not None
    assert other.value == pytest.approx(one.value)
    assert other.error == pytest.approx(one.error)


def test_a_shift_of_everybody_changes_nothing() -> None:
    panel = campaign(points=6)
    raised = replace(panel, numerator=panel.numerator + 0.1 * panel.denominator)
    one, other = told(panel).effect, told(raised).effect
    assert one is not None
    assert other is not None
    assert other.value == pytest.approx(one.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("numerator", np.full((120, 13), np.nan)),
        ("numerator", np.full((120, 13), -1.0)),
        ("denominator", np.ones((120, 12))),
        ("adopted", np.full(120, 13)),
        ("adopted", np.full(120, -2)),
        ("adopted", np.full(119, 3)),
        ("units", ("a",) * 120),
        ("kinds", ("hard",)),
    ],
    ids=["nan", "negative", "shape", "later", "earlier", "missing", "twice", "kinds"],
)
def test_a_panel_that_contradicts_itself_is_refused(name: str, value: object) -> None:
    with pytest.raises(PanelUnfit):
        replace(campaign(), **{name: value})


def test_a_design_without_columns_is_a_plain_comparison() -> None:
    panel = campaign(points=10).readable()
    plain = Design(panel, np.zeros((len(panel.units), 0)), np.ones(len(panel.units)), is_local=True)
    found = fit(plain, 100)
    effect = found.average(contrasts.after(found))
    assert effect is not None
    assert effect.low <= 10 <= effect.high
