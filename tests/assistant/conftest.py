"""The reach of the assistant's tests."""

from collections.abc import Iterator

import pytest

from aoxanh.kernel.scope import whole_nation


@pytest.fixture
def reach(db: None) -> Iterator[None]:
    """Let the test itself look at every row; what people do in it reaches no further than they do."""
    with whole_nation():
        yield
