"""What one single copy changed: the interval holds, nothing is said of little, and the pages say it as plainly as it is."""

import io
from datetime import date, timedelta

import numpy as np
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aoxanh.initiatives import tasks
from aoxanh.initiatives.actions.measuring import measure_copies
from aoxanh.initiatives.adoption_queries import changes_of
from aoxanh.initiatives.copies import Window, window_of
from aoxanh.initiatives.evidence.copies import (
    FEWEST_CASES,
    FEWEST_OTHERS,
    NEIGHBOURS,
    Copy,
    Lack,
    Verdict,
    judge,
)
from aoxanh.initiatives.evidence.panel import Indicator, PanelUnfit
from aoxanh.initiatives.models import Adoption, CopyEffect, Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.errors import NotAllowed
from aoxanh.places.models import Place
from tests.cast import TUYEN_QUANG
from tests.conftest import Cast
from tests.initiatives.examples import recognised
from tests.initiatives.history import copied, first_of

FINISHED, HANDED_OVER = Indicator("finished"), Indicator("handed_over", higher_is_better=False)


def province(seed: int, *, points: float = 0.0, communes: int = 60, shock: float = 0.05) -> Copy:
    """Return a province in which row 0 copied; communes differ in size, level and how much they jump."""
    rng = np.random.default_rng(seed)
    ward = (rng.random(communes) < 0.3).astype(float)
    level = 0.5 + 0.1 * ward + rng.normal(0, 0.1, communes)
    cases = rng.poisson(rng.lognormal(4, 0.6, communes)[:, None], (communes, 10)) + 12
    lasting = np.cumsum(rng.standard_t(5, (communes, 10)) * shock / 3, axis=1)
    share = level[:, None] + lasting + rng.normal(0, 0.03, 10)
    share[0, 6:] += points / 100
    numerator = rng.binomial(cases, np.clip(share, 0.02, 0.98)).astype(float)
    return Copy(numerator, cases.astype(float), ward[:, None], 6)


def test_with_nothing_planted_the_interval_holds_nothing_nineteen_times_in_twenty() -> None:
    found = [judge(province(seed), FINISHED) for seed in range(1200)]
    missed = 100 * np.mean([one.verdict is not Verdict.UNCLEAR for one in found])
    low, high = 3.3, 6.9  # 5 %, give or take 2.8 standard errors of 1,200 draws
    assert low <= missed <= high


def test_a_planted_change_lies_in_the_interval_and_a_large_one_is_seen() -> None:
    found = [judge(province(seed, points=25, shock=0.03), FINISHED) for seed in range(300)]
    held = np.mean(
        [one.low <= 25 <= one.high for one in found if one.low is not None and one.high is not None]
    )
    assert held >= 0.92
    assert np.mean([one.verdict is Verdict.BETTER for one in found]) > 0.8
    assert {one.verdict for one in found} <= {Verdict.BETTER, Verdict.UNCLEAR}


def test_more_is_worse_where_less_is_wanted() -> None:
    copy = province(1, points=40, shock=0.01)
    assert judge(copy, FINISHED).verdict is Verdict.BETTER
    assert judge(copy, HANDED_OVER).verdict is Verdict.WORSE


def test_what_befell_the_whole_province_is_no_change_of_the_copy() -> None:
    copy = province(4, shock=0.01)
    raised = Copy(np.minimum(copy.numerator * 1.0, copy.denominator), copy.denominator, copy.traits, 6)
    raised.numerator[:, 6:] = np.minimum(
        raised.numerator[:, 6:] + 0.2 * raised.denominator[:, 6:], raised.denominator[:, 6:]
    )
    told = judge(raised, FINISHED)
    assert told.verdict is Verdict.UNCLEAR
    assert (told.alike, told.placebos) == (NEIGHBOURS, 59)


def test_too_little_is_said_to_be_too_little_and_why() -> None:
    copy = province(2)
    assert (
        judge(Copy(copy.numerator[:, :6], copy.denominator[:, :6], copy.traits, 6), FINISHED).lack
        is Lack.TOO_EARLY
    )
    few = slice(0, FEWEST_OTHERS)
    told = judge(Copy(copy.numerator[few], copy.denominator[few], copy.traits[few], 6), FINISHED)
    assert (told.verdict, told.lack, told.value) == (Verdict.TOO_LITTLE, Lack.FEW_COMPARISONS, None)
    for periods, lack in ((slice(6, 10), Lack.FEW_SINCE), (slice(3, 6), Lack.FEW_BEFORE)):
        cases = copy.denominator.copy()
        cases[0, periods] = 0
        cases[0, periods.start] = FEWEST_CASES - 1
        assert judge(Copy(np.minimum(copy.numerator, cases), cases, copy.traits, 6), FINISHED).lack is lack


def test_where_nothing_ever_moves_there_is_nothing_to_rank_against() -> None:
    cases = province(2).denominator
    told = judge(Copy(np.zeros_like(cases), cases, province(2).traits, 6), FINISHED)
    assert (told.lack, told.low) == (Lack.NOTHING_MOVES, None)


def test_contradicting_tables_are_refused() -> None:
    copy = province(3)
    for numerator, traits, began in (
        (copy.numerator[:, 1:], copy.traits, 6),
        (copy.numerator, copy.traits[1:], 6),
        (copy.numerator, copy.traits, 0),
        (copy.numerator, copy.traits, 11),
    ):
        with pytest.raises(PanelUnfit):
            Copy(numerator, copy.denominator, traits, began)


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 30), st.integers(1, 9), st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1.0, 40.0]))
def test_whatever_the_counts_nothing_but_an_interval_or_a_reason_comes_out(
    communes: int, began: int, seed: int, cases: float
) -> None:
    rng = np.random.default_rng(seed)
    denominator = rng.poisson(cases, (communes, 10)).astype(float)
    numerator = np.floor(denominator * rng.integers(0, 2, (communes, 10)))
    told = judge(Copy(numerator, denominator, np.zeros((communes, 2)), began), FINISHED)
    if told.lack is None:
        assert told.low is not None
        assert told.value is not None
        assert told.high is not None
        assert told.low <= told.value <= told.high
        assert 0 < (told.p or 0) <= 1
    else:
        assert (told.verdict, told.value, told.low) == (Verdict.TOO_LITTLE, None, None)


def changes(row: Initiative, code: str) -> list[CopyEffect]:
    with whole_nation():
        return changes_of(Adoption.objects.get(initiative=row, commune=code))


@pytest.mark.django_db
def test_the_job_judges_every_copy_and_its_page_the_lists_and_the_workbook_say_it(cast: Cast) -> None:
    row = recognised(cast)
    code = copied(row, points=30)[0]
    tasks.measure_copies_of(str(row.id))
    found = {one.indicator: one for one in changes(row, code)}
    finished = found["finished"]
    assert (finished.verdict, finished.alike) == ("better", NEIGHBOURS)
    assert finished.low is not None
    assert finished.high is not None
    assert finished.low < 30 < finished.high
    assert found["handed_over"].verdict == "better"
    with whole_nation():
        copy = Adoption.objects.get(initiative=row, commune=code)
    assert finished.last_day == copy.first_day + timedelta(days=6 * 28 - 1)
    binh = cast.client("binh")
    page = binh.get(f"/initiatives/adoptions/{copy.id}/").content.decode()
    sentence = "lượt xong ngay trên 100 lượt, so với 8 xã tương tự"
    assert f"Từ +{round(finished.low)} đến +{round(finished.high)}, so với 8 xã tương tự" in page
    assert found["other_language"].lack == "nothing_moves"
    assert "Chỉ số này không đổi ở các xã trong tỉnh: " in page
    assert "Hơn các xã tương tự" in page
    assert "Đã chứng minh" not in page
    assert sentence in binh.get(f"/initiatives/{row.id}/").content.decode()
    assert sentence in binh.get(f"/initiatives/{row.id}/spread/").content.decode()
    portfolio = cast.client("duc").get(f"/initiatives/portfolio/?place={TUYEN_QUANG}").content.decode()
    assert "Hơn các xã tương tự: " in portfolio
    content = binh.get(f"/initiatives/{row.id}/spread/table/").streaming_content
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(content))).worksheets[0]
    told = {line[1].value: [cell.value for cell in line[6:10]] for line in sheet.iter_rows(min_row=2)}
    assert told[code] == [round(finished.low), round(finished.high), 8, "Hơn các xã tương tự"]


@pytest.mark.django_db
def test_judging_again_takes_the_place_of_what_was_said_before_and_is_the_jobs_alone(cast: Cast) -> None:
    row = recognised(cast)
    code = copied(row, points=0)[0]
    for _ in range(2):
        tasks.measure_copies_of(str(row.id))
    assert len(changes(row, code)) == len({one.indicator for one in changes(row, code)}) == 7
    with pytest.raises(NotAllowed):
        measure_copies(initiative=row, by=cast.actor("an"))


@pytest.mark.django_db
def test_a_new_copy_is_told_to_be_too_early_and_a_second_one_has_no_time_without(cast: Cast) -> None:
    row = recognised(cast)
    chosen = copied(row, points=10)
    with whole_nation():
        free = Place.objects.filter(parent=TUYEN_QUANG).exclude(code__in=chosen).order_by("code")[0]
        first = Adoption.objects.create(
            initiative=row, commune=free, first_day=clock.today() - timedelta(days=9)
        )
        again = Adoption.objects.get(initiative=row, commune=chosen[0])
        Adoption.objects.filter(id=again.id).update(
            last_day=again.first_day + timedelta(days=40), stopped_why="Nghỉ."
        )
        second = Adoption.objects.create(
            initiative=row, commune_id=chosen[0], first_day=again.first_day + timedelta(days=60)
        )
    tasks.measure_copies_of(str(row.id))
    with whole_nation():
        assert {one.lack for one in changes_of(first)} == {"too_early"}
        assert {one.lack for one in changes_of(second)} == {"copied_before"}
        assert {one.lack for one in changes_of(again) if one.indicator == "finished"} == {""}
    page = cast.client("binh").get(f"/initiatives/adoptions/{first.id}/").content.decode()
    assert "Còn sớm: chưa đủ bốn tuần áp dụng" in page
    assert page.count("Còn sớm") == 1


def test_periods_are_counted_from_the_first_day_and_end_with_the_copy() -> None:
    began = clock.today() - timedelta(days=100)
    copy = Adoption(first_day=began)
    assert window_of(copy, date(2020, 1, 1)) == Window(began - timedelta(days=168), 6, 3)
    assert window_of(copy, began - timedelta(days=60)) == Window(began - timedelta(days=56), 2, 3)
    assert window_of(copy, began - timedelta(days=20)) is Lack.FEW_BEFORE
    assert window_of(copy, None) is Lack.FEW_BEFORE
    copy.last_day = began + timedelta(days=55)
    assert window_of(copy, date(2020, 1, 1)) == Window(began - timedelta(days=168), 6, 2)
    copy.last_day = began + timedelta(days=26)
    assert window_of(copy, date(2020, 1, 1)) is Lack.TOO_EARLY
    assert first_of(0) < began
