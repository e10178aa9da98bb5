"""Sets the clock of a server that a test starts forward by AOXANH_TEST_LATER seconds; Python imports this module by itself."""

import os
from datetime import UTC, datetime, timedelta

from aoxanh.kernel import clock

LATER = timedelta(seconds=int(os.environ.get("AOXANH_TEST_LATER", "0")))
clock.now = lambda: datetime.now(UTC) + LATER
