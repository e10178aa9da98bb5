"""Addresses of the pages about rosters and one's own shifts."""

from django.urls import path

from aoxanh.web.staffing import roster_shifts, rosters, shifts

urlpatterns = [
    path("rosters/", rosters.index, name="rosters"),
    path("rosters/runs/<uuid:run_id>/", rosters.run, name="roster_run"),
    path("rosters/team/<uuid:team_id>/", rosters.team, name="roster_team"),
    path("rosters/<uuid:roster_id>/", rosters.show, name="roster"),
    path("rosters/<uuid:roster_id>/absence/", rosters.absence, name="roster_absence"),
    path("rosters/<uuid:roster_id>/shifts/new/", roster_shifts.create, name="roster_shift_new"),
    path("rosters/<uuid:roster_id>/shifts/<uuid:shift_id>/", roster_shifts.show, name="roster_shift"),
    path("rosters/<uuid:roster_id>/shifts/<uuid:shift_id>/seat/", roster_shifts.seat, name="roster_seat"),
    path(
        "rosters/<uuid:roster_id>/shifts/<uuid:shift_id>/drop/", roster_shifts.drop, name="roster_shift_drop"
    ),
    path("rosters/<uuid:roster_id>/<slug:verb>/", rosters.do, name="roster_do"),
    path("shifts/", shifts.index, name="shifts"),
    path("shifts/absences/", shifts.absence, name="own_absence"),
    path("shifts/absences/<uuid:absence_id>/withdraw/", shifts.withdraw_absence, name="own_absence_withdraw"),
    path("shifts/wishes/", shifts.wish, name="wish"),
    path("shifts/wishes/<uuid:wish_id>/drop/", shifts.drop_wish, name="wish_drop"),
    path("shifts/calendar/", shifts.feed_address, name="feed_address"),
    path("shifts/swaps/<uuid:swap_id>/", shifts.answer, name="swap_answer"),
    path("shifts/<uuid:shift_id>/sign-up/", shifts.sign_up, name="sign_up"),
    path("shifts/<uuid:shift_id>/swap/", shifts.swap, name="swap"),
    path("calendar/<str:token>.ics", shifts.feed, name="calendar"),
]
