"""Listings on other hosts are read where the outlet names them; their articles must be the outlet's own."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.http import HtmlResponse, Request

from newscrawl.discovery import ChildSitemap, Gathering
from newscrawl.middlewares.robots import Rules
from newscrawl.outlets.model import Outlet
from newscrawl.spiders.arguments import SiteArguments
from newscrawl.spiders.outlet_crawl import OutletCrawl
from newscrawl.spiders.site import SiteSpider

HOME = "https://www.marfa.example/"


class Asking(SiteSpider):
    """Tells which listings it would ask for."""

    session = SimpleNamespace(config=SimpleNamespace(max_sitemaps=3))  # type: ignore[assignment]

    async def listing_request(self, crawl, url, kind, *, guessed=False):
        """The address and kind in place of a request."""
        crawl.asked.add(url)
        return url, kind

    async def parse_listing(self, response, crawl, kind, guessed):
        """Nothing is read here."""
        for nothing in ():
            yield nothing

    def tally(self, crawl):
        """Nobody counts here."""
        return SimpleNamespace(problems=[])


class Robots:
    """The middleware, which has read robots.txt."""

    def __init__(self, body):
        self.body = body

    async def rules(self, request):
        """Of this one host."""
        assert request.url == HOME + "robots.txt"
        return Rules(body=self.body)


@pytest.fixture
def spider() -> Asking:
    spider = Asking()
    spider.wanted = SiteArguments(url=HOME)
    return spider


@pytest.fixture
def crawl() -> OutletCrawl:
    (outlet,) = SiteSpider.select(SiteArguments(url=HOME))
    assert isinstance(outlet, Outlet)
    return OutletCrawl(outlet, frozenset({"marfa.example"}), Gathering(outlet), pending=2)


async def _asked(answers):
    return [answer async for answer in answers]


def test_robots_vouches_for_sitemaps_anywhere(spider, crawl):
    body = b"Sitemap: https://files.store.example.net/marfa/index.gz\nSitemap: /eigen.xml"
    spider.crawler = SimpleNamespace(get_downloader_middleware=lambda _: Robots(body))
    named = asyncio.run(spider._named_in_robots(crawl))
    assert asyncio.run(spider._follow(crawl, named, "sitemap")) == [
        ("https://files.store.example.net/marfa/index.gz", "sitemap"),
        (HOME + "eigen.xml", "sitemap"),
    ]


def test_the_page_vouches_for_feeds_anywhere_by_relation_only(spider, crawl):
    page = b"""<link rel="alternate" type="application/atom+xml" href="//syndic.example.org/marfa">
        <a href="https://rival.example.com/rss.xml">our friends</a>"""
    response = HtmlResponse(HOME, body=page, request=Request(HOME))
    asked = _asked(spider.parse_page_of_site(response, crawl, "section", guessed=False))
    assert asyncio.run(asked) == [("https://syndic.example.org/marfa", "feed")]


def test_an_index_vouches_for_its_children_anywhere_within_the_bound(spider, crawl):
    children = [ChildSitemap(f"https://cdn{n}.example.net/s.xml") for n in range(5)]
    asked = asyncio.run(spider._children(crawl, children))
    assert len(asked) == 3
    assert asyncio.run(spider._children(crawl, children)) == []
