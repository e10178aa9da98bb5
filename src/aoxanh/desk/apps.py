"""Django's entry for the desk room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.desk"
