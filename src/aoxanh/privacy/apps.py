"""Django's entry for the privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.privacy"
