"""Django's entry for the staffing room."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Registers the room, the list of needs that offices send in, and what follows when a minor's consent ends."""

    name = "aoxanh.staffing"

    def ready(self) -> None:
        from aoxanh.people.events import consent_ended
        from aoxanh.sheets.kinds import register
        from aoxanh.staffing.minors import on_consent_ended
        from aoxanh.staffing.need_lists import NEEDS

        register(NEEDS)
        consent_ended.connect(on_consent_ended, dispatch_uid="staffing.consent_ended")
