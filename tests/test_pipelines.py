"""The pipelines: every item comes out with its end; no article is lost for its names, or tagged twice."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.exceptions import DropItem

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.extensions.run import RunAccounting
from newscrawl.items import PageItem
from newscrawl.pipelines import KeepPipeline, ReadPipeline, StorePipeline, TagPipeline
from newscrawl.steps.session import Tallies
from newscrawl.steps.tag import Tagging
from newscrawl.store import Arrival, StoreError
from newscrawl.workers import Workers
from tests.entities.fake import BREAKS, cannot_be_loaded, use
from tests.entities.test_articles import make
from tests.steps.test_read import page
from tests.steps.test_tag import Archive


@pytest.fixture(scope="module")
def workers():
    workers = Workers(1)
    yield workers
    workers.close()


class Session:
    """As much of a session as the pipelines use."""

    def __init__(self, tagging=None, read=None):
        self.tagging, self.read, self.stored, self.kept = tagging, read, [], []

    async def on_store(self, function, *arguments):
        return function(*arguments)

    async def keep_page(self, page, result, listed_at):
        if page == "full":
            raise StoreError("the disk is full")
        return f"kept {page}, {type(result).__name__}"

    def store(self, arrival, result, page):
        self.stored.append((arrival, result))
        self.kept.append(page)
        return Outcome.UPDATED if isinstance(result, Article) else result.outcome


def through(monkeypatch, pipeline, session, *items):
    """Send items through a pipeline at once; gives the run's tallies."""
    accounting = SimpleNamespace(session=session, tallies=Tallies())
    monkeypatch.setattr(RunAccounting, "of", lambda crawler: accounting)

    async def run():
        component = pipeline.from_crawler("crawler")
        return await asyncio.gather(*(component.process_item(item) for item in items))

    assert asyncio.run(run()) == list(items)
    return accounting.tallies


def item(title="صلاح في مصر", body="وفي لبنان", number=1):
    article = make(title, body)
    article.url = article.canonical_url = f"https://x.example/{number}"
    return PageItem(Arrival(article.url, "x", article.url), result=article)


def test_a_page_is_read_and_its_bytes_are_let_go(monkeypatch):
    async def wait():
        return ["the article"]

    asked = []
    one, failed = PageItem("arrival", page()), PageItem("arrival", result=Rejected(Outcome.TIMEOUT, "slow"))
    fetched = one.page
    session = Session(read=lambda pages: asked.append(pages) or SimpleNamespace(wait=wait))
    through(monkeypatch, ReadPipeline, session, one, failed)
    assert (one.result, one.page, asked) == ("the article", None, [[fetched]])
    assert failed.result.outcome is Outcome.TIMEOUT


def test_articles_get_their_names_and_the_tagger_is_loaded_once(monkeypatch, workers):
    use(monkeypatch)
    items = [item(), item("خبر", "غنت فيروز", 2)]
    through(monkeypatch, TagPipeline, Session(Tagging("light", workers, Archive(), 30)), *items)
    assert items[0].result.entities["location"] == ["مصر", "لبنان"]
    assert items[1].result.entities["person"] == ["فيروز"]
    assert {one.result.tagger for one in items} == {"fake 1"}


def test_a_text_that_this_tagger_has_tagged_is_left_alone(monkeypatch, workers):
    use(monkeypatch)
    for known, tagger in (("fake 1", ""), ("fake 0", "fake 1")):
        one = item()
        archive = Archive(**{one.result.id: known})
        through(monkeypatch, TagPipeline, Session(Tagging("light", workers, archive, 30)), one)
        assert one.result.tagger == tagger


def test_a_failure_costs_the_names_and_not_the_article(monkeypatch, workers, caplog):
    use(monkeypatch)
    one = item(body=BREAKS)
    through(monkeypatch, TagPipeline, Session(Tagging("light", workers, Archive(), 30)), one)
    assert (one.result.tagger, one.result.mentions) == ("", [])
    assert "ValueError: broken" in caplog.text


def test_a_tagger_that_cannot_be_loaded_is_said_once(monkeypatch, workers, caplog):
    use(monkeypatch, identities=cannot_be_loaded)
    items = [item(), item(number=2)]
    through(monkeypatch, TagPipeline, Session(Tagging("light", workers, Archive(), 30)), *items)
    assert [one.result.tagger for one in items] == ["", ""]
    assert caplog.text.count("loading the tagger light failed") == 1
    assert "FileNotFoundError: the model is gone" in caplog.text


def test_nothing_is_tagged_without_an_article_or_a_tagger(monkeypatch):
    rejected = PageItem(Arrival("u", "x", "u"), result=Rejected(Outcome.TOO_SHORT, ""))
    through(monkeypatch, TagPipeline, Session(Tagging("light", None, Archive(), 30)), rejected)
    one = item()
    through(monkeypatch, TagPipeline, Session(Tagging(None, None, Archive(), 30)), one)
    assert one.result.tagger == ""


def test_every_item_is_stored_and_counted_under_its_outlet(monkeypatch):
    session = Session()
    one = item()
    rejected = PageItem(Arrival("u", "y", "u"), result=Rejected(Outcome.TOO_SHORT, "two words"))
    tallies = through(monkeypatch, StorePipeline, session, one, rejected)
    assert session.stored == [(one.arrival, one.result), (rejected.arrival, rejected.result)]
    assert tallies["x"].counts == {Outcome.UPDATED: 1}
    assert tallies["y"].counts == {Outcome.TOO_SHORT: 1}


def test_an_item_without_an_end_is_our_fault(monkeypatch):
    with pytest.raises(AssertionError, match="without an end"):
        through(monkeypatch, StorePipeline, Session(), PageItem(Arrival("u", "x", "u")))


def test_a_page_is_kept_with_what_was_read_from_it_and_not_held(monkeypatch):
    session = Session()
    items = [item(number=1), item(number=2), item(number=3)]
    items[0].as_fetched, items[1].as_fetched = "one", "two"
    items[1].result = Rejected(Outcome.TOO_SHORT, "")
    through(monkeypatch, KeepPipeline, session, *items)
    assert [one.as_fetched for one in items] == [None] * 3
    through(monkeypatch, StorePipeline, session, *items)
    assert session.kept == ["kept one, Article", "kept two, Rejected", None]


def test_what_cannot_be_kept_is_not_stored(monkeypatch):
    one = item()
    one.as_fetched = "full"
    with pytest.raises(DropItem, match="the disk is full"):
        through(monkeypatch, KeepPipeline, Session(), one)
