"""What all our spiders do: listings → candidates → pages, one outlet independent of the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self

import scrapy
from scrapy.http import Request, Response

from newscrawl.article import Outcome
from newscrawl.config import Config, variable
from newscrawl.discovery import Candidate, ChildSitemap, Expected, Gathering, expand, is_template
from newscrawl.discovery.children import in_order
from newscrawl.extensions.run import RunAccounting
from newscrawl.items import PageItem
from newscrawl.middlewares.as_fetched import take
from newscrawl.middlewares.refusals import rejection_of
from newscrawl.outlets.model import Outlet
from newscrawl.spiders.alone import Alone
from newscrawl.spiders.answers import NEVER_READ, header, is_not_modified, is_unreadable
from newscrawl.spiders.arguments import ArgumentError, CrawlArguments, read_arguments
from newscrawl.spiders.outlet_crawl import OutletCrawl, request_meta, site_of, sites_of
from newscrawl.steps.read import FetchedPage, ReadListing
from newscrawl.store import Arrival, OutletTally, Suspect, Validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

    from newscrawl.steps.session import Session

_LISTING_PRIORITY = 10


class ArchiveSpider(scrapy.Spider):
    """Reads the listings of its outlets, chooses candidates, fetches those that are due."""

    Arguments: ClassVar[type[CrawlArguments]] = CrawlArguments
    arguments: dict[str, Any]
    wanted: CrawlArguments
    crawls: list[OutletCrawl]
    """One per outlet; the run's accounting keeps the listings' validators at the end."""
    reading: asyncio.Semaphore
    """Bounds the listings that are read at once."""
    alone: Alone
    """Holds the requests for pages that were under way when a run was killed."""

    @classmethod
    def check_arguments(cls, **values: Any) -> None:
        """Raise ArgumentError for a wrong argument or outlet, before anything is started."""
        wanted = read_arguments(cls.Arguments, values)
        sites = frozenset[str]().union(*map(sites_of, cls.select(wanted)))
        for url in wanted.urls:
            if site_of(url) not in sites:
                raise ArgumentError(f"-a urls={url}: not a page of what is crawled; name its outlet")

    @classmethod
    def select(cls, wanted: Any) -> list[Outlet]:
        """The outlets to read."""
        raise NotImplementedError

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Scrapy's way to make a spider."""
        spider = super().from_crawler(crawler, *args)
        spider.arguments = kwargs
        spider.wanted = read_arguments(cls.Arguments, kwargs)
        spider.crawls = []
        spider.reading = asyncio.Semaphore(Config.from_scrapy(crawler.settings).workers)
        spider.alone = Alone(crawler)
        return spider

    @property
    def session(self) -> Session:
        """The open archive and its workers."""
        return RunAccounting.of(self.crawler).session

    def tally(self, crawl: OutletCrawl) -> OutletTally:
        """The run's tally of an outlet."""
        return RunAccounting.of(self.crawler).tallies.of(crawl.outlet.id)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every outlet's listings, but for outlets that another run is reading."""
        for outlet in self.select(self.wanted):
            crawl = OutletCrawl(outlet, sites_of(outlet), self.gathering(outlet))
            asked_for = [url for url in self.wanted.urls if site_of(url) in crawl.sites]
            if self.wanted.urls and not asked_for:
                continue
            crawl.gathering.add(Candidate(url, "command-line", "") for url in asked_for)
            tally = self.tally(crawl)  # an outlet that yields nothing has its line in the table
            lease, others = self.session.run.lease, self.read_with(crawl)
            holder = await self.session.on_store(lease, outlet.id, others)
            if holder:
                tally.left_to = str(holder)
                continue
            self.crawls.append(crawl)
            if self.wanted.urls:
                for candidate, arrival in await self._choose(crawl):
                    yield self._page_request(crawl, candidate, arrival)
                continue
            async for request in self.listings(crawl):
                yield request

    def gathering(self, outlet: Outlet) -> Gathering:
        """Of what this run wants of an outlet."""
        wanted = self.wanted
        limit = wanted.limit or self.session.config.max_candidates
        return Gathering(outlet, since=wanted.since, until=wanted.until, limit=limit)

    def read_with(self, crawl: OutletCrawl) -> list[str]:
        """The outlets that are read with this one, though under another name: their leases are taken too."""
        return []

    # --- listings -----------------------------------------------------------------------------------

    async def listings(self, crawl: OutletCrawl) -> AsyncIterator[Any]:
        """The requests for an outlet's own listings."""
        outlet = crawl.outlet
        urls: list[tuple[str, Expected]] = [(url, "feed") for url in outlet.feeds]
        for url in outlet.sitemaps:
            urls += [(day, "sitemap") for day in self._days(url, outlet)]
        urls += [(url, "section") for url in outlet.sections]
        for request in [await self.listing_request(crawl, url, kind) for url, kind in urls]:
            yield request

    def _days(self, url: str, outlet: Outlet) -> list[str]:
        if not is_template(url):
            return [url]
        now = datetime.now(UTC)
        return expand(url, zone=outlet.zone, now=now, since=self.wanted.since, until=self.wanted.until)

    async def listing_request(
        self, crawl: OutletCrawl, url: str, kind: Expected, *, guessed: bool = False
    ) -> Request:
        """A request for one listing, conditional where its server can be trusted with that.

        A `guessed` one that does not exist is no problem of the outlet.
        """
        headers = {}
        if crawl.outlet.conditional_requests:
            known = await self.session.on_store(self.session.archive.validators, url)
            headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        crawl.pending += 1
        crawl.asked.add(url)
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"crawl": crawl, "kind": kind, "guessed": guessed},
            meta={
                "handle_httpstatus_list": [304],
                "listing": Suspect.of_listing(crawl.outlet.id, url),
                **request_meta(crawl, url),
                **self._size_limit(kind),
            },
            priority=_LISTING_PRIORITY,
            dont_filter=True,
        )

    def _size_limit(self, kind: Expected) -> dict[str, int]:
        return {"download_maxsize": self.session.config.max_sitemap_bytes} if kind == "sitemap" else {}

    async def parse_listing(
        self, response: Response, crawl: OutletCrawl, kind: Expected, guessed: bool
    ) -> AsyncIterator[Any]:
        """Read a listing in a worker; after the outlet's last one, ask for its pages."""
        url = response.request.url if response.request else response.url
        if is_unreadable(response):
            await self._note_unreadable(crawl, url, [f"{url}: {NEVER_READ}"], guessed=guessed)
        elif is_not_modified(response):
            self.tally(crawl).listings_unchanged += 1
            await self._note(crawl, url, "304 not modified", ok=True, unchanged=True)
        else:
            # As many as there are workers: those that wait would only hold a second copy of their bytes.
            async with self.reading:
                read = await crawl.read(self.session, response, kind)
            listing = read.listing
            if listing.kind == "nothing" or (listing.kind == "html" and kind != "section"):
                await self._note_unreadable(crawl, url, listing.problems, guessed=guessed)
            else:
                await self._note_read(crawl, url, read, response)
            for request in await self._children(crawl, read.children()):
                yield request
        await self._note_harmless(response.meta["listing"])
        async for request in self.listing_ended(crawl):
            yield request

    async def _note_unreadable(
        self, crawl: OutletCrawl, url: str, problems: list[str], *, guessed: bool
    ) -> None:
        if not guessed:
            self.tally(crawl).problems += problems
            self.tally(crawl).listings_failed += 1
        await self._note(crawl, url, "; ".join(problems)[:500], ok=False)

    async def _note_read(self, crawl: OutletCrawl, url: str, read: ReadListing, response: Response) -> None:
        self.tally(crawl).problems += read.listing.problems
        self.tally(crawl).listings_read += 1
        crawl.validators[url] = Validators(header(response, "ETag"), header(response, "Last-Modified"))
        await self._note(crawl, url, f"{response.status}, {read.links} links", ok=True)

    async def _children(self, crawl: OutletCrawl, named: Iterable[ChildSitemap]) -> list[Request]:
        """Requests for the sitemaps that an index names: those that may hold what is wanted, newest first."""
        room = 0 if crawl.gathering.full else max(self.session.config.max_sitemaps - crawl.sitemaps, 0)
        # On whatever host: the outlet's index names them, and what they list is held to the outlet's sites.
        fresh = (child for child in named if child.url not in crawl.asked)
        since, until, zone = self.wanted.since, self.wanted.until, crawl.outlet.zone
        children = await asyncio.to_thread(in_order, fresh, since=since, until=until, zone=zone)
        if len(children) > room:
            self.tally(crawl).problems.append(
                f"{len(children)} sitemaps wait, {room} are read; narrow with -a since= or raise "
                f"{variable('max_sitemaps')}"
            )
        chosen = children[:room]
        crawl.sitemaps += len(chosen)
        return [await self.listing_request(crawl, child.url, "sitemap") for child in chosen]

    async def listing_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Note a listing that could not be fetched; the outlet's others go on."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        crawl: OutletCrawl = request.cb_kwargs["crawl"]
        rejection = rejection_of(failure)
        if not request.cb_kwargs["guessed"]:
            self.tally(crawl).listings_failed += 1
            self.tally(crawl).problems.append(f"{request.url}: {rejection.reason}")
        if rejection.outcome not in (Outcome.INTERRUPTED, Outcome.QUARANTINED):
            await self._note(crawl, request.url, rejection.reason, ok=False)
            await self._note_harmless(request.meta["listing"])
        async for item in self.listing_ended(crawl):
            yield item

    async def _note(
        self, crawl: OutletCrawl, url: str, status: str, *, ok: bool, unchanged: bool = False
    ) -> None:
        note, outlet = self.session.archive.note_listing, crawl.outlet.id
        await self.session.on_store(note, url, outlet, status, ok=ok, unchanged=unchanged)

    async def _note_harmless(self, listing: Suspect) -> None:
        await self.session.on_store(self.session.run.end_listing, listing.url)

    # --- candidates ---------------------------------------------------------------------------------

    async def listing_ended(self, crawl: OutletCrawl) -> AsyncIterator[Any]:
        """Count an answer; with the outlet's last one, ask for its pages."""
        crawl.pending -= 1
        if not crawl.pending:
            for candidate, arrival in await self._choose(crawl):
                yield self._page_request(crawl, candidate, arrival)

    async def _choose(self, crawl: OutletCrawl) -> list[tuple[Candidate, Arrival]]:
        """Enter every candidate of the outlet in the run; those that are due are returned."""
        session, outlet, now = self.session, crawl.outlet, datetime.now(UTC)
        archive, tallies = session.archive, RunAccounting.of(self.crawler).tallies
        by_name = bool(self.wanted.urls)
        overdue = [] if by_name else await session.on_store(archive.due_visits, outlet.id)
        planned = await crawl.plan(overdue)
        visits = await session.on_store(archive.visits, list(planned.wanted))
        await asyncio.to_thread(planned.leave_out, visits, now, asked_for=by_name, sites=crawl.sites)
        await session.on_store(session.run.propose, planned.proposals(), {outlet.id: planned.counted})
        for outcome, number in planned.ends().items():
            tallies.count(outlet.id, outcome, number)
        self.tally(crawl).problems += crawl.passed_over()
        suspects = [planned.wanted.pop(id) for id in planned.suspects if id in planned.wanted]
        self.alone.add([self._page_request(crawl, *one) for one in suspects])
        return list(planned.wanted.values())

    # --- pages --------------------------------------------------------------------------------------

    def _page_request(self, crawl: OutletCrawl, candidate: Candidate, arrival: Arrival) -> Request:
        url = crawl.outlet.reachable(candidate.url)
        return Request(
            url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"crawl": crawl, "arrival": arrival, "published_at": candidate.published_at},
            meta={"sites": crawl.sites} | request_meta(crawl, url),
            dont_filter=True,
        )

    def parse_page(
        self, response: Response, crawl: OutletCrawl, arrival: Arrival, published_at: datetime | None
    ) -> Iterator[PageItem]:
        """Send a page through the pipelines."""
        as_fetched = take(response)
        page = FetchedPage(
            url=response.url,
            body=response.body,
            content_type=header(response, "Content-Type"),
            fetched_at=as_fetched.fetched_at if as_fetched else datetime.now(UTC),
            outlet=crawl.outlet,
            listed_at=published_at,
        )
        yield PageItem(arrival, page, as_fetched=as_fetched, listed_at=published_at)

    def page_failed(self, failure: Failure) -> Iterator[PageItem]:
        """Send a candidate whose page did not come through the pipelines too, with its rejection."""
        arrival = failure.request.cb_kwargs["arrival"]  # type: ignore[attr-defined]  # Scrapy sets it
        yield PageItem(arrival, result=rejection_of(failure))
