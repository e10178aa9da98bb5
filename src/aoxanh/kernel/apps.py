"""Django's entry for the kernel: it has no models, only code."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """The kernel as an installed app, so that its templates and commands are found."""

    name = "aoxanh.kernel"
