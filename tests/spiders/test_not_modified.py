"""A listing that answers "not modified": believed where something was asked that it answers, else a fault."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.http import Request, Response

from newscrawl.discovery import Gathering
from newscrawl.spiders.arguments import SiteArguments
from newscrawl.spiders.outlet_crawl import OutletCrawl
from newscrawl.spiders.site import SiteSpider
from newscrawl.store import OutletTally, Suspect

HOME = "https://www.marfa.example/"


class Reading(SiteSpider):
    """Notes what would be kept of a listing's answer."""

    session = None  # type: ignore[assignment]

    def __init__(self):
        super().__init__()
        self.books, self.noted = OutletTally("marfa"), []

        async def on_store(function, *arguments, **more):
            function(*arguments, **more)

        def note(_url, _outlet, status, *, ok, **_more):
            self.noted.append((status, ok))

        self.session = SimpleNamespace(
            on_store=on_store,
            archive=SimpleNamespace(note_listing=note),
            run=SimpleNamespace(end_listing=lambda _url: None),
        )

    def tally(self, crawl):
        """Of the one outlet."""
        return self.books


@pytest.mark.parametrize(
    ("asked", "unchanged"),
    [
        ({"If-None-Match": '"v7"'}, 1),
        ({"If-Modified-Since": "Fri, 06 Nov 2026 10:00:00 GMT"}, 1),
        ({}, 0),
        ({"Cache-Control": "no-cache"}, 0),
    ],
)
def test_it_is_believed_only_where_it_answers_a_condition(asked, unchanged):
    async def read():
        spider = Reading()
        (outlet,) = SiteSpider.select(SiteArguments(url=HOME))
        crawl = OutletCrawl(outlet, frozenset({"marfa.example"}), Gathering(outlet), pending=2)
        meta = {"listing": Suspect.of_listing("marfa", HOME + "feed")}
        answer = Response(HOME + "feed", status=304, request=Request(HOME + "feed", headers=asked, meta=meta))
        assert [one async for one in spider.parse_listing(answer, crawl, "feed", guessed=False)] == []
        return spider

    spider = asyncio.run(read())
    books = spider.books
    assert (books.listings_unchanged, books.listings_failed) == (unchanged, 1 - unchanged)
    assert books.empty is not bool(unchanged)
    [(status, ok)] = spider.noted
    assert ok is bool(unchanged)
    assert "304" in status
