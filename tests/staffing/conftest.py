"""Here each test says itself who holds a certificate: nobody of the cast does at its start."""

import pytest

from aoxanh.training.models import Certificate


@pytest.fixture(autouse=True)
def nobody_is_certified_yet(request: pytest.FixtureRequest) -> None:
    """Take the cast's certificates out of the test's transaction."""
    if "db" in request.fixturenames:
        request.getfixturevalue("db")
        Certificate.objects.all().delete()
