"""Publishing, superseding and confirming versions; loading those of the product."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from aoxanh.assistant.queries import find_procedures
from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people.actors import system
from aoxanh.people.errors import NotAllowed
from aoxanh.places.queries import place_by_code
from aoxanh.procedures import queries, seed
from aoxanh.procedures.actions import confirm_version, load_procedures, publish_version, supersede
from aoxanh.procedures.errors import CardInvalid, EditConflict, NotSupersedable, UnknownProcedure
from aoxanh.procedures.models import Procedure, ProcedureVersion
from tests.procedures.card_examples import a_card

BIRTH = "1.001193"
CODE = "9.000001"


@pytest.fixture
def an(cast):
    return cast.actor("an")


def publish(card, by, base=0, province=None):
    return publish_version(card=card, province=province, base=base, by=by)


def spans(code=CODE):
    rows = ProcedureVersion.objects.filter(procedure=code).order_by("number")
    return [(row.number, row.valid_from, row.valid_to) for row in rows]


def test_the_product_loads_74_cards_and_loading_again_changes_nothing(db):
    assert ProcedureVersion.objects.filter(valid_to=None).count() == 74
    before = AuditEntry.objects.count()
    loaded = load_procedures()
    assert (loaded.made, len(loaded.unchanged), loaded.kept, loaded.guides) == ([], 74, [], [])
    assert AuditEntry.objects.count() == before


def test_a_changed_card_of_the_product_makes_a_new_version_and_closes_the_old(db, monkeypatch):
    cards = seed.read_cards()
    changed = [replaced(card, source="new source") if card.code == BIRTH else card for card in cards]
    monkeypatch.setattr(seed, "read_cards", lambda: changed)
    assert load_procedures().made == [f"{BIRTH}#2"]
    assert load_procedures().made == []
    first, second = ProcedureVersion.objects.filter(procedure=BIRTH).order_by("number")
    assert first.valid_to == second.valid_from == first.valid_from
    assert queries.card_on(BIRTH).card.source == "new source"


def test_an_edit_by_people_is_never_overwritten_by_a_release(an, monkeypatch):
    card = queries.card_on(BIRTH).card
    publish(replaced(card, source="our own", valid_from=clock.today()), an, base=1)
    assert load_procedures().made == []
    changed = [replaced(card, source="release") if card.code == BIRTH else card for card in seed.read_cards()]
    monkeypatch.setattr(seed, "read_cards", lambda: changed)
    assert load_procedures().kept == [BIRTH]
    assert queries.card_on(BIRTH).card.source == "our own"


def test_old_codes_lead_to_the_procedure_that_took_their_place(db):
    assert Procedure.objects.get(code="1.014061").superseded_by_id == "1.116410"
    assert find_procedures("1.014061")[0].card.code == "1.116410"
    assert "1.014061" in queries.known_codes()


def test_publishing_numbers_the_versions_and_ends_the_one_before(an):
    publish(a_card(), an)
    publish(a_card(valid_from="2026-06-01", name__vi="Tên mới"), an, base=1)
    assert spans() == [(1, date(2026, 1, 1), date(2026, 6, 1)), (2, date(2026, 6, 1), None)]
    assert queries.card_on(CODE, date(2026, 5, 31)).card.name.vi == "Xin cấp thẻ thư viện xã"
    assert queries.card_on(CODE, date(2026, 6, 1)).card.name.vi == "Tên mới"


def test_an_announced_version_waits_for_its_day_and_survives_a_correction(an):
    later = clock.today() + timedelta(days=30)
    publish(a_card(), an)
    publish(a_card(valid_from=later.isoformat(), name__vi="Luật mới"), an, base=1)
    publish(a_card(valid_from=clock.today().isoformat(), name__vi="Sửa lỗi"), an, base=2)
    assert queries.card_on(CODE).card.name.vi == "Sửa lỗi"
    assert queries.card_on(CODE, later).card.name.vi == "Luật mới"
    assert spans()[2] == (3, clock.today(), later)


def test_a_correction_from_an_earlier_day_replaces_what_had_begun(an):
    publish(a_card(), an)
    publish(a_card(valid_from="2026-06-01"), an, base=1)
    publish(a_card(valid_from="2026-03-01", name__vi="Đúng"), an, base=2)
    assert spans() == [
        (1, date(2026, 1, 1), date(2026, 3, 1)),
        (2, date(2026, 6, 1), date(2026, 6, 1)),
        (3, date(2026, 3, 1), None),
    ]
    assert queries.card_on(CODE, date(2026, 7, 1)).card.name.vi == "Đúng"


def test_a_stale_edit_is_refused_and_nothing_is_written(an):
    publish(a_card(), an)
    publish(a_card(), an, base=1)
    with pytest.raises(EditConflict) as refusal:
        publish(a_card(name__vi="Muộn"), an, base=1)
    assert "2" in str(refusal.value)
    assert len(spans()) == 2


def test_a_card_that_breaks_a_rule_is_not_published(an):
    bad = replaced(a_card(), aliases=())
    with pytest.raises(CardInvalid):
        publish(bad, an)
    assert not Procedure.objects.filter(code=CODE).exists()


def test_a_province_has_its_own_card_and_others_keep_the_national_one(cast, an):
    publish(a_card(asks_province=True), an)
    home, other = place_by_code("08"), place_by_code("01")
    publish(a_card(asks_province=True, name__vi="Của tỉnh"), cast.actor("duc"), base=1, province=home)
    assert queries.card_on(CODE, province=home).card.name.vi == "Của tỉnh"
    assert not queries.card_on(CODE, province=home).asks_province
    assert queries.card_on(CODE, province=other).asks_province
    assert queries.card_on(CODE).version.number == 1
    assert [number for number, _, end in spans() if end is None] == [1, 2]


def test_a_provinces_card_says_when_the_nation_has_moved_on(cast, an):
    home = place_by_code("08")
    publish(a_card(), an)
    publish(a_card(), cast.actor("duc"), base=1, province=home)
    assert not queries.card_on(CODE, province=home).has_newer_national
    publish(a_card(name__vi="Mới"), an, base=1)
    assert queries.card_on(CODE, province=home).has_newer_national


def test_two_editors_of_one_provinces_first_card_do_not_both_win(cast, an):
    home, duc = place_by_code("08"), cast.actor("duc")
    publish(a_card(), an)
    publish(a_card(), duc, base=1, province=home)
    with pytest.raises(EditConflict):
        publish(a_card(), duc, base=1, province=home)


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "thu", "binh"])
def test_only_coordinators_edit(cast, name):
    with pytest.raises(NotAllowed):
        publish(a_card(), cast.actor(name), province=place_by_code("08"))


def test_a_province_edits_neither_the_nations_card_nor_a_neighbours(cast):
    for province in (None, place_by_code("01")):
        with pytest.raises(NotAllowed):
            publish(a_card(), cast.actor("duc"), province=province)


def test_publishing_is_recorded_in_the_chain_of_its_place(cast, an):
    publish(a_card(), an)
    publish(a_card(), cast.actor("duc"), base=1, province=place_by_code("08"))
    rows = AuditEntry.objects.filter(action="procedures.version.published").order_by("at")
    assert [(row.chain, row.subject) for row in rows] == [("VN", f"{CODE}#1"), ("08", f"{CODE}#2")]


def test_confirming_says_who_checked_and_when(cast, an):
    version = publish(a_card(), an)
    confirm_version(version_id=version.id, checked_by="  Sở Tư pháp  ", by=an)
    shown = queries.card_on(CODE).version
    assert (shown.checked_by, shown.checked_on, shown.confidence) == ("Sở Tư pháp", clock.today(), "high")
    with pytest.raises(NotAllowed):
        confirm_version(version_id=version.id, checked_by="", by=cast.actor("duc"))


def test_a_superseded_procedure_ends_today_and_can_still_be_read(an):
    publish(a_card(), an)
    supersede(old=CODE, new=BIRTH, by=an)
    shown = queries.card_on(CODE)
    assert (shown.superseded_by, shown.version.valid_to) == (BIRTH, clock.today())
    assert CODE not in {item.card.code for item in queries.current_cards()}
    assert find_procedures(CODE)[0].card.code == BIRTH


def test_superseding_never_goes_in_a_circle(an):
    publish(a_card(), an)
    supersede(old=CODE, new=BIRTH, by=an)
    for old, new in ((BIRTH, CODE), (BIRTH, BIRTH)):
        with pytest.raises(NotSupersedable):
            supersede(old=old, new=new, by=an)
    with pytest.raises(UnknownProcedure):
        supersede(old=BIRTH, new="9.999999", by=an)


def test_a_stale_card_is_known_by_its_number(an):
    publish(a_card(), an)
    assert queries.newer_than(CODE, 1) is None
    publish(a_card(), an, base=1)
    newer = queries.newer_than(CODE, 1)
    assert newer is not None
    assert newer.number == 2
    assert queries.newer_than("9.999999", 1) is None


def test_a_card_is_unknown_before_its_first_day(an):
    publish(a_card(), an)
    with pytest.raises(UnknownProcedure):
        queries.card_on(CODE, date(2025, 12, 31))


def test_versions_of_the_product_carry_name_based_ids_and_peoples_do_not(an):
    assert queries.card_on(BIRTH).version.id.version == 5
    made: UUID = publish(a_card(), an).id
    assert made.version == 7


def test_the_system_may_publish_for_everyone(db):
    assert publish(a_card(), system("test")).number == 1


def replaced(card, **changes):
    import msgspec

    return msgspec.structs.replace(card, **changes)
