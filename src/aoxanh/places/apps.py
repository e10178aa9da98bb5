"""Django's entry for the places room."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.places"
