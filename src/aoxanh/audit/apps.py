"""Django's entry for the audit room."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.audit"
