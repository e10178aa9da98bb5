"""Addresses of the desk's pages."""

from django.urls import path

from aoxanh.web.desk import answer, codes, handovers, sessions

urlpatterns = [
    path("c/<str:token>", answer.give, name="answer"),
    path("c/<str:token>/phone", answer.give_on_phone, name="answer_on_phone"),
    path("handovers/", handovers.index, name="handovers"),
    path("handovers/<slug:commune>/<slug:day>/<uuid:id_>/take/", handovers.take, name="handover_take"),
    path("handovers/<slug:commune>/<slug:day>/<uuid:id_>/settle/", handovers.settle, name="handover_settle"),
    path("sessions/", sessions.index, name="sessions"),
    path("codes/", codes.index, name="codes"),
    path("codes/slips/", codes.slips, name="code_slips"),
    path("codes/answers/", codes.answer, name="code_answer"),
    path("codes/returns/", codes.came_back, name="code_return"),
    path("codes/checks/", codes.check, name="code_check"),
]
