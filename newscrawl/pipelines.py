"""Item pipelines: read, keep, tag, store. Each awaits a step of `newscrawl.steps`; the crawl goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

from scrapy.exceptions import DropItem

from newscrawl.article import Article
from newscrawl.extensions.run import RunAccounting
from newscrawl.steps.tag import fill_in
from newscrawl.store import StoreError
from newscrawl.workers import NoWorkersError

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.items import PageItem
    from newscrawl.steps.session import Session

P = ParamSpec("P")
T = TypeVar("T")


class _Pipeline:
    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    @property
    def _session(self) -> Session:
        return RunAccounting.of(self._crawler).session

    async def _on_store(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Call what uses the archive."""
        with _or_stays_open():
            return await self._session.on_store(function, *args, **kwargs)


@contextmanager
def _or_stays_open() -> Iterator[None]:
    """Where nothing can be stored any more, or there are no workers, the candidate stays open.

    Raises:
        DropItem: it does. The run's end says why, once.
    """
    try:
        yield
    except (StoreError, NoWorkersError) as error:
        raise DropItem(str(error), log_level="DEBUG") from error


class ReadPipeline(_Pipeline):
    """Reads the page: fills in `result`, unless the fetch has failed."""

    async def process_item(self, item: PageItem) -> PageItem:
        """Have the page read in a worker."""
        if item.page is not None:
            with _or_stays_open():
                [item.result] = await self._session.read([item.page]).wait()
            item.page = None
        return item


class KeepPipeline(_Pipeline):
    """Has the page written down as it was fetched, whatever was read from it, and synced to the disk."""

    async def process_item(self, item: PageItem) -> PageItem:
        """Keep the page, if there is one."""
        page, item.as_fetched = item.as_fetched, None
        if page is not None and item.result is not None:
            with _or_stays_open():
                item.kept = await self._session.keep_page(page, item.result, item.listed_at)
        return item


class TagPipeline(_Pipeline):
    """Fills in the article's names, unless the archive has them for this very text.

    An article whose names cannot be found goes on without; the run's last lines say how many there were.
    """

    async def process_item(self, item: PageItem) -> PageItem:
        """Have the article tagged, if there is one."""
        tagging = self._session.tagging
        if isinstance(item.result, Article) and await tagging.loaded():
            job = tagging.start(await self._on_store(tagging.untagged, [item.result]))
            with _or_stays_open():
                await job.wait()
            fill_in(job)
        return item


class StorePipeline(_Pipeline):
    """Ends the candidate: one transaction, exactly one Outcome."""

    async def process_item(self, item: PageItem) -> PageItem:
        """Store the article, or note the rejection."""
        assert item.result is not None, f"{item.arrival.url} came through without an end"
        outcome = await self._on_store(self._session.store, item.arrival, item.result, item.kept)
        RunAccounting.of(self._crawler).tallies.count(item.arrival.outlet, outcome)
        return item
