"""Addresses of the field app; the service worker lies inside its own scope."""

from django.urls import path

from aoxanh.web.field import views

app_name = "field"
urlpatterns = [
    path("", views.app, name="app"),
    path("sw.js", views.service_worker, name="worker"),
    path("rules.json", views.guard_rules, name="rules"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
