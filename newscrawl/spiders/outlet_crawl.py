"""One outlet's part of a crawl: what was asked of it, and the candidates that its listings gave."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from newscrawl.config import variable
from newscrawl.discovery import Candidate, Expected, Gathering
from newscrawl.discovery.gathering import MAX_URLS
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet
from newscrawl.spiders.answers import header
from newscrawl.spiders.candidates import Plan, plan
from newscrawl.steps.read import ReadListing, listing_job
from newscrawl.store import Validators, Visit

if TYPE_CHECKING:
    from scrapy.http import Response

    from newscrawl.steps.session import Session


@dataclass(slots=True)
class OutletCrawl:
    """One outlet's part of a run: its candidates are chosen once all its listings have answered.

    What takes long is done on threads: thousands of candidates would hold up the event loop for seconds.
    """

    outlet: Outlet
    sites: frozenset[str]
    """The registered domains that its pages may be on; a listing may be wherever the outlet names it."""
    gathering: Gathering
    """Its candidates."""
    pending: int = 0
    """Listings that have not answered."""
    sitemaps: int = 0
    """Sitemaps asked for through sitemap indexes."""
    asked: set[str] = field(default_factory=set)
    """The URLs of its listings."""
    validators: dict[str, Validators] = field(default_factory=dict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def read(self, session: Session, response: Response, kind: Expected) -> ReadListing:
        """Have a listing read in a worker, and take in what it names."""
        job = listing_job(
            session.workers,
            response.body,
            response.url,
            zone=self.outlet.zone,
            content_type=header(response, "Content-Type"),
            expect=kind,
            article_pattern=self.outlet.article_pattern,
            max_bytes=session.config.max_sitemap_bytes,
        )
        [read] = await job.wait()
        async with self._one_at_a_time:
            await asyncio.to_thread(self.gathering.add, read.candidates())
        return read

    async def plan(self, overdue: Iterable[Visit]) -> Plan:
        """Choose among the candidates and the visits that are overdue; afterwards there are none."""
        return await asyncio.to_thread(self._plan, overdue)

    def _plan(self, overdue: Iterable[Visit]) -> Plan:
        self.gathering.add(
            Candidate(visit.url, "archive", "", seen_at=visit.listed_at or visit.first_visited_at)
            for visit in overdue
        )
        return plan(self.gathering.choice(), self.outlet)

    def passed_over(self) -> list[str]:
        """What to say of links that were not looked at."""
        if not self.gathering.passed_over:
            return []
        return [
            f"{self.gathering.passed_over:,} links were not looked at, for a run looks at {MAX_URLS:,} URLs "
            f"of an outlet; narrow with -a since=, or lower {variable('max_sitemaps')}"
        ]


def request_meta(crawl: OutletCrawl, url: str) -> dict[str, Any]:
    """What our middlewares and Scrapy's know a request by.

    One polite queue per site: www., m. and feeds. are the same machines. One cookie jar per outlet.
    """
    return {"outlet": crawl.outlet, "cookiejar": crawl.outlet.id, "download_slot": site_of(url)}


def site_of(url: str) -> str:
    """The registered domain of an address."""
    return registered_domain(urlsplit(url).hostname or "")


def sites_of(outlet: Outlet) -> frozenset[str]:
    """The registered domains that an outlet's pages may be on."""
    return frozenset(registered_domain(name) for name in (outlet.domain, *outlet.aliases))
