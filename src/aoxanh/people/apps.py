"""Django's entry for the people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.people"
