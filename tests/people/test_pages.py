"""The pages about people, as each of the cast meets them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import BA_DINH, BINH_TEAM, HA_NOI, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id

from aoxanh.kernel import clock
from aoxanh.people import actions
from aoxanh.people.models import Account, Device, Membership, Role, RoleAssignment, Team, Volunteer

NEW = {
    "full_name": "Giàng  Mí  Sử",
    "home": LUNG_CU,
    "technology": "2",
    "communication": "1",
    "availability": ["0", "13"],
}
NEW |= {"language_0": "hmn", "tongue_0": "3", "language_1": "vie", "tongue_1": "2"}


def text(answer) -> str:
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_lan_sees_her_team_her_leader_and_herself_but_no_other_team(cast):
    client = cast.client("lan")
    assert "Đội hình Lũng Cú" in text(client.get(reverse("teams")))
    assert "Ba Đình" not in text(client.get(reverse("teams")))
    page = text(client.get(reverse("team", args=[LAN_TEAM])))
    assert "Vàng Thị Lan" in page
    assert "Nguyễn Đức Minh" in page
    assert client.get(reverse("team", args=[BINH_TEAM])).status_code == 404


def test_binh_never_sees_lan(cast):
    client = cast.client("binh")
    assert client.get(reverse("team", args=[LAN_TEAM])).status_code == 404
    assert client.get(reverse("volunteer", args=[volunteer_id("lan")])).status_code == 404
    assert client.get(reverse("volunteer_edit", args=[volunteer_id("lan")])).status_code == 404
    assert client.post(reverse("sign_out_everywhere", args=[account_id("lan")])).status_code == 404
    assert client.post(reverse("sign_in_link", args=[account_id("lan")])).status_code == 404


def test_the_centre_sees_teams_but_no_volunteers(cast):
    client = cast.client("an")
    page = text(client.get(reverse("team", args=[LAN_TEAM])))
    assert "Vàng Thị Lan" not in page
    assert client.get(reverse("volunteer", args=[volunteer_id("lan")])).status_code == 404


def test_the_secretary_registers_a_volunteer_with_an_account_and_gives_the_sign_in_link(cast):
    client = cast.client("son")
    answer = client.post(reverse("volunteer_new"), NEW | {"username": "su.lungcu"})
    assert answer.status_code == 302, answer.content.decode()
    volunteer = Volunteer.objects.get(account__username="su.lungcu")
    assert (volunteer.full_name, volunteer.fold) == ("Giàng Mí Sử", "giang mi su")
    assert volunteer.availability == 1 | 1 << 13
    assert dict(volunteer.language_skills.values_list("language_id", "level")) == {"hmn": 3, "vie": 2}
    assert RoleAssignment.objects.get(account=volunteer.account).role == Role.VOLUNTEER
    page = text(client.post(reverse("sign_in_link", args=[volunteer.account_id])))
    assert "/account/password/reset/key/" in page
    assert "data:image/svg+xml" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"username": "Lan"}, "đã có người dùng"),
        ({"username": "có dấu"}, "3 đến 60 ký tự"),
        ({"full_name": ""}, "Bạn chưa điền ô này."),
        ({"full_name": "x\u200by"}, "ký tự chữ thông thường"),
        ({"home": BA_DINH}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"home": "99999"}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"technology": "9"}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"availability": ["14"]}, "Hãy chọn một lựa chọn hợp lệ"),
        ({"adult_on": "không"}, "Ngày không hợp lệ"),
        ({"adult_on": str(clock.today() + timedelta(days=900))}, "từ đủ 16 tuổi"),
    ],
)
def test_a_refusal_stands_at_its_field_and_nothing_is_kept(cast, change, words):
    page = text(cast.client("son").post(reverse("volunteer_new"), NEW | change))
    assert words in page
    assert 'class="error"' in page
    assert not Volunteer.objects.filter(fold="giang mi su").exists()


def test_a_minor_is_marked_until_the_eighteenth_birthday(cast):
    client = cast.client("son")
    client.post(reverse("volunteer_new"), NEW | {"adult_on": str(clock.today() + timedelta(days=30))})
    volunteer = Volunteer.objects.get(fold="giang mi su")
    assert "chưa đủ 18 tuổi" in text(client.get(reverse("volunteer", args=[volunteer.id])))
    volunteer.adult_on = clock.today()
    assert not volunteer.is_minor


def test_a_volunteer_changes_skills_but_not_name_home_or_majority(cast):
    client = cast.client("lan")
    url = reverse("volunteer_edit", args=[volunteer_id("lan")])
    assert 'name="full_name"' not in text(client.get(url))
    assert client.post(url, NEW | {"technology": "3", "home": BA_DINH}).status_code == 302
    lan = Volunteer.objects.get(id=volunteer_id("lan"))
    assert (lan.technology, lan.home_id, lan.full_name) == (3, LUNG_CU, "Vàng Thị Lan")


def test_the_secretary_founds_a_team_and_leads_people_in_and_out(cast):
    client = cast.client("son")
    answer = client.post(
        reverse("team_new") + f"?place={LUNG_CU}", {"name": "Đội lưu động", "kind": "mobile"}
    )
    team = Team.objects.get(name="Đội lưu động")
    assert answer["Location"] == reverse("team", args=[team.id])
    again = client.post(reverse("team_new") + f"?place={LUNG_CU}", {"name": "Đội lưu động", "kind": "mobile"})
    assert "đã có đội hình tên là" in text(again)

    joined = client.post(
        reverse("member_add", args=[team.id]), {"volunteer": volunteer_id("lan"), "position": "leader"}
    )
    assert joined.status_code == 302, joined.content.decode()
    membership = Membership.objects.get(team=team)
    assert RoleAssignment.objects.filter(
        account=account_id("lan"), role=Role.TEAM_LEADER, place=LUNG_CU
    ).exists()
    again = client.post(
        reverse("member_add", args=[team.id]), {"volunteer": volunteer_id("lan"), "position": "member"}
    )
    assert again.status_code == 200

    client.post(reverse("member_change", args=[team.id, membership.id]), {"position": "member"})
    assert not RoleAssignment.objects.filter(
        account=account_id("lan"), role=Role.TEAM_LEADER, valid_to=None
    ).exists()
    client.post(reverse("member_change", args=[team.id, membership.id]), {"position": "leave"})
    membership.refresh_from_db()
    assert membership.valid_to == clock.today() + timedelta(days=1)


def test_a_volunteer_of_elsewhere_cannot_be_drawn_into_a_team(cast):
    client = cast.client("son")
    answer = client.post(
        reverse("member_add", args=[LAN_TEAM]), {"volunteer": volunteer_id("binh"), "position": "member"}
    )
    assert "Hãy chọn một lựa chọn hợp lệ" in text(answer)
    assert not Membership.objects.filter(team=LAN_TEAM, volunteer=volunteer_id("binh")).exists()


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "thu"])
def test_who_does_not_answer_for_the_commune_cannot_change_its_teams(cast, name):
    client = cast.client(name)
    membership = Membership.objects.get(team=LAN_TEAM, volunteer=volunteer_id("lan"))
    assert client.get(reverse("team_new") + f"?place={LUNG_CU}").status_code == 404
    assert (
        client.post(
            reverse("member_change", args=[LAN_TEAM, membership.id]), {"position": "leave"}
        ).status_code
        == 404
    )
    assert client.post(reverse("member_add", args=[LAN_TEAM]), {}).status_code == 404


def test_unsent_work_of_two_days_is_marked_for_the_leader(cast):
    Device.objects.create(
        id=uuid4(),
        account_id=account_id("lan"),
        token_hash="x",
        label="Chrome",
        pending=3,
        last_seen_at=clock.now() - timedelta(hours=49),
    )
    page = text(cast.client("minh").get(reverse("team", args=[LAN_TEAM])))
    assert "3 lượt chưa gửi" in page
    assert "quá 48 giờ" in page


def test_a_lost_phone_is_signed_out_by_the_leader(cast):
    device = Device.objects.create(id=uuid4(), account_id=account_id("lan"), token_hash="x")
    lost = cast.client("lan")
    assert lost.get(reverse("my_account")).status_code == 200
    assert cast.client("minh").post(reverse("device_revoke", args=[device.id])).status_code == 302
    device.refresh_from_db()
    assert device.revoked_at is not None
    assert (
        cast.client("minh").post(reverse("sign_out_everywhere", args=[account_id("lan")])).status_code == 302
    )
    assert lost.get(reverse("my_account")).status_code == 302


def test_the_coordinator_makes_a_secretary_and_takes_the_role_back(cast):
    client = cast.client("duc")
    url = reverse("roles") + f"?place={LUNG_CU}"
    given = {"username": "hoa.lungcu", "display_name": "Lý Thị Hoa", "role": "commune_secretary"}
    assert "/account/password/reset/key/" in text(client.post(url, given))
    assignment = RoleAssignment.objects.get(account__username="hoa.lungcu")
    assert "Lý Thị Hoa" in text(client.get(url))
    assert client.post(reverse("role_revoke", args=[assignment.id])).status_code == 302
    assert not RoleAssignment.objects.filter(id=assignment.id).exists()


@pytest.mark.parametrize(
    ("name", "place", "role"),
    [
        ("son", LUNG_CU, "commune_secretary"),
        ("son", LUNG_CU, "province_coordinator"),
        ("duc", TUYEN_QUANG, "province_coordinator"),
        ("duc", TUYEN_QUANG, "auditor"),
        ("an", "VN", "central"),
    ],
)
def test_nobody_hands_out_a_role_that_is_not_theirs_to_give(cast, name, place, role):
    form = {"username": "new.person", "display_name": "Người Mới", "role": role}
    assert "Hãy chọn một lựa chọn hợp lệ" in text(
        cast.client(name).post(reverse("roles") + f"?place={place}", form)
    )
    assert not Account.objects.filter(username="new.person").exists()


@pytest.mark.parametrize("place", [BA_DINH, HA_NOI, TUYEN_QUANG, "VN"])
def test_the_secretary_grants_nothing_outside_the_commune(cast, place):
    assert cast.client("son").get(reverse("roles") + f"?place={place}").status_code == 404


def test_somebody_elses_people_cannot_be_drawn_in_by_a_role(cast):
    form = {"username": "an", "role": "volunteer"}
    assert "không có tài khoản nào" in text(
        cast.client("son").post(reverse("roles") + f"?place={LUNG_CU}", form)
    )
    assert not RoleAssignment.objects.filter(account=account_id("an"), role="volunteer").exists()


def test_a_sign_in_link_is_not_given_for_somebody_with_wider_rights(cast):
    assignment = actions.grant_role(
        account=cast.account("duc"),
        role=Role.COMMUNE_SECRETARY,
        place=Volunteer.objects.get(id=volunteer_id("lan")).home,
        by=cast.actor("an"),
    )
    assert assignment.place_id == LUNG_CU
    assert cast.client("son").post(reverse("sign_in_link", args=[account_id("duc")])).status_code == 404
    assert cast.client("son").post(reverse("sign_in_link", args=[account_id("son")])).status_code == 409


def test_the_language_of_the_account_is_kept(cast):
    client = cast.client("lan")
    assert client.post(reverse("my_account"), {"language": "en"}).status_code == 302
    assert 'lang="en"' in text(client.get(reverse("my_account")))
    assert cast.account("lan").language == "en"


@pytest.mark.parametrize("name", ["lan", "minh", "ha", "son", "duc", "an", "thu", "binh"])
def test_everybody_can_read_their_own_account(cast, name):
    assert cast.account(name).display_name in text(cast.client(name).get(reverse("my_account")))


def test_a_volunteer_without_an_account_gets_one(cast):
    client = cast.client("son")
    client.post(reverse("volunteer_new"), NEW)
    volunteer = Volunteer.objects.get(fold="giang mi su")
    url = reverse("account_give", args=[volunteer.id])
    assert "đã có người dùng" in text(client.post(url, {"username": "lan"}))
    assert "/account/password/reset/key/" in text(client.post(url, {"username": "su.lungcu"}))
    assert "đã có tài khoản" in text(client.post(url, {"username": "su2.lungcu"}))
