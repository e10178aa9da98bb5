"""Addresses of the pages about needs and plans."""

from django.urls import path

from aoxanh.web.staffing import assignments, details, needs, plans

urlpatterns = [
    path("staffing/mine/", assignments.mine, name="my_assignment"),
    path("staffing/sent/", assignments.sent, name="sent"),
    path("staffing/assignments/<uuid:assignment_id>/decline/", assignments.decline, name="decline"),
    path("staffing/declines/<uuid:decline_id>/withdraw/", assignments.withdraw, name="decline_withdraw"),
    path("staffing/needs/", needs.index, name="needs"),
    path("staffing/needs/suggest/", needs.suggest, name="needs_suggest"),
    path("staffing/needs/confirm/", needs.confirm, name="needs_confirm"),
    path("staffing/needs/<str:code>/", needs.edit, name="need"),
    path("staffing/plans/", plans.index, name="plans"),
    path("staffing/plans/<uuid:plan_id>/", plans.show, name="plan"),
    path("staffing/plans/<uuid:plan_id>/approve/", plans.approve, name="plan_approve"),
    path("staffing/plans/<uuid:plan_id>/discard/", plans.discard, name="plan_discard"),
    path("staffing/plans/<uuid:plan_id>/compare/", details.compare, name="plan_compare"),
    path("staffing/plans/<uuid:plan_id>/edits/", details.edit, name="plan_edit"),
    path("staffing/plans/<uuid:plan_id>/edits/<uuid:edit_id>/", details.edit_back, name="plan_edit_back"),
    path("staffing/plans/<uuid:plan_id>/communes/<str:code>/", details.commune, name="plan_commune"),
    path("staffing/plans/<uuid:plan_id>/people/<uuid:volunteer_id>/", details.person, name="plan_person"),
]
