"""Django's entry for the web room."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.web"
