"""For the fault tests that are programs of their own: the product's words without a database behind them."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def standing_alone() -> Iterator[None]:
    """Set Django up as the suite would; what is asked of a site's database is asked by SQL, so this process needs none."""
    with tempfile.TemporaryDirectory(prefix="aoxanh-faults-") as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "aoxanh.config.settings",
            "DATABASE_URL": "postgresql://nobody@/none",
            "AOXANH_SECRET_KEY": "only for tests",
            "AOXANH_DATA_DIR": folder,
        }
        import django

        django.setup()
        yield
