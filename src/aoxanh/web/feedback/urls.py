"""Addresses of citizens' feedback; the short ones stand behind QR codes."""

from django.urls import path

from aoxanh.web.feedback import handling, public

urlpatterns = [
    path("y/<uuid:team_id>", public.give, name="feedback_give"),
    path("y/<slug:commune>/<uuid:feedback_id>", public.said, name="feedback_said"),
    path("feedback/", handling.index, name="feedback"),
    path("feedback/own/", handling.own, name="feedback_own"),
    path("feedback/poster/<uuid:team_id>/", handling.poster, name="feedback_poster"),
    path("feedback/<slug:commune>/<uuid:feedback_id>/answer/", handling.answer, name="feedback_answer"),
]
