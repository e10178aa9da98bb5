"""Addresses of the desk's pages."""

from django.urls import path

from aoxanh.web.desk import handovers, sessions

urlpatterns = [
    path("handovers/", handovers.index, name="handovers"),
    path("handovers/<slug:commune>/<slug:day>/<uuid:id_>/take/", handovers.take, name="handover_take"),
    path("handovers/<slug:commune>/<slug:day>/<uuid:id_>/settle/", handovers.settle, name="handover_settle"),
    path("sessions/", sessions.index, name="sessions"),
]
