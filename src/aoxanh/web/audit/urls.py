"""Addresses of the auditor's page."""

from django.urls import path

from aoxanh.web.audit import views

urlpatterns = [path("audit/", views.index, name="audit")]
