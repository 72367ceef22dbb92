"""The names' pipeline: no article is lost, and none is tagged twice for the same text."""

import asyncio
from concurrent.futures import Future
from typing import ClassVar

import pytest
from pebble import ProcessExpired

from newscrawl.entities.articles import find_names
from newscrawl.pipelines import entities
from newscrawl.pipelines.entities import EntitiesPipeline
from newscrawl.pipelines.story import Story
from newscrawl.store import Arrival
from tests.entities.fake import FakeTagger
from tests.entities.test_articles import make

LIMIT = 30.0


def done(result):
    """A future that has ended, well or with an exception."""
    future = Future()
    (future.set_exception if isinstance(result, Exception) else future.set_result)(result)
    return future


class Pool:
    """A TaggerPool in this process, with what it was asked."""

    kind = "light"

    def __init__(self, identity="fake 1", answer=None):
        self._identity, self._answer = identity, answer
        self.loaded, self.asked = 0, []

    def identity(self):
        self.loaded += 1
        return done(self._identity)

    def submit(self, texts, timeout):
        self.asked.append((texts, timeout))
        return done(self._answer or find_names(FakeTagger(), texts))


class Books:
    """As much of a Bookkeeper as the pipeline uses."""

    def __init__(self, tagger, known=()):
        self.tagger, self.run, self.archive = tagger, self, self
        self.known = known

    def already_tagged(self, articles, identity):
        return {article.id for article in articles if identity in self.known}

    async def on_store(self, function, *arguments):
        return function(*arguments)


class Crawler:
    settings: ClassVar = {"NEWSCRAWL_PAGE_TIMEOUT": LIMIT}


def through(monkeypatch, books, *stories):
    """Send stories through the pipeline at once."""
    monkeypatch.setattr(entities.Bookkeeper, "of", classmethod(lambda cls, crawler: books))

    async def run():
        pipeline = EntitiesPipeline.from_crawler(Crawler)
        return await asyncio.gather(*(pipeline.process_item(story) for story in stories))

    assert asyncio.run(run()) == list(stories)


def story(title="صلاح في مصر", body="وفي لبنان"):
    article = make(title, body)
    return Story(Arrival(article.url, "x", article.url), outlet=None, article=article)


def test_articles_get_their_names_and_the_tagger_is_loaded_once(monkeypatch):
    pool, stories = Pool(), [story(), story("خبر", "غنت فيروز")]
    through(monkeypatch, Books(pool), *stories)
    assert stories[0].article.entities["location"] == ["مصر", "لبنان"]
    assert stories[1].article.entities["person"] == ["فيروز"]
    assert {one.article.tagger for one in stories} == {"fake 1"}
    assert pool.loaded == 1
    assert pool.asked[0] == (["صلاح في مصر\nوفي لبنان"], LIMIT)


def test_a_text_that_this_tagger_has_tagged_is_left_alone(monkeypatch):
    for known, asked in (("fake 1", 0), ("fake 0", 1)):
        pool, one = Pool(), story()
        through(monkeypatch, Books(pool, {known}), one)
        assert (len(pool.asked), bool(one.article.tagger)) == (asked, bool(asked))


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TimeoutError(), f"took more than {LIMIT:g} s"),
        (ProcessExpired("killed", code=9), "died (killed"),
        (ValueError("odd text"), "ValueError: odd text"),
    ],
)
def test_a_failure_costs_the_names_and_not_the_article(monkeypatch, caplog, failure, said):
    one = story()
    through(monkeypatch, Books(Pool(answer=failure)), one)
    assert (one.article.tagger, one.article.mentions, one.rejection) == ("", [], None)
    assert said in caplog.text


def test_a_tagger_that_cannot_be_loaded_is_said_once(monkeypatch, caplog):
    pool, stories = Pool(FileNotFoundError("no model")), [story(), story()]
    through(monkeypatch, Books(pool), *stories)
    assert (pool.loaded, pool.asked) == (1, [])
    assert caplog.text.count("articles are stored without names") == 1
    assert "FileNotFoundError: no model" in caplog.text


def test_nothing_is_done_without_an_article_or_a_tagger(monkeypatch):
    rejected = Story(Arrival("u", "x", "u"), outlet=None)
    pool = Pool()
    through(monkeypatch, Books(pool), rejected)
    one = story()
    through(monkeypatch, Books(None), one)
    assert (pool.loaded, pool.asked, one.article.tagger) == (0, [], "")
