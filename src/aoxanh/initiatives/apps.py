"""Django's entry for the initiatives room."""

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.initiatives"
