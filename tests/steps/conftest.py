"""Sessions for steps that compare articles."""

import pytest

from newscrawl.store import open_store
from newscrawl.workers import Workers
from tests.steps.archives import Shared


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


@pytest.fixture
def opened(tmp_path, workers):
    """Opens sessions, each on an archive of that name."""
    sessions = []

    def open_(name="a", **config):
        sessions.append(Shared(workers, open_store(f"sqlite:///{tmp_path / name}.db"), **config))
        return sessions[-1]

    yield open_
    for session in sessions:
        session.close()
