"""Django's entry for the procedures room."""

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.procedures"
