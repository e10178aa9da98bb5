"""Django's entry for the staffing room."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Registers the room, and the list of needs that offices send in."""

    name = "aoxanh.staffing"

    def ready(self) -> None:
        from aoxanh.sheets.kinds import register
        from aoxanh.staffing.need_lists import NEEDS

        register(NEEDS)
