"""Addresses of the learning pages."""

from django.urls import path

from aoxanh.web.training import items, pages

urlpatterns = [
    path("learn/", pages.courses, name="courses"),
    path("learn/items/", items.items, name="items"),
    path("learn/items/<slug:course>/", items.items, name="items_of"),
    path("learn/<slug:course>/<slug:module>/", pages.module, name="module"),
]
