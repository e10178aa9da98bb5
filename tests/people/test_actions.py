"""What is done to teams, roles and accounts: who may, what is refused, from which day it holds, and what the audit keeps."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from freezegun import freeze_time
from tests.cast import BA_DINH, LAN_TEAM, LUNG_CU, TUYEN_QUANG, account_id, volunteer_id

from aoxanh.audit.models import AuditEntry
from aoxanh.kernel import clock
from aoxanh.people import actions
from aoxanh.people.actors import system
from aoxanh.people.errors import (
    AlreadyMember,
    NotAllowed,
    NotOneself,
    RoleAlreadyHeld,
    RoleUnfit,
    TeamClosed,
    TooYoung,
    UnfitName,
    UnfitSkill,
    UnfitUsername,
)
from aoxanh.people.models import Device, Membership, Role, RoleAssignment, Team, Volunteer
from aoxanh.people.permissions import GRANTABLE, TABLE, Permission, may
from aoxanh.people.queries import actor_of, recent_memberships, volunteers_visible_to
from aoxanh.places.models import Place


def place(code: str) -> Place:
    return Place.objects.get(code=code)


def lan() -> Volunteer:
    return Volunteer.objects.get(id=volunteer_id("lan"))


def facts(**more) -> actions.VolunteerFacts:
    return actions.VolunteerFacts(**({"full_name": "Sùng A Páo", "home": place(LUNG_CU)} | more))


def latest(chain: str) -> AuditEntry:
    return AuditEntry.objects.filter(chain=chain).order_by("-number")[0]


def test_every_action_is_told_to_the_audit_of_its_commune(cast):
    son = cast.actor("son")
    team = actions.create_team(commune=place(LUNG_CU), name="Đội thôn Lô Lô", kind=Team.Kind.MOBILE, by=son)
    assert (latest(LUNG_CU).action, latest(LUNG_CU).subject) == ("people.team.created", f"team:{team.id}")
    membership = actions.join_team(team=team, volunteer=lan(), by=son)
    assert latest(LUNG_CU).action == "people.team.joined"
    actions.leave_team(membership=membership, by=son)
    assert latest(LUNG_CU).action == "people.team.left"
    actions.revoke_all_sessions(account=cast.account("lan"), by=son)
    assert latest(LUNG_CU).action == "people.account.signed_out"
    assert str(account_id("son")) in latest(LUNG_CU).actor
    assert "Lan" not in latest(LUNG_CU).details


def test_a_role_begins_on_its_day_and_ends_at_once(cast):
    begins = clock.today() + timedelta(days=3)
    granted = actions.grant_role(
        account=cast.account("lan"),
        role=Role.PASC_OFFICIAL,
        place=place(LUNG_CU),
        by=cast.actor("son"),
        first_day=begins,
    )
    assert not cast.actor("lan").has_role(Role.PASC_OFFICIAL)
    with freeze_time(f"{begins} 08:00+07:00"):
        assert cast.actor("lan").has_role(Role.PASC_OFFICIAL)
        actions.revoke_role(assignment=granted, by=cast.actor("son"))
        assert not cast.actor("lan").has_role(Role.PASC_OFFICIAL)


def test_the_day_turns_at_midnight_in_vietnam(cast):
    RoleAssignment.objects.filter(account=account_id("lan")).update(valid_to=date(2027, 3, 2))
    with freeze_time("2027-03-01 16:59:59"):
        assert cast.actor("lan").has_role(Role.VOLUNTEER)
    with freeze_time("2027-03-01 17:00:00"):
        assert not cast.actor("lan").has_role(Role.VOLUNTEER)


def test_a_role_is_not_held_twice_nor_where_it_does_not_belong(cast):
    son, duc = cast.actor("son"), cast.actor("duc")
    with pytest.raises(RoleAlreadyHeld):
        actions.grant_role(account=cast.account("lan"), role=Role.VOLUNTEER, place=place(LUNG_CU), by=son)
    with pytest.raises(RoleUnfit):
        actions.grant_role(
            account=cast.account("lan"), role=Role.COMMUNE_SECRETARY, place=place(TUYEN_QUANG), by=duc
        )
    with pytest.raises(NotAllowed):
        actions.grant_role(account=cast.account("lan"), role=Role.VOLUNTEER, place=place(BA_DINH), by=son)
    with pytest.raises(NotOneself):
        actions.grant_role(account=cast.account("son"), role=Role.PASC_OFFICIAL, place=place(LUNG_CU), by=son)


def test_nobody_can_hand_out_a_role_as_wide_as_their_own():
    assert all(giver not in given for giver, given in GRANTABLE.items())
    assert all(TABLE.get((Permission.ROLE_GRANT, giver)) == "place" for giver in GRANTABLE)


def test_work_of_a_team_left_today_still_finds_it_for_sixty_days(cast):
    membership = Membership.objects.get(volunteer=volunteer_id("lan"))
    actions.leave_team(membership=membership, by=cast.actor("son"))
    assert LAN_TEAM in cast.actor("lan").teams
    tomorrow, late, too_late = (clock.today() + timedelta(days=days) for days in (1, 60, 62))
    with freeze_time(f"{tomorrow} 08:00+07:00"):
        assert LAN_TEAM not in cast.actor("lan").teams
        assert LUNG_CU in cast.actor("lan").team_communes
        assert cast.actor("lan").volunteer_id == volunteer_id("lan")
    with freeze_time(f"{late} 08:00+07:00"):
        assert recent_memberships(cast.actor("lan")).exists()
    with freeze_time(f"{too_late} 08:00+07:00"):
        assert LUNG_CU not in cast.actor("lan").team_communes


def test_a_change_of_position_leaves_no_gap_and_no_overlap(cast):
    membership = Membership.objects.get(volunteer=volunteer_id("lan"))
    leading = actions.change_position(
        membership=membership, position=Membership.Position.LEADER, by=cast.actor("son")
    )
    membership.refresh_from_db()
    assert (membership.valid_to, leading.valid_from) == (clock.today(), clock.today())
    assert LAN_TEAM in cast.actor("lan").leads
    assert cast.actor("lan").has_role(Role.TEAM_LEADER)
    back = actions.change_position(
        membership=leading, position=Membership.Position.MEMBER, by=cast.actor("son")
    )
    assert back.id == leading.id
    assert not cast.actor("lan").has_role(Role.TEAM_LEADER)


def test_a_team_takes_nobody_twice_and_nobody_after_its_end(cast):
    team = Team.objects.get(id=LAN_TEAM)
    with pytest.raises(AlreadyMember):
        actions.join_team(team=team, volunteer=lan(), by=cast.actor("son"))
    volunteer = actions.create_volunteer(facts=facts(), by=cast.actor("son"))
    team.active_to = clock.today()
    team.save()
    with pytest.raises(TeamClosed):
        actions.join_team(team=team, volunteer=volunteer, by=cast.actor("son"))


def test_a_secretary_draws_in_nobody_from_elsewhere(cast):
    team, stranger = Team.objects.get(id=LAN_TEAM), Volunteer.objects.get(id=volunteer_id("binh"))
    with pytest.raises(NotAllowed):
        actions.join_team(team=team, volunteer=stranger, by=cast.actor("son"))
    actions.join_team(team=team, volunteer=stranger, by=system("roster"))
    assert volunteers_visible_to(cast.actor("son")).filter(id=stranger.id).exists()


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"full_name": "  "}, UnfitName),
        ({"full_name": "x" * 81}, UnfitName),
        ({"full_name": "An\u202enh"}, UnfitName),
        ({"technology": 4}, UnfitSkill),
        ({"communication": -1}, UnfitSkill),
        ({"availability": 1 << 14}, UnfitSkill),
        ({"languages": {"xxx": 2}}, UnfitSkill),
        ({"languages": {"vie": 4}}, UnfitSkill),
    ],
)
def test_what_no_volunteer_is_is_refused(cast, more, error):
    with pytest.raises(error):
        actions.create_volunteer(facts=facts(**more), by=cast.actor("son"))


@pytest.mark.parametrize(("today", "adult_on", "kept"), [
    ("2027-03-01", date(2027, 3, 1), None),
    ("2027-03-01", date(2027, 3, 2), date(2027, 3, 2)),
    ("2027-03-01", date(2029, 3, 1), date(2029, 3, 1)),
    ("2028-02-29", date(2030, 2, 28), date(2030, 2, 28)),
    ("2026-12-31", date(2028, 12, 31), date(2028, 12, 31)),
])  # fmt: skip
def test_the_day_of_majority_is_kept_only_while_it_is_ahead(cast, today, adult_on, kept):
    with freeze_time(f"{today} 08:00+07:00"):
        assert actions.create_volunteer(facts=facts(adult_on=adult_on), by=cast.actor("son")).adult_on == kept


@pytest.mark.parametrize(
    ("today", "adult_on"), [("2027-03-01", date(2029, 3, 2)), ("2028-02-29", date(2030, 3, 1))]
)
def test_nobody_under_sixteen_is_registered(cast, today, adult_on):
    with freeze_time(f"{today} 08:00+07:00"), pytest.raises(TooYoung):
        actions.create_volunteer(facts=facts(adult_on=adult_on), by=cast.actor("son"))


def test_a_minor_cannot_make_themselves_an_adult(cast):
    Volunteer.objects.filter(id=volunteer_id("lan")).update(adult_on=clock.today() + timedelta(days=100))
    with pytest.raises(NotAllowed):
        actions.edit_volunteer(
            volunteer=lan(), facts=facts(full_name=lan().full_name, adult_on=None), by=cast.actor("lan")
        )
    assert cast.actor("lan").is_minor


def test_volunteers_are_listed_by_given_name_in_vietnamese_order(cast):
    for name in ("Lò Thị Ánh", "Giàng A Của", "Vừ Mí Dế", "Phạm Thị Đào", "Hà Văn An"):
        actions.create_volunteer(facts=facts(full_name=name), by=cast.actor("son"))
    names = [volunteer.full_name.split()[-1] for volunteer in volunteers_visible_to(cast.actor("son"))]
    assert names == ["An", "Ánh", "Của", "Dế", "Đào", "Lan", "Minh"]


@pytest.mark.parametrize("name", ["", "ab", "có.dấu", "a b", "-lan", "x" * 61, "lan/../an", "ⅼan"])
def test_an_account_name_that_could_be_misread_is_refused(cast, name):
    with pytest.raises(UnfitUsername):
        actions.create_account(username=name, display_name="X", place=place(LUNG_CU), by=cast.actor("son"))


def test_only_the_owner_enrols_a_phone(cast):
    with pytest.raises(NotAllowed):
        actions.enrol_device(account=cast.account("lan"), device_id=uuid4(), label="", by=cast.actor("minh"))


def test_losing_a_phone_ends_every_session_and_every_phone_of_that_person_only(cast):
    mine, others = cast.client("lan"), cast.client("binh")
    for client in (mine, others):
        client.get("/account/")
    for name in ("lan", "binh"):
        actions.enrol_device(account=cast.account(name), device_id=uuid4(), label="", by=cast.actor(name))
    assert actions.revoke_all_sessions(account=cast.account("lan"), by=cast.actor("minh")) == 2
    assert mine.get("/account/").status_code == 302
    assert others.get("/account/").status_code == 200
    assert list(Device.objects.filter(revoked_at=None).values_list("account", flat=True)) == [
        account_id("binh")
    ]


@pytest.mark.parametrize("name", ["binh", "ha", "thu"])
def test_who_does_not_answer_for_lan_cannot_sign_her_out(cast, name):
    with pytest.raises(NotAllowed):
        actions.revoke_all_sessions(account=cast.account("lan"), by=cast.actor(name))


def test_an_account_without_any_role_may_nothing_anywhere(cast):
    RoleAssignment.objects.filter(account=account_id("an")).delete()
    nobody = actor_of(cast.account("an"))
    assert not any(may(nobody, permission, place("VN")) for permission in Permission)
    assert nobody.scope.nation is False


def test_an_account_belongs_to_one_volunteer_and_most_volunteers_have_none(cast) -> None:
    row = {"full_name": "Lan Hai", "fold": "lan hai", "sort_key": "l", "home": lan().home}
    Volunteer.objects.create(**row)
    Volunteer.objects.create(**row)
    with pytest.raises(IntegrityError, match="volunteer_account_once"), transaction.atomic():
        Volunteer.objects.create(**row, account=cast.account("lan"))
