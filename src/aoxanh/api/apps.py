"""Django's entry for the api room."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.api"
