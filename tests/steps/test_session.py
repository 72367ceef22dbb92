"""A session: what is opened together is closed together, and what is stored is counted."""

import asyncio
import threading

import pytest

from newscrawl.article import Outcome, Rejected
from newscrawl.config import Config
from newscrawl.steps.session import Session, Tallies
from newscrawl.store import Arrival, IngestRow, open_store
from tests.entities.test_articles import make


@pytest.fixture
def session(tmp_path):
    with Session(open_store(f"sqlite:///{tmp_path / 'a.db'}"), Config(workers=1), tagger="light") as session:
        session.begin_run("crawl", "x", {})
        yield session


def arrival(session, article):
    from newscrawl.store import Proposal

    session.run.propose([Proposal(article.url, "x", "")])
    return Arrival(article.url, "x", article.canonical_url)


def test_a_page_ends_with_its_article_or_its_rejection(session):
    article = make("خبر", "نص")
    assert session.store(arrival(session, article), article) is Outcome.STORED
    assert session.archive.count() == 1
    assert session.tagging.unnamed == 1
    other = make("خبر", "نص")
    other.url = other.canonical_url = "https://x.example/2"
    rejected = Rejected(Outcome.TOO_SHORT, "two words")
    assert session.store(arrival(session, other), rejected) is Outcome.TOO_SHORT
    [row] = session.archive.candidates(session.run.id, "too_short")
    assert (row.url, row.reason) == (other.url, "two words")


def test_rows_end_together_and_those_without_names_are_counted(session):
    article = make("خبر", "نص")
    row = IngestRow(Arrival(article.url, "x", article.url), article, Outcome.STORED, "", None)
    bad = IngestRow(Arrival("f:2", "x", "f:2"), None, Outcome.BAD_ROW, "line 2: not JSON", None)
    assert session.store_rows([row, bad]) == [Outcome.STORED, Outcome.BAD_ROW]
    assert session.tagging.unnamed == 1


def test_the_store_has_a_thread_of_its_own(session):
    async def run():
        return [await session.on_store(threading.get_ident) for _ in range(3)]

    [thread] = set(asyncio.run(run()))
    assert thread != threading.get_ident()


def test_all_is_closed_even_if_one_thing_fails(tmp_path, monkeypatch):
    closed = []
    session = Session(open_store(f"sqlite:///{tmp_path / 'a.db'}"), Config(workers=1), tagger="camel")

    def fail():
        closed.append("tagging")
        raise OSError("stuck")

    monkeypatch.setattr(session.tagging, "close", fail)
    monkeypatch.setattr(session.workers, "close", lambda: closed.append("workers"))
    monkeypatch.setattr(session.archive, "close", lambda: closed.append("archive"))
    with pytest.raises(OSError, match="stuck"), session:
        pass
    assert closed == ["tagging", "workers", "archive"]


def test_an_exception_inside_closes_it_too(tmp_path, monkeypatch):
    closed = []
    monkeypatch.setattr("newscrawl.store.Archive.close", lambda _: closed.append("archive"))
    with (
        pytest.raises(KeyboardInterrupt),
        Session(open_store(f"sqlite:///{tmp_path / 'a.db'}"), Config(workers=1), tagger=None),
    ):
        raise KeyboardInterrupt
    assert closed == ["archive"]


def test_tallies_are_made_when_first_asked_for():
    tallies = Tallies()
    tallies.of("silent")
    for outcome in (Outcome.STORED, Outcome.STORED, Outcome.KNOWN):
        tallies.count("sahel", outcome)
    assert list(tallies) == ["silent", "sahel"]
    assert tallies["sahel"].counts == {Outcome.STORED: 2, Outcome.KNOWN: 1}
    assert tallies["silent"].candidates == 0
