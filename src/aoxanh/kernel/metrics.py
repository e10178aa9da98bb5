"""What this installation counts about itself, added up over the server's processes; never anything about a person.

Each process of the web server writes its counts into a file of its own in the folder that counting.py made, and whichever
process is asked adds the files up. Without that folder a process counts for itself.
"""

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from aoxanh.kernel.counting import FOLDER_VARIABLE

# A second series for each counter, which nobody reads.
disable_created_metrics()  # type: ignore[no-untyped-call]

# Counters and histograms of any room register here.
METERS = CollectorRegistry()


def exposed(readings: Iterable[Collector]) -> bytes:
    """Return the counts of all processes and the given readings in Prometheus' text form."""
    registry = METERS
    if FOLDER_VARIABLE in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    told = [generate_latest(registry)]
    for reading in readings:
        of_its_own = CollectorRegistry()
        of_its_own.register(reading)
        told.append(generate_latest(of_its_own))
    return b"".join(told)
