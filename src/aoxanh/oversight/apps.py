"""Django's entry for the oversight room."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Registers the room, the list of official figures that offices send in, and listens for recomputed days and sign-outs."""

    name = "aoxanh.oversight"

    def ready(self) -> None:
        from aoxanh.desk.events import days_recomputed
        from aoxanh.oversight.actions.pushing import on_signed_out_everywhere
        from aoxanh.oversight.rollup import on_days_recomputed
        from aoxanh.oversight.total_lists import TOTALS
        from aoxanh.people.events import signed_out_everywhere
        from aoxanh.sheets.kinds import register

        register(TOTALS)
        days_recomputed.connect(on_days_recomputed, dispatch_uid="oversight.province_days")
        signed_out_everywhere.connect(on_signed_out_everywhere, dispatch_uid="oversight.push_ends")
