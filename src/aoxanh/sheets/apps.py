"""Django's entry for the sheets room."""

from django.apps import AppConfig


class SheetsConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.sheets"
