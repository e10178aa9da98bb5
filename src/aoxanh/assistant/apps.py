"""Django's entry for the assistant."""

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.assistant"
