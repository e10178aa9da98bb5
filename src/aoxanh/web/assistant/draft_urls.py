"""Addresses of drafting, and of the optional language model."""

from django.urls import path

from aoxanh.web.assistant import drafts, model

urlpatterns = [
    path("assistant/drafts/", drafts.drafts, name="assistant_drafts"),
    path("assistant/model/", model.model, name="assistant_model"),
]
