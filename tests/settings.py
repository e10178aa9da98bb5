"""Settings of the suite: the product's own, on a private PostgreSQL that lives as long as the test run.

The first process to import this starts the cluster and makes a template database with tables, places, procedures and
the cast; every worker gets its own clone of it (40 to 75 ms).
"""

import os

from tests.database import database_for_this_process

os.environ["AOXANH_DATA_DIR"] = str(database_for_this_process().data_dir)
os.environ["DATABASE_URL"] = database_for_this_process().url("app")
os.environ["AOXANH_SECRET_KEY"] = "only for tests"
os.environ["AOXANH_REQUIRE_MFA"] = "false"
# Playwright keeps an event loop in the process for as long as its browser tests share it; the suite itself is not async.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from aoxanh.config.settings import *  # noqa: F403
from aoxanh.config.settings import STATIC_ROOT

STATIC_ROOT.mkdir(exist_ok=True)

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
