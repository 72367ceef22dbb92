"""A site that has moved is named, and a feed that has, with what to write into the outlet's file."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.middlewares import redirects
from newscrawl.middlewares.redirects import Redirects
from tests.discovery.conftest import make_outlet

OUTLET = make_outlet()
SITE = f"https://{OUTLET.domain}"


@pytest.fixture
def said(monkeypatch):
    """What is said of redirects: (from, to, status, whether it is a page), one after the other."""
    problems = []
    tally = SimpleNamespace(problems=problems)
    monkeypatch.setattr(
        redirects.RunAccounting, "of", lambda _: SimpleNamespace(tallies=SimpleNamespace(of=lambda _: tally))
    )
    middleware = Redirects.from_crawler(get_crawler(settings_dict={"REDIRECT_MAX_TIMES": 5}))
    middleware.crawler.spidercls = SimpleNamespace(name="news")

    def say(*moves):
        for url, to, status, is_page in moves:
            request = Request(url, meta={"outlet": OUTLET} | ({"sites": frozenset()} if is_page else {}))
            middleware.process_response(request, Response(url, status=status, headers={"Location": to}))
        return problems

    return say


def test_a_feed_on_a_host_of_feeds_is_named_by_its_new_address_each(said):
    first, second = (f"https://feeds.feedburner.com/marfa/{name}" for name in ("news", "sport"))
    assert said(
        (f"{SITE}/rss", first, 301, False),
        (f"{SITE}/sport/rss", second, 308, False),
        (f"{SITE}/rss", first, 301, False),
        (f"{SITE}/latest", "https://feedproxy.google.com/marfa", 302, False),
    ) == [
        f"{SITE}{path} redirects to {to} for good. Write into {OUTLET.id}.toml, in its place: {to}"
        for path, to in (("/rss", first), ("/sport/rss", second))
    ]


def test_a_site_that_has_moved_is_named_with_its_alias(said):
    [problem] = said((f"{SITE}/rss", "https://marfa.example/rss", 301, False))
    assert problem.startswith(f"{OUTLET.domain} redirects to marfa.example for good.")
    assert problem.endswith('"marfa.example"]')


def test_pages_are_named_from_the_third_on_and_none_for_a_host_of_feeds(said):
    moves = [(f"{SITE}/story/{n}", f"https://marfa.example/story/{n}", 301, True) for n in range(4)]
    feeds = [(f"{SITE}/story/{n}", f"https://feeds.feedburner.com/{n}", 301, True) for n in range(4)]
    assert said(*moves[:2], *feeds) == []
    assert len(said(*moves[2:])) == 1


def test_other_redirects_say_nothing(said):
    assert said((f"{SITE}/rss", f"https://www.{OUTLET.domain}/rss", 301, False)) == []
    assert said((f"{SITE}/rss", "https://marfa.example/rss", 302, False)) == []


def test_backslashes_of_a_redirect_are_slashes():
    middleware = Redirects.from_crawler(get_crawler())
    response = Response(f"{SITE}/1", status=302, headers={"Location": r"\news\2026\1"})
    assert middleware.process_response(Request(f"{SITE}/1"), response).url == f"{SITE}/news/2026/1"
