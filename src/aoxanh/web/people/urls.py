"""Addresses of the pages about people, and of the account (allauth's own pages, less those that need e-mail)."""

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path

from aoxanh.web import sign_in
from aoxanh.web.people import account, certificates, consents, record, roles, teams, volunteers

urlpatterns = [
    path("teams/", teams.index, name="teams"),
    path("teams/new/", teams.create, name="team_new"),
    path("teams/<uuid:team_id>/", teams.show, name="team"),
    path("teams/<uuid:team_id>/members/", teams.add, name="member_add"),
    path("teams/<uuid:team_id>/members/<uuid:membership_id>/", teams.change, name="member_change"),
    path("volunteers/new/", volunteers.create, name="volunteer_new"),
    path("volunteers/<uuid:volunteer_id>/", volunteers.show, name="volunteer"),
    path("volunteers/<uuid:volunteer_id>/record/", record.show, name="volunteer_record"),
    path("record/", record.mine, name="my_record"),
    path("volunteers/<uuid:volunteer_id>/edit/", volunteers.edit, name="volunteer_edit"),
    path("volunteers/<uuid:volunteer_id>/account/", volunteers.give_account, name="account_give"),
    path("volunteers/<uuid:volunteer_id>/certificates/", certificates.record, name="certificate_record"),
    path(
        "volunteers/<uuid:volunteer_id>/certificates/<uuid:certificate_id>/revoke/",
        certificates.revoke,
        name="certificate_revoke",
    ),
    path("volunteers/<uuid:volunteer_id>/consents/", consents.record, name="consent_record"),
    path(
        "volunteers/<uuid:volunteer_id>/consents/<uuid:consent_id>/withdraw/",
        consents.withdraw,
        name="consent_withdraw",
    ),
    path("roles/", roles.index, name="roles"),
    path("roles/<uuid:assignment_id>/revoke/", roles.revoke, name="role_revoke"),
    path("people/<uuid:account_id>/link/", account.renew_link, name="sign_in_link"),
    path("people/<uuid:account_id>/sign-out/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("devices/<uuid:device_id>/revoke/", account.revoke_device, name="device_revoke"),
    path("account/", account.mine, name="my_account"),
    # Most volunteers have no e-mail address, so what allauth would do by e-mail a coordinator does by a sign-in link.
    path(
        "account/password/reset/",
        login_not_required(sign_in.forgotten_password),
        name="account_reset_password",
    ),
    path("account/password/reset/done/", account.absent),
    path("account/email/", account.absent),
    path("account/confirm-email/", account.absent),
    path("account/confirm-email/<str:key>/", account.absent),
    path("account/login/code/confirm/", account.absent),
    path("account/", include("allauth.urls")),
]
