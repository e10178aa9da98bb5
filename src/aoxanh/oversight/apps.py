"""Django's entry for the oversight room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the room, the list of official figures that offices send in, and listens for recomputed days."""

    name = "aoxanh.oversight"

    def ready(self) -> None:
        from aoxanh.desk.events import days_recomputed
        from aoxanh.oversight.rollup import on_days_recomputed
        from aoxanh.oversight.total_lists import TOTALS
        from aoxanh.sheets.kinds import register

        register(TOTALS)
        days_recomputed.connect(on_days_recomputed, dispatch_uid="oversight.province_days")
