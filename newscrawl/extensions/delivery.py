"""Extension: delivers to Elasticsearch while the crawl runs, on threads of its own.

The crawl never waits for it: what is stored is in the outbox, and what Elasticsearch has not acknowledged
when the crawl ends is sent by the next crawl or by `newscrawl index`.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Self

from scrapy import signals
from scrapy.exceptions import NotConfigured

from newscrawl.config import Config
from newscrawl.extensions.run import RunAccounting
from newscrawl.store import Archive, open_store

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from newscrawl.outputs.delivery import Deliverer

_log = logging.getLogger(__name__)

REQUEST_TIMEOUT_S = 30.0
_MARGIN_S = 1.0
"""Beyond the grace, for an answer that is just being written down."""


class Delivery:
    """Without a configured Elasticsearch it is not there; with one, it can fail only itself."""

    def __init__(self, crawler: Crawler) -> None:
        self._config = Config.from_scrapy(crawler.settings)
        if not self._config.elasticsearch_url:
            raise NotConfigured
        self._crawler = crawler
        self._grace = self._config.delivery_grace
        self._deliverer: Deliverer | None = None
        self._trouble = ""
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="delivery", daemon=True)
        crawler.signals.connect(self._start, signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make a component."""
        return cls(crawler)

    def _start(self) -> None:
        RunAccounting.of(self._crawler).at_close(self._end)
        self._thread.start()

    def _work(self) -> None:
        from newscrawl.outputs.delivery import Deliverer
        from newscrawl.search.elastic import ElasticError, connect

        archive = open_store(self._config.store_url, drop_copies=self._config.drops_copies)
        try:
            deliverer = Deliverer(
                archive, connect(self._config, retries=0), senders=1, timeout=REQUEST_TIMEOUT_S
            )
            self._deliverer = deliverer
            if self._ending.is_set():
                deliverer.hurry.set()
            deliverer.follow()
            deliverer.close()
        except ElasticError as error:
            self._trouble = str(error)
        except Exception as error:
            _log.exception("the delivery to Elasticsearch broke; the outbox keeps what it did not send")
            self._trouble = f"{type(error).__name__}: {error}"
        finally:
            archive.close()

    def _end(self, archive: Archive) -> str:
        """Give what is under way its grace, then say how things stand."""
        from newscrawl.outputs.delivery import Report

        self._ending.set()
        deliverer = self._deliverer
        if deliverer:
            deliverer.deadline = time.monotonic() + self._grace
            deliverer.hurry.set()
        self._thread.join(self._grace + _MARGIN_S)
        report = deliverer.report if deliverer else Report()
        report.trouble = self._trouble or report.trouble
        return report.sentence(archive.pending(), archive.count_dead_letters())
