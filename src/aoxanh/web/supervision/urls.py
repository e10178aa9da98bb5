"""Addresses of the pages of supervision."""

from django.urls import path

from aoxanh.web.supervision import inbox, push, visits, watching

urlpatterns = [
    path("tasks/", inbox.index, name="tasks"),
    path("tasks/push.js", push.worker, name="push_worker"),
    path("tasks/push/", push.on, name="push_on"),
    path("tasks/push/<uuid:browser_id>/off/", push.off, name="push_off"),
    path("tasks/<uuid:task_id>/", inbox.step, name="task_step"),
    path("visits/", visits.index, name="visits"),
    path("visits/plan/", visits.plan, name="visits_plan"),
    path("visits/<uuid:visit_id>/", visits.change, name="visit_change"),
    path("visits/place/<str:code>/", visits.of_place, name="visits_of_place"),
    path("watching/", watching.index, name="watching"),
    path("watching/save/", watching.save, name="watching_save"),
    path("watching/views/<uuid:view_id>/drop/", watching.drop_view, name="view_drop"),
    path("watching/alerts/<uuid:rule_id>/drop/", watching.drop_alert, name="alert_drop"),
]
