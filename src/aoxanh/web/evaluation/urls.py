"""Addresses of the pages of evaluation."""

from django.urls import path

from aoxanh.web.evaluation import cycles, files, indicators, totals, units

urlpatterns = [
    path("evaluation/", cycles.index, name="evaluations"),
    path("evaluation/<uuid:cycle_id>/", cycles.show, name="evaluation"),
    path("evaluation/<uuid:cycle_id>/step/", cycles.move, name="evaluation_step"),
    path("evaluation/<uuid:cycle_id>/files/", files.review, name="evaluation_files"),
    path("evaluation/<uuid:cycle_id>/units/<str:code>/", units.show, name="evaluation_unit"),
    path("indicators/", indicators.index, name="indicators"),
    path("official-totals/", totals.index, name="totals"),
]
