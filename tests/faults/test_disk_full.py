"""A full disk on the server: nothing is acknowledged that is not stored, phones are told to wait, and room is all it takes."""

import os

import pytest

from tests.faults.small_disk import in_its_own_namespace

pytestmark = pytest.mark.faults


def environment() -> dict[str, str]:
    return dict(os.environ)


def test_a_full_disk_is_answered_503_and_the_site_goes_on_by_itself_when_there_is_room() -> None:
    told = in_its_own_namespace("data", environment(), root=not os.geteuid())
    assert told["before"].keys() == {"200"}
    assert told["full"].keys() == {"503"}
    assert told["running_when_full"]
    assert told["stored_when_full"] == told["acknowledged_when_full"] > 0
    assert told["after"].keys() == {"200"}
    assert (told["stuck"], told["flaws"], told["broken_chains"], told["wrong_figures"]) == (0, {}, 0, 0)


def test_without_room_for_its_log_postgresql_ends_and_loses_nothing_when_it_is_started_again() -> None:
    told = in_its_own_namespace("wal", environment(), root=not os.geteuid())
    assert told["full"].keys() == {"503"}
    assert not told["running_when_full"]
    assert told["stored_when_full"] == told["acknowledged_when_full"] > 0
    assert told["after"].keys() == {"200"}
    assert (told["stuck"], told["flaws"], told["broken_chains"], told["wrong_figures"]) == (0, {}, 0, 0)
