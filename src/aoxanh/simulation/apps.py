"""Django's entry for the simulation room."""

from django.apps import AppConfig


class SimulationConfig(AppConfig):
    """Registers the room."""

    name = "aoxanh.simulation"
