"""One newsroom of each edition for all tests of this folder that do not count requests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.newsroom import Newsroom
from tests.newsroom.reading import SLOW_SECONDS


@pytest.fixture(scope="package")
def room() -> Iterator[Newsroom]:
    with Newsroom(edition=1, slow_seconds=SLOW_SECONDS) as room:
        yield room


@pytest.fixture(scope="package")
def second() -> Iterator[Newsroom]:
    with Newsroom(edition=2, slow_seconds=SLOW_SECONDS) as room:
        yield room


@pytest.fixture(params=[1, 2])
def either(request: pytest.FixtureRequest, room: Newsroom, second: Newsroom) -> Newsroom:
    return room if request.param == 1 else second
