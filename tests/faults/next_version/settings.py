"""The product's settings with the next version's app; only `migrate` runs with them, the servers stay as they are."""

from aoxanh.config.settings import *  # noqa: F403
from aoxanh.config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults.next_version"]
