"""What all our spiders do: listings → candidates → pages, one outlet independent of the next."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Request, Response

from newscrawl.article import Outcome, article_id
from newscrawl.config import variable
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.discovery import Candidate, Expected, Listing, choose, expand, is_template, read_listing
from newscrawl.extensions.bookkeeper import Bookkeeper
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet
from newscrawl.pipelines.story import Page, Story
from newscrawl.spiders.arguments import CrawlArguments, read_arguments
from newscrawl.spiders.failure import rejection_of
from newscrawl.store import Arrival, Proposal, Validators

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

_LISTING_TIMEOUT_S = 60.0
_LISTING_PRIORITY = 10


@dataclass(slots=True)
class OutletCrawl:
    """One outlet's part of a run: its candidates are chosen once all its listings have answered."""

    outlet: Outlet
    sites: frozenset[str]
    pending: int = 0
    sitemaps: int = 0
    asked: set[str] = field(default_factory=set)
    candidates: list[Candidate] = field(default_factory=list)
    validators: dict[str, Validators] = field(default_factory=dict)


class CrawlSpider(scrapy.Spider):
    """Reads the listings of its outlets, chooses candidates, fetches those that are due."""

    Arguments: ClassVar[type[CrawlArguments]] = CrawlArguments
    arguments: dict[str, Any]
    wanted: CrawlArguments
    crawls: list[OutletCrawl]
    """One per outlet, for the bookkeeper to keep the listings' validators at the end."""

    @classmethod
    def check_arguments(cls, **values: Any) -> None:
        """Raise ArgumentError for a wrong argument or outlet, before anything is started."""
        cls.select(read_arguments(cls.Arguments, values))

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
        return spider

    @property
    def books(self) -> Bookkeeper:
        """This run's books."""
        return Bookkeeper.of(self.crawler)

    async def start(self) -> AsyncIterator[Any]:
        """Ask for every outlet's listings."""
        for outlet in self.select(self.wanted):
            sites = frozenset(registered_domain(name) for name in (outlet.domain, *outlet.aliases))
            crawl = OutletCrawl(outlet, sites)
            self.crawls.append(crawl)
            self.books.tally(outlet.id)
            async for request in self.listings(crawl):
                yield request

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

        That a `guessed` one is not there is no problem.
        """
        headers = {}
        if crawl.outlet.conditional_requests:
            known = await self.books.on_store(self.books.run.archive.validators, url)
            headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        crawl.pending += 1
        crawl.asked.add(url)
        return Request(
            url,
            callback=self.parse_listing,
            errback=self.listing_failed,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"crawl": crawl, "kind": kind, "guessed": guessed},
            meta={"handle_httpstatus_list": [304], "download_slot": _slot(url)},
            priority=_LISTING_PRIORITY,
            dont_filter=True,
        )

    async def parse_listing(
        self, response: Response, crawl: OutletCrawl, kind: Expected, guessed: bool
    ) -> AsyncIterator[Any]:
        """Read a listing in a worker; after the outlet's last one, ask for its pages."""
        url = response.request.url if response.request else response.url
        tally = self.books.tally(crawl.outlet.id)
        if response.status == 304:
            tally.listings_unchanged += 1
            await self._note(crawl, url, "304 not modified", ok=True)
        else:
            listing = await self._read(response, crawl, kind)
            unreadable = listing.kind == "nothing" or (listing.kind == "html" and kind != "section")
            if not (guessed and unreadable):
                tally.problems += listing.problems
            if unreadable:
                tally.listings_failed += not guessed
                await self._note(crawl, url, "; ".join(listing.problems)[:500], ok=False)
            else:
                tally.listings_read += 1
                await self._note(crawl, url, f"{response.status}, {len(listing.candidates)} links", ok=True)
                crawl.validators[url] = Validators(
                    _header(response, "ETag"), _header(response, "Last-Modified")
                )
            crawl.candidates += listing.candidates
            for request in await self._children(crawl, listing):
                yield request
        async for request in self._answered(crawl):
            yield request

    async def _read(self, response: Response, crawl: OutletCrawl, kind: Expected) -> Listing:
        future = self.books.workers.submit(
            _LISTING_TIMEOUT_S,
            read_listing,
            response.body,
            response.url,
            zone=crawl.outlet.zone,
            content_type=_header(response, "Content-Type"),
            expect=kind,
            article_pattern=crawl.outlet.article_pattern,
        )
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError:
            return Listing(
                "nothing", problems=[f"{response.url}: reading it took over {_LISTING_TIMEOUT_S:g} s"]
            )
        except Exception as error:
            self.logger.exception("reading the listing %s failed", response.url)
            return Listing("nothing", problems=[f"{response.url}: {type(error).__name__}: {error}"])

    async def _children(self, crawl: OutletCrawl, listing: Listing) -> list[Request]:
        """The sitemaps an index names: those that may hold what is wanted, the newest first."""
        room = self.books.config.max_sitemaps - crawl.sitemaps
        oldest = datetime.min.replace(tzinfo=UTC)
        since = self.wanted.since or oldest
        children = [
            child
            for child in listing.children
            if child.url not in crawl.asked
            and registered_domain(child.url) in crawl.sites
            and (child.modified_at is None or child.modified_at >= since)
        ]
        children.sort(key=lambda child: child.modified_at or oldest, reverse=True)
        if len(children) > room:
            self.books.tally(crawl.outlet.id).problems.append(
                f"{len(children)} sitemaps wait, {max(room, 0)} are read; narrow with -a since= or raise "
                f"{variable('max_sitemaps')}"
            )
        chosen = children[: max(room, 0)]
        crawl.sitemaps += len(chosen)
        return [await self.listing_request(crawl, child.url, "sitemap") for child in chosen]

    async def listing_failed(self, failure: Failure) -> AsyncIterator[Any]:
        """Note a listing that could not be fetched; the outlet's others go on."""
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        crawl: OutletCrawl = request.cb_kwargs["crawl"]
        rejection = rejection_of(failure)
        tally = self.books.tally(crawl.outlet.id)
        if not request.cb_kwargs["guessed"]:
            tally.listings_failed += 1
            tally.problems.append(f"{request.url}: {rejection.reason}")
        await self._note(crawl, request.url, rejection.reason, ok=False)
        async for item in self._answered(crawl):
            yield item

    async def _note(self, crawl: OutletCrawl, url: str, status: str, *, ok: bool) -> None:
        archive = self.books.run.archive
        await self.books.on_store(archive.note_listing, url, crawl.outlet.id, status, ok=ok)

    async def _answered(self, crawl: OutletCrawl) -> AsyncIterator[Any]:
        crawl.pending -= 1
        if crawl.pending:
            return
        for request in await self._choose(crawl):
            yield request

    async def _choose(self, crawl: OutletCrawl) -> list[Request]:
        """Every candidate of the outlet: entered in the books, and the due ones asked for."""
        books, outlet, now = self.books, crawl.outlet, datetime.now(UTC)
        archive = books.run.archive
        for overdue in await books.on_store(archive.due_visits, outlet.id):
            crawl.candidates.append(Candidate(overdue.url, "archive", ""))
        limit = self.wanted.limit or books.config.max_candidates
        choice = choose(
            crawl.candidates,
            outlet=outlet,
            since=self.wanted.since,
            until=self.wanted.until,
            limit=limit,
            now=now,
        )
        proposals = [
            Proposal(one.candidate.url, outlet.id, one.candidate.found_in, one.outcome, one.reason)
            for one in choice.refused
        ]
        arrivals: dict[str, tuple[Candidate, Arrival]] = {}
        # The plain address stands before its AMP and tracking twins, whichever listing named it first.
        plain_first = sorted(choice.accepted, key=lambda one: _plain(one.url, outlet), reverse=True)
        for candidate in plain_first:
            canonical = canonical_url(candidate.url, outlet.canonical)
            known = arrivals.get(article_id(canonical))
            if known:
                reason = f"the same canonical URL as {known[0].url}"
                proposals.append(
                    Proposal(candidate.url, outlet.id, candidate.found_in, Outcome.DUPLICATE, reason)
                )
                continue
            listed_at = candidate.modified_at or candidate.published_at
            arrival = Arrival(candidate.url, outlet.id, canonical, listed_at)
            arrivals[article_id(canonical)] = candidate, arrival
        visits = await books.on_store(archive.visits, list(arrivals))
        requests = []
        for id, (candidate, arrival) in arrivals.items():
            visit = visits.get(id)
            if visit and not visit.due(arrival.listed_at, now):
                reason = f"{visit.outcome.value} on {visit.last_visited_at:%Y-%m-%d %H:%M} UTC"
                proposals.append(
                    Proposal(candidate.url, outlet.id, candidate.found_in, Outcome.KNOWN, reason)
                )
                continue
            proposals.append(Proposal(candidate.url, outlet.id, candidate.found_in))
            requests.append(self._page_request(crawl, candidate, arrival))
        await books.on_store(books.run.propose, proposals)
        for proposal in proposals:
            if proposal.outcome:
                books.count(outlet.id, proposal.outcome)
        # Dates first: choose() put the newest first, and Scrapy keeps the order of equal priorities.
        order = {one.url: place for place, one in enumerate(choice.accepted)}
        return sorted(requests, key=lambda request: order[request.cb_kwargs["arrival"].url])

    def _page_request(self, crawl: OutletCrawl, candidate: Candidate, arrival: Arrival) -> Request:
        url = crawl.outlet.reachable(candidate.url)
        return Request(
            url,
            callback=self.parse_page,
            errback=self.page_failed,
            cb_kwargs={"crawl": crawl, "arrival": arrival, "published_at": candidate.published_at},
            meta={"sites": crawl.sites, "download_slot": _slot(url)},
            dont_filter=True,
        )

    def parse_page(
        self, response: Response, crawl: OutletCrawl, arrival: Arrival, published_at: datetime | None
    ) -> Iterator[Story]:
        """Hand a page to the pipelines."""
        page = Page(
            url=response.url,
            body=response.body,
            content_type=_header(response, "Content-Type"),
            encoding=_charset(_header(response, "Content-Type")),
            fetched_at=datetime.now(UTC),
        )
        yield Story(arrival, crawl.outlet, published_at, page)

    def page_failed(self, failure: Failure) -> Iterator[Story]:
        """A page that did not come is a story too: one with a rejection."""
        values = failure.request.cb_kwargs  # type: ignore[attr-defined]  # Scrapy sets it
        yield Story(values["arrival"], values["crawl"].outlet, rejection=rejection_of(failure))


def _plain(url: str, outlet: Outlet) -> bool:
    """Whether a URL is its own canonical form, but for the scheme."""
    return canonical_url(url, outlet.canonical).partition("://")[2] == url.partition("://")[2]


def _slot(url: str) -> str:
    """One polite queue per site: www., m. and feeds. are the same machines."""
    return registered_domain(urlsplit(url).hostname or "")


def _header(response: Response, name: str) -> str:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else ""


def _charset(content_type: str) -> str | None:
    _, _, rest = content_type.lower().partition("charset=")
    return rest.split(";")[0].strip(" \"'") or None
