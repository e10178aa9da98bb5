"""Django's entry for the desk room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room and listens for months whose time is over."""

    name = "aoxanh.desk"

    def ready(self) -> None:
        from aoxanh.desk.models import SupportSession
        from aoxanh.desk.retention import on_months_over
        from aoxanh.privacy.events import months_over

        months_over.connect(on_months_over, sender=SupportSession, dispatch_uid="desk.months_over")
