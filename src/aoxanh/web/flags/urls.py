"""Addresses of the questions about figures."""

from django.urls import path

from aoxanh.web.flags import views

urlpatterns = [
    path("questions/", views.index, name="flags"),
    path("questions/<uuid:flag_id>/", views.show, name="flag"),
    path("questions/<uuid:flag_id>/<str:step>/", views.move, name="flag_move"),
]
