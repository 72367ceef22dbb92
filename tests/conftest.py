"""How Hypothesis runs, and that the shared data is there where it must be."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator

import pytest
from hypothesis import settings

from newscrawl.store import database
from tests import new_archives
from tests.required import SHARED, required

# Time is measured in `make bench`, never asserted in a test: these machines are shared.
settings.register_profile("newscrawl", deadline=None)
settings.load_profile("newscrawl")


def pytest_sessionstart() -> None:
    """Stop at once where ../shared is required: many tests would skip without it."""
    absent = [name for name in ("corpus", "ner", "outlets", "pages") if not (SHARED / name).is_dir()]
    if required("shared") and absent:
        pytest.exit(f"required by NEWSCRAWL_TEST_REQUIRE: {SHARED / absent[0]}", returncode=1)


@pytest.fixture(scope="session", autouse=True)
def make_new_archives_quickly() -> Iterator[None]:
    """Run the migrations once, not for every new archive of this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(database, "_migrate", new_archives.migrate)
        yield


@pytest.fixture(autouse=True)
def restore_logging() -> Iterator[None]:
    """Undo what a crawl in this process does to the root logger: Scrapy sets its level and adds handlers."""
    root = logging.getLogger()
    level, handlers = root.level, list(root.handlers)
    yield
    root.setLevel(level)
    root.handlers[:] = handlers


@pytest.fixture
def heeds_hang_up() -> Iterator[None]:
    """SIGHUP as a terminal's children have it, also where the tests themselves run under `nohup`."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)
