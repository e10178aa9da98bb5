"""Addresses of the pages about needs and plans."""

from django.urls import path

from aoxanh.web.staffing import needs

urlpatterns = [
    path("staffing/needs/", needs.index, name="needs"),
    path("staffing/needs/suggest/", needs.suggest, name="needs_suggest"),
    path("staffing/needs/confirm/", needs.confirm, name="needs_confirm"),
    path("staffing/needs/<str:code>/", needs.edit, name="need"),
]
