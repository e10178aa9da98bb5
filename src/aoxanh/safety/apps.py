"""Django's entry for the safety room."""

from django.apps import AppConfig


class SafetyConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.safety"
