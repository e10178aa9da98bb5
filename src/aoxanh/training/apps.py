"""Django's entry for the training room."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.training"
