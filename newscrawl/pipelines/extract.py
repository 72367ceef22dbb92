"""Pipeline: the page's article, read in a worker process so that the crawl's event loop stays free."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from pebble import ProcessExpired

from newscrawl.article import Outcome, Rejected
from newscrawl.config import Config
from newscrawl.extensions.bookkeeper import Bookkeeper
from newscrawl.extraction.page import extract

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.pipelines.story import Story

_log = logging.getLogger(__name__)
_HTML = ("text/html", "application/xhtml+xml", "text/plain", "")


class ExtractPipeline:
    """Fills in `story.article`, or `story.rejection`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        config = Config.from_scrapy(crawler.settings)
        self._timeout, self._min_words = config.page_timeout, config.min_words

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_item(self, story: Story) -> Story:
        """Extract, unless the fetch failed already."""
        page = story.page
        if story.rejection is not None or page is None:
            return story
        kind = page.content_type.split(";")[0].strip().lower()
        if kind not in _HTML:
            story.rejection = Rejected(Outcome.NOT_ARTICLE, f"the answer is {kind}, not a web page")
            return story
        workers = Bookkeeper.of(self._crawler).workers
        future = workers.submit(
            self._timeout,
            extract,
            page.body,
            page.url,
            outlet=story.outlet,
            fetched_at=page.fetched_at,
            encoding=page.encoding,
            listed_at=story.published_at,
            min_words=self._min_words,
        )
        try:
            result = await asyncio.wrap_future(future)
        except TimeoutError:
            result = Rejected(Outcome.EXTRACT_ERROR, f"extraction took more than {self._timeout:g} s")
        except ProcessExpired as error:
            result = Rejected(Outcome.EXTRACT_ERROR, f"the worker process died ({error})")
        except Exception as error:
            _log.exception("extracting %s failed", page.url)
            result = Rejected(Outcome.EXTRACT_ERROR, f"{type(error).__name__}: {error}")
        if isinstance(result, Rejected):
            story.rejection = result
        else:
            story.article = result
        story.page = None  # the bytes are not needed any more
        return story
