"""Django's entry for the staffing room."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.staffing"
