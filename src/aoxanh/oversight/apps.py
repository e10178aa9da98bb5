"""Django's entry for the oversight room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the room and listens for recomputed days."""

    name = "aoxanh.oversight"

    def ready(self) -> None:
        from aoxanh.desk.events import days_recomputed
        from aoxanh.oversight.rollup import on_days_recomputed

        days_recomputed.connect(on_days_recomputed, dispatch_uid="oversight.province_days")
