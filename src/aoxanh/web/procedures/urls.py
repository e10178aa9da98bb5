"""Addresses of the procedure pages."""

from django.urls import path

from aoxanh.web.procedures import editor, pages

urlpatterns = [
    path("procedures/", pages.find, name="procedures"),
    path("procedures/new/", editor.edit, name="procedure_new"),
    path("procedures/<str:code>/", pages.show, name="procedure"),
    path("procedures/<str:code>/history/", pages.history, name="procedure_history"),
    path("procedures/<str:code>/edit/", editor.edit, name="procedure_edit"),
    path("procedures/<str:code>/confirm/", editor.confirm, name="procedure_confirm"),
    path("procedures/<str:code>/supersede/", editor.supersede, name="procedure_supersede"),
    path("guides/vneid/", pages.vneid, name="vneid"),
]
