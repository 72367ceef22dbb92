"""Pipeline: who and what an article names, found in a worker process; no article waits on it or is lost."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Self

from pebble import ProcessExpired

from newscrawl.config import Config
from newscrawl.entities.articles import tagged_text
from newscrawl.extensions.bookkeeper import Bookkeeper

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.entities.pool import TaggerPool
    from newscrawl.pipelines.story import Story

_log = logging.getLogger(__name__)


class EntitiesPipeline:
    """Fills in the article's names, unless the archive has them for this very text already.

    An article whose names cannot be found goes on without; the run's last lines say how many there were.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._timeout = Config.from_scrapy(crawler.settings).page_timeout
        self._identity: asyncio.Future[str] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    async def process_item(self, story: Story) -> Story:
        """Tag the article, if there is one."""
        books = Bookkeeper.of(self._crawler)
        article, tagger = story.article, books.tagger
        if article is None or tagger is None:
            return story
        if self._identity is None:
            self._identity = asyncio.ensure_future(_load(tagger))
        identity = await self._identity
        archive = books.run.archive
        known = await books.on_store(archive.already_tagged, [article], identity) if identity else set()
        if not identity or known:
            return story
        try:
            (names,) = await asyncio.wrap_future(tagger.submit([tagged_text(article)], self._timeout))
        except TimeoutError:
            _log.warning("%s: finding its names took more than %g s", article.url, self._timeout)
        except ProcessExpired as error:
            _log.warning("%s: the process that looked for its names died (%s)", article.url, error)
        except Exception:
            _log.exception("finding the names in %s failed", article.url)
        else:
            names.put_into(article)
        return story


async def _load(tagger: TaggerPool) -> str:
    """The tagger's identity, once it is loaded; "" where it cannot be, which is said once."""
    try:
        return await asyncio.wrap_future(tagger.identity())
    except Exception:
        _log.exception("the tagger %s cannot be loaded; articles are stored without names", tagger.kind)
        return ""
