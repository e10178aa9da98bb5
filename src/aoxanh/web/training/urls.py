"""Addresses of the learning pages."""

from django.urls import path

from aoxanh.web.training import pages

urlpatterns = [
    path("learn/", pages.courses, name="courses"),
    path("learn/<slug:course>/<slug:module>/", pages.module, name="module"),
]
