"""Sessions whose workers serve many tests, and articles that steps compare with each other."""

from datetime import timedelta

import sqlalchemy as sa

from newscrawl.config import Config
from newscrawl.steps.session import Session
from newscrawl.store.schema import outbox
from tests.store.conftest import NOW, keep, make


class Shared(Session):
    """A session whose archive is its own and whose workers go on to the next test."""

    def __init__(self, workers, archive, **config):
        self.archive, self.config, self.worker_count, self.workers = archive, Config(**config), 1, workers

    def close(self):
        self.archive.close()


def article(path, body, hours=0, outlet="sahifa", **fields):
    """An article, so many hours after the first."""
    at = NOW - timedelta(hours=48) + timedelta(hours=hours)
    return make(path, body, outlet=outlet, outlet_name=outlet, published_at=at, title=f"خبر {path}", **fields)


def store(session, *some):
    run = session.archive.begin_run("crawl", "sahifa", {})
    outcomes = [keep(run, one) for one in some]
    run.leave()
    return outcomes


def waiting(session):
    return {one.article_id for one in session.archive.waiting(0, 100_000)}


def deliver(session):
    """Take all out of the outbox, as if Elasticsearch had it."""
    with session.archive.engine.begin() as connection:
        connection.execute(sa.delete(outbox))
