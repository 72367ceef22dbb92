"""Worker processes: what they do at their start."""

import os

from newscrawl.workers import Workers

PREPARED = "NEWSCRAWL_TEST_PREPARED"


def prepare():
    os.environ[PREPARED] = "yes"
    raise RuntimeError("prepared badly")


def prepared():
    return os.environ.get(PREPARED)


def test_workers_are_prepared_and_survive_that_it_fails():
    workers = Workers(1, prepare=prepare)
    assert workers.submit(10, prepared).result() == "yes"
    workers.close()
