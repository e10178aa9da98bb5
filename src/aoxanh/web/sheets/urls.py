"""Addresses of the pages about lists."""

from django.urls import path

from aoxanh.web.sheets import files, views

urlpatterns = [
    path("sheets/", views.index, name="sheets"),
    path("sheets/<uuid:import_id>/", views.show, name="sheet"),
    path("sheets/<uuid:import_id>/store/", views.store, name="sheet_store"),
    path("sheets/<uuid:import_id>/drop/", views.drop, name="sheet_drop"),
    path("sheets/<uuid:import_id>/marked.xlsx", files.marked, name="sheet_marked"),
    path("sheets/template/<slug:kind>.xlsx", files.template, name="sheet_template"),
    path("sheets/export/<slug:kind>/", files.export, name="sheet_export"),
]
