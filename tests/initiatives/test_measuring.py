"""The job that measures: what was planted is found, what was not is not claimed, and a page says the one as plainly as the other."""

from datetime import timedelta

import pytest

from aoxanh.initiatives import measuring, tasks
from aoxanh.initiatives.actions.measuring import measure
from aoxanh.initiatives.adoption_queries import initiatives_to_measure, ranked_by
from aoxanh.initiatives.models import Adoption, Decision, Effect, Initiative
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.errors import NotAllowed
from tests.cast import TUYEN_QUANG
from tests.conftest import Cast
from tests.initiatives.examples import adopted, proposed, recognised
from tests.initiatives.history import copied, first_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fewer_placebos(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "DRAWS", 25)


def recognised_long_ago(cast: Cast) -> Initiative:
    row = recognised(cast)
    with whole_nation():
        Decision.objects.filter(initiative=row).update(made_at=clock.now() - timedelta(days=330))
    return row


def effect(row: Initiative, indicator: str = "finished") -> Effect:
    with whole_nation():
        return Effect.objects.get(initiative=row, indicator=indicator)


def test_a_planted_effect_is_found_with_its_interval_its_plot_and_its_page(cast: Cast) -> None:
    row = recognised_long_ago(cast)
    copied(row, points=15)
    tasks.measure_one(str(row.id))
    found = effect(row)
    assert found.grade in {"proven", "promising"}
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 15 < found.high
    assert found.adopters == 12
    assert len(found.points) > 6
    assert found.first_day == first_of(0)
    with whole_nation():
        assert [one.initiative_id for one in ranked_by("finished")] == [row.id]
        assert [one.initiative_id for one in ranked_by("handed_over")] == [row.id]
    page = cast.client("binh").get(f"/initiatives/{row.id}/").content.decode()
    assert ">Đã chứng minh</span>" in page
    assert found.sentence_vi.partition(": ")[2].capitalize() in page
    assert 'class="effect-plot"' in page
    portfolio = cast.client("duc").get(f"/initiatives/portfolio/?place={TUYEN_QUANG}").content.decode()
    assert portfolio.count(found.sentence_vi) >= 1


def test_measuring_again_takes_the_place_of_what_was_said_before(cast: Cast) -> None:
    row = recognised_long_ago(cast)
    copied(row, points=0)
    for _ in range(2):
        tasks.measure_one(str(row.id))
    with whole_nation():
        assert Effect.objects.filter(initiative=row).count() == len(measuring.MEASURES)
    assert effect(row).grade not in {"proven", "promising"}
    page = cast.client("binh").get(f"/initiatives/{row.id}/").content.decode()
    assert "chưa chứng minh" not in page


def test_a_few_copies_are_never_shown_as_a_success(cast: Cast) -> None:
    row = recognised_long_ago(cast)
    copied(row, points=30, adopters=4)
    tasks.measure_one(str(row.id))
    found = effect(row)
    assert (found.grade, found.estimate, found.doubts) == ("too_little", None, ["few_adopters"])
    page = cast.client("binh").get(f"/initiatives/{row.id}/").content.decode()
    assert 'effect-plot"' not in page
    assert "mới có ít xã áp dụng" in page or "Quá ít" in page or "ít xã" in page


def test_those_that_had_begun_before_recognition_leave_open_whether_it_can_be_copied(cast: Cast) -> None:
    row = recognised(cast)
    copied(row, points=15)
    tasks.measure_one(str(row.id))
    found = effect(row)
    assert found.grade == "promising"
    assert "not_copied" in found.doubts


def test_a_commune_that_stopped_still_counts_from_its_first_copy_on(cast: Cast) -> None:
    row = recognised_long_ago(cast)
    chosen = copied(row, points=0, adopters=6)
    with whole_nation():
        first = Adoption.objects.get(initiative=row, commune=chosen[0])
        Adoption.objects.filter(id=first.id).update(
            last_day=first.first_day + timedelta(days=9), stopped_why="Thiếu người."
        )
        Adoption.objects.create(initiative=row, commune_id=chosen[0], first_day=clock.today())
        course = measuring.course_of(row)
    assert course is not None
    assert course.adopted[chosen[0]] == first.first_day
    assert len(course.adopted) == 6


def test_only_recognised_initiatives_with_copies_are_measured_and_only_by_the_job(cast: Cast) -> None:
    row, without = recognised(cast), recognised(cast, title="Mô hình khác")
    proposed(cast, title="Chưa được xét")
    adopted(cast, row)
    with whole_nation():
        assert list(initiatives_to_measure()) == [row]
    tasks.measure_one(str(without.id))
    tasks.measure_one(str(row.id))
    with whole_nation():
        assert not Effect.objects.exists()
    with pytest.raises(NotAllowed):
        measure(initiative=row, by=cast.actor("an"))
