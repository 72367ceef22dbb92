"""The run's last lines, as far as they concern names."""

import asyncio
from datetime import UTC, datetime
from types import MappingProxyType, SimpleNamespace

import pytest

from newscrawl.article import Outcome
from newscrawl.extensions.bookkeeper import Bookkeeper
from newscrawl.pipelines.store import StorePipeline
from newscrawl.pipelines.story import Story
from newscrawl.store import Arrival, Run
from tests.entities.test_articles import make
from tests.pipelines.test_entities import Pool


class Signals:
    def connect(self, *_):
        pass


class Crawler:
    settings, signals = MappingProxyType({}), Signals()

    def __init__(self):
        self.books = Bookkeeper(self)

    def get_extension(self, _):
        return self.books


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, []),
        (1, ["1 article was stored without names: newscrawl retag"]),
        (1200, ["1,200 articles were stored without names: newscrawl retag"]),
    ],
)
def test_the_run_ends_with_how_many_have_no_names(capsys, number, said):
    books = Crawler().books
    books.tagger = Pool()
    books.tagger.unnamed = number
    now = datetime.now(UTC)
    run = Run(1, "crawl", "x", {}, now, now, "finished", "", [])
    books._print(run, ["the delivery's sentence"])
    assert capsys.readouterr().out.splitlines()[1:] == [*said, "the delivery's sentence"]


def test_what_is_stored_is_noted(monkeypatch):
    async def on_store(self, function, *arguments):
        return function(*arguments)

    crawler, noted = Crawler(), []
    monkeypatch.setattr(Bookkeeper, "on_store", on_store)
    crawler.books.tagger = Pool()
    crawler.books.tagger.note_stored = lambda article, outcome: noted.append((article, outcome))
    crawler.books.run = SimpleNamespace(keep=lambda *_: (Outcome.UPDATED, ""))
    story = Story(Arrival("u", "x", "u"), outlet=None, article=make("خبر", "نص"))
    asyncio.run(StorePipeline(crawler).process_item(story))
    assert noted == [(story.article, Outcome.UPDATED)]
