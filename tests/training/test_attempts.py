"""Quizzes handed in by phones: marked once, limited, bound to the person, and told in any order with one outcome."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.test import override_settings

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people.errors import NotAllowed
from aoxanh.people.models import Account
from aoxanh.privacy import actions as privacy
from aoxanh.training import actions, handout
from aoxanh.training import attempt_queries as queries
from aoxanh.training import courses as shelf
from aoxanh.training.models import Attempt, AttemptAnswers, Certificate, QuizBank
from aoxanh.training.quiz.marking import Given
from aoxanh.training.slots import is_sealed, start_number
from tests.cast import volunteer_id
from tests.conftest import Cast
from tests.training.sittings import MINUTE, a_sitting, hand_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def codes(answers: list[Any]) -> list[tuple[str, str]]:
    return [(answer.status, answer.code) for answer in answers]


def the_attempt(number: int = 1) -> Attempt:
    return Attempt.objects.get(volunteer=volunteer_id("lan"), number=number)


def test_a_form_answered_without_a_mistake_earns_the_certificate_for_a_year(cast: Cast) -> None:
    assert codes(hand_in(cast, a_sitting())) == [("accepted", "")]
    attempt = the_attempt()
    assert (attempt.score, attempt.passed, attempt.late, attempt.again) == (10_000, True, False, [])
    held = Certificate.objects.get(volunteer=volunteer_id("lan"))
    assert (held.group_id, held.issued_on) == ("vneid", clock.today())
    assert held.valid_to is not None
    assert 365 <= (held.valid_to - held.issued_on).days <= 366
    assert held.holds_today


@pytest.mark.parametrize(("wrong", "passed"), [(4, True), (5, False)])
def test_the_share_that_passes_is_held_to_the_question(cast: Cast, wrong: int, passed: bool) -> None:
    hand_in(cast, a_sitting(wrong=wrong))
    attempt = the_attempt()
    assert (attempt.score, attempt.passed) == (10_000 - 500 * wrong, passed)
    assert attempt.again
    assert Certificate.objects.exists() is passed


def test_the_course_on_conduct_leads_to_no_certificate(cast: Cast) -> None:
    assert codes(hand_in(cast, a_sitting(course="conduct"))) == [("accepted", "")]
    assert the_attempt().passed
    assert not Certificate.objects.exists()


def test_an_attempt_told_again_is_known_and_gives_one_certificate_and_one_audit_entry(cast: Cast) -> None:
    sitting = a_sitting()
    told = [hand_in(cast, sitting)[0], hand_in(cast, sitting, sitting)[1]]
    assert codes(told) == [("accepted", ""), ("already", "")]
    assert Certificate.objects.count() == Attempt.objects.count() == AttemptAnswers.objects.count() == 1
    for action in ("training.quiz.handed_in", "training.certificate.recorded"):
        assert AuditEntry.objects.filter(action=action).count() == 1


def test_start_and_hand_in_told_in_any_order_and_twice_come_to_the_same(cast: Cast) -> None:
    whole = a_sitting(wrong=3)
    begun = replace(whole, handed_in_at=None, answers={})
    seen = set()
    for order in permutations([begun, whole, begun, whole]):
        for sitting in order:
            hand_in(cast, sitting)
        attempt = the_attempt()
        seen.add((attempt.started_at, attempt.handed_in_at, attempt.score, attempt.digest))
        attempt.delete()
        Certificate.objects.all().delete()
    assert len(seen) == 1


def test_other_answers_under_a_number_that_was_handed_in_are_refused(cast: Cast) -> None:
    hand_in(cast, a_sitting(wrong=12))
    assert codes(hand_in(cast, a_sitting())) == [("refused", "used")]
    assert the_attempt().passed is False


def test_anothers_start_number_is_refused_and_what_they_told_cannot_be_replayed(cast: Cast) -> None:
    lans = a_sitting("lan")
    hand_in(cast, lans)
    assert codes(hand_in(cast, lans, by="minh")) == [("refused", "no_number")]
    assert Attempt.objects.get().volunteer_id == volunteer_id("lan")
    assert not Certificate.objects.filter(volunteer=volunteer_id("minh")).exists()


def test_a_number_that_the_phone_made_up_is_refused(cast: Cast) -> None:
    sitting = a_sitting()
    changed = [
        replace(sitting, number=2),
        replace(sitting, course="services"),
        replace(sitting, course="nothing"),
        replace(sitting, bank="0" * 64),
        replace(sitting, id=a_sitting("minh").id),
    ]
    assert codes(hand_in(cast, *changed)) == [("refused", "no_number")] * len(changed)
    assert not Attempt.objects.exists()


def test_a_fourth_attempt_in_two_weeks_is_refused_also_when_all_come_at_once(cast: Cast) -> None:
    told = [a_sitting(number=number, wrong=10) for number in (4, 1, 3, 2)]
    assert codes(hand_in(cast, *told)) == [("refused", "too_many"), *[("accepted", "")] * 3]
    course = shelf.course_of("vneid")
    assert course is not None
    allowed = queries.allowance_of(volunteer_id("lan"), course)
    assert list(allowed.numbers) == []
    assert allowed.again_at is not None
    assert allowed.again_at > clock.now() + 13 * DAY
    Attempt.objects.update(received_at=clock.now() - 15 * DAY)
    assert codes(hand_in(cast, told[0])) == [("accepted", "")]


def test_who_looks_at_three_forms_to_hand_in_the_easiest_has_used_all_three(cast: Cast) -> None:
    assert codes(hand_in(cast, a_sitting(number=3, wrong=10))) == [("accepted", "")]
    told = [a_sitting(number=number) for number in (1, 2, 4)]
    assert codes(hand_in(cast, *told)) == [("refused", "stepped_over")] * 2 + [("refused", "too_many")]


def test_an_attempt_that_took_too_long_is_marked_but_not_passed(cast: Cast) -> None:
    begun = clock.now() - 90 * MINUTE
    hand_in(cast, a_sitting(started_at=begun))
    attempt = the_attempt()
    assert (attempt.score, attempt.passed, attempt.late) == (10_000, False, True)


def test_the_earliest_start_counts_whichever_phone_told_it(cast: Cast) -> None:
    begun = a_sitting(started_at=clock.now() - 90 * MINUTE, handed_in_at=None, answers={})
    hand_in(cast, begun)
    hand_in(cast, a_sitting())
    assert the_attempt().late


@pytest.mark.parametrize("times", [(-20, -40), (2880, 2900)], ids=["ends before it begins", "in two days"])
def test_times_that_cannot_be_are_marked_as_doubtful(cast: Cast, times: tuple[int, int]) -> None:
    started, handed_in = (clock.now() + minutes * MINUTE for minutes in times)
    hand_in(cast, a_sitting(started_at=started, handed_in_at=handed_in))
    assert the_attempt().doubtful


@pytest.mark.parametrize(
    "answer",
    [
        Given(chosen=(0, 0)),
        Given(chosen=(99,)),
        Given(chosen=(-1,)),
        Given(holds=True, chosen=(0,)),
        Given(matched=(99,)),
    ],
    ids=repr,
)
def test_an_answer_that_no_question_can_be_given_is_refused_and_costs_no_attempt(
    cast: Cast, answer: Given
) -> None:
    sitting = a_sitting()
    spoilt = replace(sitting, answers=dict.fromkeys(sitting.answers, answer))
    stranger = replace(sitting, answers=sitting.answers | {"nothing-01": Given()})
    assert codes(hand_in(cast, spoilt, stranger)) == [("refused", "misfit")] * 2
    assert codes(hand_in(cast, sitting)) == [("accepted", "")]


def test_answers_are_marked_against_the_items_that_the_phone_had(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = a_sitting()
    hand_in(cast)
    item = handout.bank_of("vneid").items[0]
    changed = msgspec.structs.replace(item, why=msgspec.structs.replace(item.why, vi="Khác"))
    fresh = msgspec.structs.replace(
        handout.bank_of("vneid"), items=(changed, *handout.bank_of("vneid").items[1:])
    )
    present = handout.bank_of
    monkeypatch.setattr(handout, "bank_of", lambda code: fresh if code == "vneid" else present(code))
    handout.bank_version.cache_clear()
    try:
        begun_anew = a_sitting(handed_in_at=None, answers={})
        assert begun_anew.id != old.id
        hand_in(cast, replace(old, handed_in_at=None, answers={}))
        assert codes(hand_in(cast, begun_anew)) == [("accepted", "")]
        assert codes(hand_in(cast, old)) == [("accepted", "")]
        assert codes(hand_in(cast, a_sitting())) == [("refused", "stepped_over")]
    finally:
        handout.bank_version.cache_clear()
    assert the_attempt().score == 10_000
    assert QuizBank.objects.filter(course="vneid").count() == 2


def test_a_start_number_given_before_the_secret_changed_still_holds(cast: Cast) -> None:
    given = a_sitting()
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):
        assert codes(hand_in(cast, given)) == [("refused", "no_number")]
    from django.conf import settings

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert codes(hand_in(cast, given)) == [("accepted", "")]


def test_start_numbers_differ_by_person_course_count_and_bank() -> None:
    people = [volunteer_id("lan"), volunteer_id("minh")]
    made = {
        start_number(person, course, number, bank)
        for person in people
        for course in ("vneid", "ai")
        for number in (1, 2, 11)
        for bank in ("a", "b")
    }
    assert len(made) == 24
    assert {id_.version for id_ in made} == {8}


def test_where_a_course_says_so_its_modules_must_be_read_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    course = shelf.course_of("vneid")
    assert course is not None
    exam = msgspec.structs.replace(course.examination, read_first=True)
    strict = msgspec.structs.replace(course, examination=exam)
    monkeypatch.setattr(shelf, "course_of", lambda _code: strict)
    assert codes(hand_in(cast, a_sitting())) == [("refused", "not_read")]
    now = clock.now()
    reads = [actions.Read("vneid", module.id, 3, now, now, module.version) for module in course.modules]
    actions.keep_reading(reads=reads, by=cast.actor("lan"))
    assert codes(hand_in(cast, a_sitting())) == [("accepted", "")]


@pytest.mark.parametrize("name", ["ha", "son", "an"])
def test_who_is_no_volunteer_hands_nothing_in(cast: Cast, name: str) -> None:
    with pytest.raises(NotAllowed):
        hand_in(cast, a_sitting(), by=name)


def test_nothing_that_phones_are_given_tells_an_answer() -> None:
    for course in shelf.courses():
        document = handout.document(course.code)
        told = msgspec.json.encode(document["items"]).decode()
        for word in ('"right"', '"holds"', '"number"', '"why"', '"within"', '"pairs"'):
            assert word not in told, word
        for item in handout.bank_of(course.code).items:
            assert item.why.vi not in told


def test_right_sides_stand_on_phones_in_an_order_that_is_not_the_key() -> None:
    rights = [rights for course in shelf.courses() for rights in handout.bank_of(course.code).rights.values()]
    assert len(rights) > 10
    at_home = sum(place == at for order in rights for at, place in enumerate(order))
    assert at_home < 0.6 * sum(len(order) for order in rights)


def test_answers_go_after_a_year_and_the_score_stays(cast: Cast) -> None:
    hand_in(cast, a_sitting(wrong=2))
    long_ago = clock.now() - 370 * DAY
    Attempt.objects.update(received_at=long_ago)
    AttemptAnswers.objects.update(received_at=long_ago)
    privacy.retain(by="test")
    assert not AttemptAnswers.objects.exists()
    assert the_attempt().score == 9_000
    assert codes(hand_in(cast, a_sitting(wrong=2))) == [("already", "")]
    Attempt.objects.update(received_at=clock.now() - 740 * DAY)
    privacy.retain(by="test")
    assert not Attempt.objects.exists()


def test_forgetting_a_person_takes_their_attempts_answers_and_reading(cast: Cast) -> None:
    hand_in(cast, a_sitting(), a_sitting(course="ai", wrong=9))
    hand_in(cast, a_sitting("minh"), by="minh")
    now = clock.now()
    actions.keep_reading(reads=[actions.Read("vneid", "codes", 1, now)], by=cast.actor("lan"))
    touched = privacy.forget(username=Account.objects.get(volunteer=volunteer_id("lan")).username, by="test")
    assert [touched.get(f"training.{name}") for name in ("Attempt", "AttemptAnswers", "Reading")] == [2, 2, 1]
    assert Attempt.objects.get().volunteer_id == volunteer_id("minh")


def test_of_ten_thousand_start_numbers_guessed_or_bent_none_is_taken() -> None:
    dice = random.Random(7)
    person, bank = volunteer_id("lan"), "a" * 64
    sealed = start_number(person, "vneid", 1, bank)
    bent = [UUID(int=sealed.int ^ 1 << dice.randrange(128)) for _try in range(5_000)]
    guessed = [UUID(int=dice.getrandbits(128)) for _try in range(5_000)]
    assert is_sealed(sealed, person, "vneid", 1, bank)
    assert not [id_ for id_ in (*bent, *guessed) if is_sealed(id_, person, "vneid", 1, bank)]
