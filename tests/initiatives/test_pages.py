"""Pages of creative models: from a proposal to copies, tools, the portfolio, a workbook and a PDF, each only for whom it is."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aoxanh.initiatives.actions import EffectFacts, store_effect
from aoxanh.initiatives.loudspeaker import seconds_of
from aoxanh.initiatives.models import (
    Adoption,
    ClassMeeting,
    Initiative,
    JointDuty,
    Material,
    OutreachRun,
    PhraseCard,
)
from aoxanh.kernel import clock
from aoxanh.kernel.scope import whole_nation
from aoxanh.people.actors import system
from aoxanh.people.models import Account, Role, RoleAssignment
from tests.cast import LUNG_CU, TUYEN_QUANG
from tests.conftest import Cast
from tests.initiatives.examples import adopted, proposed, recognised

pytestmark = pytest.mark.django_db
OGG = b"OggS" + bytes(60)
FORM = {
    "place": LUNG_CU,
    "kind": "loudspeaker",
    "title": "Loa kéo ở chợ phiên",
    "problem": "Bà con không biết lịch.",
    "steps": "Viết bài.\nĐi phát.",
    "volunteers": "4",
}


def described(kind: str) -> Initiative:
    with whole_nation():
        return Initiative.objects.get(kind=kind, state="described")


def test_a_proposal_is_written_decided_and_read(cast: Cast) -> None:
    reply = cast.client("lan").post("/initiatives/new/", FORM)
    assert reply.status_code == 302
    address = reply.url
    for name, step in (("son", "confirm"), ("duc", "review"), ("duc", "recognise")):
        assert (
            cast.client(name).post(f"{address}decide/", {"step": step, "reason": "Tốt."}).status_code == 302
        )
    page = cast.client("binh").get(address).content.decode()
    assert "Loa kéo ở chợ phiên" in page
    assert "4 tình nguyện viên" in page
    assert "Đã công nhận" in page
    assert (
        "Loa kéo ở chợ phiên" in cast.client("binh").get("/initiatives/?q=loa keo cho phien").content.decode()
    )


def test_personal_data_in_a_proposal_are_shown_at_their_field_and_stored_nowhere(cast: Cast) -> None:
    page = cast.client("lan").post("/initiatives/new/", FORM | {"problem": "Gọi 0912 345 678"})
    assert page.status_code == 200
    assert "số điện thoại" in page.content.decode()
    with whole_nation():
        assert not Initiative.objects.filter(title=FORM["title"]).exists()


def test_a_copy_is_begun_checked_adapted_and_stopped_with_a_reason(cast: Cast) -> None:
    row = recognised(cast)
    son = cast.client("son")
    reply = son.post(
        f"/initiatives/{row.id}/adopt/",
        {"commune": LUNG_CU, "first_day": "2026-06-01", "adapted": "Thêm loa."},
    )
    address = reply.url
    marks = {"language": "2", "cards": "2", "plain": "1", "no_secret": "2"}
    assert son.post(f"{address}check/", marks).status_code == 302
    assert son.post(f"{address}check/", {"language": "2"}).status_code == 400
    assert "88 %" in cast.client("binh").get(address).content.decode()
    assert son.post(f"{address}stopped/", {"stopped_why": ""}).status_code == 400
    assert son.post(f"{address}stopped/", {"stopped_why": "Thiếu người."}).status_code == 302
    assert "Thiếu người." in cast.client("binh").get(address).content.decode()
    assert son.post(f"{address}check/", marks).status_code == 409
    assert cast.client("binh").post(f"{address}check/", marks).status_code == 404


def test_a_class_is_recorded_and_asked_again_only_after_thirty_days(cast: Cast) -> None:
    copy = adopted(cast, described("literacy"), first_day=clock.today() - timedelta(days=60))
    address = f"/initiatives/adoptions/{copy.id}/"
    told = {"task": "vneid", "minutes": 60, "learners": 10, "could_before": 2, "could_after": 8}
    today, long_ago = clock.today(), clock.today() - timedelta(days=40)
    minh = cast.client("minh")
    assert minh.post(f"{address}meeting/", told | {"day": today.isoformat()}).status_code == 302
    assert minh.post(f"{address}meeting/", told | {"day": long_ago.isoformat()}).status_code == 302
    assert (
        minh.post(f"{address}meeting/", told | {"day": today.isoformat(), "could_after": 11}).status_code
        == 400
    )
    with whole_nation():
        new, old = ClassMeeting.objects.order_by("-day")
    minh.post(f"/initiatives/classes/{new.id}/later/", {"asked": "5", "could": "4"})
    minh.post(f"/initiatives/classes/{old.id}/later/", {"asked": "5", "could": "4"})
    with whole_nation():
        assert list(ClassMeeting.objects.order_by("-day").values_list("could_later", flat=True)) == [None, 4]
    assert "10 người học" not in cast.client("binh").get(address).content.decode()


def test_a_script_that_nobody_listens_to_the_end_of_is_refused(cast: Cast) -> None:
    copy = adopted(cast, described("loudspeaker"))
    told = {"day": clock.today().isoformat(), "route": "Chợ, ngã ba", "language": "hmn", "minutes": 40}
    short, right = "Mời bà con đến điểm hỗ trợ. " * 3, "Mời bà con đến điểm hỗ trợ sáng thứ Bảy. " * 20
    assert 60 <= seconds_of(right) <= 90
    son, address = cast.client("son"), f"/initiatives/adoptions/{copy.id}/run/"
    page = son.post(address, told | {"script": short})
    assert (page.status_code, "mất khoảng 8 giây" in page.content.decode()) == (400, True)
    assert son.post(address, told | {"script": right}).status_code == 302
    with whole_nation():
        run = OutreachRun.objects.get()
    son.post(f"/initiatives/rounds/{run.id}/came/", {"came": "14"})
    with whole_nation():
        assert OutreachRun.objects.get().came == 14


def test_only_the_police_count_what_only_the_police_may_do(cast: Cast) -> None:
    copy = adopted(cast, described("joint_duty"))
    told = {"day": clock.today().isoformat(), "half": "am", "volunteers": 3, "police": 1}
    son, address = cast.client("son"), f"/initiatives/adoptions/{copy.id}/duty/"
    assert son.post(address, told | {"police": 0}).status_code == 400
    assert son.post(address, told).status_code == 302
    assert son.post(address, told).status_code == 400
    with whole_nation():
        duty = JointDuty.objects.get()
        officer = Account.objects.create_user("canh-sat", "x", display_name="Công an xã")
        RoleAssignment.objects.create(
            account=officer, role=Role.POLICE_CONTACT, place_id=LUNG_CU, valid_from=clock.today()
        )
    count = f"/initiatives/duties/{duty.id}/count/"
    for name in ("lan", "minh", "son", "duc", "an", "binh"):
        assert cast.client(name).post(count, {"activations": "9"}).status_code == 404
    police = cast.client(None)
    police.force_login(officer)
    assert "3 tình nguyện viên, 1 công an" in police.get("/initiatives/duties/").content.decode()
    assert police.post(count, {"activations": "9"}).status_code == 302
    with whole_nation():
        assert JointDuty.objects.get().activations == 9


def test_a_voice_needs_consent_and_plays_for_everybody(cast: Cast) -> None:
    told = {"commune": LUNG_CU, "language": "hmn", "text_vi": "Bác mở ứng dụng giúp cháu."}
    son = cast.client("son")
    voice = lambda content=OGG: SimpleUploadedFile("a.ogg", content)  # noqa: E731 - a fresh file for each request
    assert son.post("/initiatives/phrases/", told | {"sound": voice()}).status_code == 400
    assert (
        son.post("/initiatives/phrases/", told | {"sound": voice(b"<html>"), "consent": "giấy"}).status_code
        == 400
    )
    assert (
        son.post(
            "/initiatives/phrases/", told | {"sound": voice(), "consent": "đồng ý trên giấy"}
        ).status_code
        == 302
    )
    card = PhraseCard.objects.get()
    reply = cast.client("binh").get(f"/initiatives/phrases/{card.id}/sound/")
    assert (reply.content, reply["Content-Type"]) == (OGG, "audio/ogg")
    assert cast.client("binh").post(f"/initiatives/phrases/{card.id}/withdraw/").status_code == 404
    assert son.post(f"/initiatives/phrases/{card.id}/withdraw/").status_code == 302
    assert cast.client("binh").get(f"/initiatives/phrases/{card.id}/sound/").status_code == 404
    assert "Vàng Thị Lan" in son.get("/initiatives/phrases/?language=hmn").content.decode()


def test_materials_are_bounded_typed_and_looked_through(cast: Cast) -> None:
    row = proposed(cast)
    lan, address = cast.client("lan"), f"/initiatives/{row.id}/materials/"
    pdf = lambda size=0: SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + bytes(size))  # noqa: E731
    assert lan.post(address, {"title": "Tờ rơi", "file": pdf()}).status_code == 400
    assert (
        lan.post(address, {"title": "Tờ rơi", "file": pdf(1_000_000), "looked_through": "on"}).status_code
        == 400
    )
    assert lan.post(address, {"title": "Tờ rơi", "link": "javascript:alert(1)"}).status_code == 400
    assert lan.post(address, {"title": "Tờ rơi", "file": pdf(), "looked_through": "on"}).status_code == 302
    file = f"/initiatives/materials/{Material.objects.get().id}/"
    reply = cast.client("son").get(file)
    assert reply["Content-Disposition"].startswith("attachment")
    assert cast.client("binh").get(file).status_code == 404


def test_the_portfolio_ranks_by_effect_and_never_by_copies(cast: Cast) -> None:
    many, proven = recognised(cast, title="A nhiều nơi làm"), recognised(cast, title="Z đã đo")
    adopted(cast, many)
    today = clock.today()
    facts = EffectFacts(
        "finished",
        "proven",
        9.0,
        6.0,
        12.0,
        14,
        60,
        "Tăng 6 đến 12 hồ sơ xong trên 100.",
        "x",
        [],
        today,
        today,
    )
    with whole_nation():
        store_effect(initiative=proven, facts=facts, by=system("evidence"))
    page = cast.client("duc").get(f"/initiatives/portfolio/?place={TUYEN_QUANG}").content.decode()
    assert page.index("Z đã đo") < page.index("A nhiều nơi làm")
    assert "Tăng 6 đến 12 hồ sơ xong trên 100." in page
    book = openpyxl.load_workbook(
        io.BytesIO(
            b"".join(
                cast.client("duc").get(f"/initiatives/portfolio/table/?place={TUYEN_QUANG}").streaming_content
            )
        )
    )
    assert [row[0].value for row in book.worksheets[0].iter_rows(min_row=2)][:2] == [
        "Z đã đo",
        "A nhiều nơi làm",
    ]
    assert book.worksheets[1]["B2"].value == LUNG_CU
    assert Adoption.objects.count() == 1


def test_an_initiative_is_printed(cast: Cast) -> None:
    row = recognised(cast)
    reply = cast.client("binh").get(f"/initiatives/{row.id}/paper/")
    assert reply.content.startswith(b"%PDF-")
    assert cast.client("binh").get(f"/initiatives/{proposed(cast).id}/paper/").status_code == 404


def test_how_one_model_spread_is_told_with_those_that_stopped_and_as_a_workbook(cast: Cast) -> None:
    row = recognised(cast)
    first = clock.today() - timedelta(days=100)
    home, gone = (
        adopted(cast, row, first_day=first),
        adopted(cast, row, "duc", "00721", first_day=first),
    )
    cast.client("duc").post(f"/initiatives/adoptions/{gone.id}/stopped/", {"stopped_why": "Chợ dời đi."})
    address = f"/initiatives/{row.id}/spread/"
    page = cast.client("binh").get(address).content.decode()
    assert "1 nơi đang áp dụng" in page
    assert "Chợ dời đi." in page
    assert f"{first:%m/%Y}: 2" in page
    assert f"{address}?place={TUYEN_QUANG}" in page
    elsewhere = cast.client("binh").get(f"{address}?place=01").content.decode()
    assert str(home.id) not in elsewhere
    content = cast.client("binh").get(f"{address}table/").streaming_content
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(content))).worksheets[0]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [LUNG_CU, "00721"]
    assert cast.client("binh").get(f"/initiatives/{proposed(cast).id}/spread/").status_code == 404


def test_a_page_on_which_a_voice_is_recorded_may_play_it_and_nothing_from_elsewhere(cast: Cast) -> None:
    reply = cast.client("minh").get("/initiatives/phrases/")
    assert "media-src 'self' blob:;" in f"{reply['Content-Security-Policy']};"
    assert "data-recorder" in reply.content.decode()
    assert "blob:" not in cast.client("minh").get("/initiatives/")["Content-Security-Policy"]
