"""Addresses of the pages on which people ask the assistant."""

from django.urls import path

from aoxanh.web.assistant import talk

urlpatterns = [path("assistant/", talk.page, name="assistant")]
