"""`scrapy crawl site -a url=…`: any site; its feeds and sitemaps are found first."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from pydantic import ValidationError
from scrapy.http import Request, Response

from newscrawl.config import variable
from newscrawl.discovery import ChildSitemap, Expected, find_listings, guesses, sitemaps_in_robots
from newscrawl.discovery.children import in_order
from newscrawl.middlewares.robots import RobotsMiddleware
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet
from newscrawl.outlets.registry import OutletError, outlets_from_environment
from newscrawl.spiders.arguments import ArgumentError, SiteArguments
from newscrawl.spiders.base import ArchiveSpider
from newscrawl.spiders.outlet_crawl import OutletCrawl, request_meta


class SiteSpider(ArchiveSpider):
    """Looks at the page given, at robots.txt and at the well-known places, then crawls what it found."""

    name = "site"
    Arguments = SiteArguments

    @classmethod
    def select(cls, wanted: SiteArguments) -> list[Outlet]:
        """An outlet made up for this run; its id and name are the site's domain.

        Raises:
            ArgumentError: no usable host, or no such time zone.
        """
        host = (urlsplit(wanted.url).hostname or "").lower()
        domain = registered_domain(host)
        try:
            return [
                Outlet(
                    id=_id(domain),
                    name=domain,
                    name_en=domain,
                    domain=domain,
                    homepage=wanted.url,
                    country="pan",
                    timezone=wanted.timezone,
                    kind="other",
                    sections=(wanted.url,),
                )
            ]
        except ValidationError as error:
            raise ArgumentError(
                "\n".join(dict.fromkeys(_fault(one, wanted) for one in error.errors()))
            ) from error

    def read_with(self, crawl: OutletCrawl) -> list[str]:
        """The outlets of the registry that are on this site."""
        try:
            known = outlets_from_environment().values()
        except OutletError:  # a faulty file is no reason not to read a site
            return []
        return [one.id for one in known if crawl.sites & {registered_domain(name) for name in one.domains}]

    async def listings(self, crawl: OutletCrawl) -> AsyncIterator[Any]:
        """Ask for the page; what it and robots.txt name, and the well-known places, lead on."""
        crawl.pending += 1  # held until the search is over, so that candidates are chosen once
        page = await self.listing_request(crawl, crawl.outlet.homepage, "section")
        # Unconditionally: the feeds that it names are wanted, also when it has not changed.
        yield page.replace(callback=self.parse_page_of_site, headers={})
        for request in await self._follow(crawl, guesses(crawl.outlet.homepage), "feed", guessed=True):
            yield request
        for request in await self._follow(crawl, await self._named_in_robots(crawl), "sitemap"):
            yield request
        async for request in self.listing_ended(crawl):
            yield request

    async def _named_in_robots(self, crawl: OutletCrawl) -> list[str]:
        """The sitemaps that robots.txt names, as it was read for its rules."""
        middleware = self.crawler.get_downloader_middleware(RobotsMiddleware)
        if middleware is None:
            return []
        url = urljoin(crawl.outlet.homepage, "/robots.txt")
        rules = await middleware.rules(Request(url, meta=request_meta(crawl, url)))
        return self._within_bounds(crawl, sitemaps_in_robots(rules.body, url))

    async def parse_page_of_site(
        self, response: Response, crawl: OutletCrawl, kind: Expected, guessed: bool
    ) -> AsyncIterator[Any]:
        """Follow the feeds that the page names, and read it as a listing."""
        feeds = await asyncio.to_thread(find_listings, response.body, response.url)
        for request in await self._follow(crawl, self._within_bounds(crawl, feeds), "feed"):
            yield request
        async for request in self.parse_listing(response, crawl, kind, guessed):
            yield request

    def _within_bounds(self, crawl: OutletCrawl, leads: list[str]) -> list[str]:
        """As many listings as a run may read, the newest first; those left out are said."""
        leads = [url for url in dict.fromkeys(leads) if url not in crawl.asked]
        most = self.session.config.max_sitemaps
        if len(leads) <= most:
            return leads
        self.tally(crawl).problems.append(
            f"{len(leads)} listings are named, {most} are read; raise {variable('max_sitemaps')}"
        )
        children = [ChildSitemap(url) for url in leads]
        return [child.url for child in in_order(children, since=None, zone=crawl.outlet.zone)[:most]]

    async def _follow(
        self, crawl: OutletCrawl, urls: list[str], kind: Expected, *, guessed: bool = False
    ) -> list[Request]:
        """Requests for listings on whatever host: what they list is held to the outlet's own sites."""
        fresh = [url for url in dict.fromkeys(urls) if url not in crawl.asked]
        return [
            await self.listing_request(crawl, url, "sitemap" if "sitemap" in url else kind, guessed=guessed)
            for url in fresh
        ]


def _fault(fault: Any, wanted: SiteArguments) -> str:
    """What is wrong with an argument, where the outlet made of it is none."""
    name = "timezone" if "timezone" in fault["loc"] else "url"
    return f"-a {name}={getattr(wanted, name)}: {fault['msg'].removeprefix('Value error, ')}"


def _id(domain: str) -> str:
    letters = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in domain.lower())
    return letters if letters[:1].isalpha() else f"site_{letters}"
