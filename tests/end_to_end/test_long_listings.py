"""A site whose index lists far more than a run wants: what is asked for, and how all of it is counted."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from newscrawl.store import open_store
from newscrawl.store import schema as tables
from tests.end_to_end.crawling import ROOT
from tests.middlewares.loopback import Answer
from tests.store.conftest import rows

SITE = "http://minaa.example"
SITEMAPS, URLS, READ, LIMIT = 7, 900, 4, 30
PAGE = re.compile(r"/\d+/\d+")


def answer(kind: str, body: str) -> Callable[[], Iterable[bytes]]:
    """A whole answer of this content type."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body.encode())}\r\n\r\n"
    return lambda: [head.encode() + body.encode()]


def sitemap(month: int) -> str:
    """900 URLs of a month; the first ten are of the month before, which lists them, too."""
    pages = [f"/{month - 1}/{URLS - 1 - place}" for place in range(10)]
    pages += [f"/{month}/{place}" for place in range(10, URLS)]
    entries = [
        f"<url><loc>{SITE}{page}</loc><lastmod>2026-{month:02}-{1 + place % 28:02}</lastmod></url>"
        for place, page in enumerate(pages)
    ]
    return f"<urlset>{''.join(entries)}</urlset>"


def site() -> dict[str, Callable[[], Iterable[bytes]]]:
    """What the site answers; its pages are documents, which are no articles."""
    children = [
        f"<sitemap><loc>{SITE}/map{month}.xml</loc><lastmod>2026-{month:02}-28</lastmod></sitemap>"
        for month in range(1, SITEMAPS + 1)
    ]
    pages = {
        path: answer("application/pdf", "%PDF")
        for month in range(1, SITEMAPS + 1)
        for path in re.findall(rf"<loc>{SITE}([^<]+)", sitemap(month))
    }
    return pages | {
        "/": answer("text/html", "<html lang=ar><title>ميناء</title><p>أخبار</p></html>"),
        "/robots.txt": answer("text/plain", f"Sitemap: {SITE}/index.xml"),
        "/index.xml": answer("text/xml", f"<sitemapindex>{''.join(children)}</sitemapindex>"),
        **{f"/map{month}.xml": answer("text/xml", sitemap(month)) for month in range(1, SITEMAPS + 1)},
    }


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Two crawls of the site: the archive, and the paths that each asked for."""
    store = tmp_path_factory.mktemp("store") / "a.db"
    asked = []
    with Answer(site()) as proxy:
        environ = {
            **os.environ, "http_proxy": f"http://127.0.0.1:{proxy.port}", "no_proxy": "",
            "NEWSCRAWL_STORE_URL": f"sqlite:///{store}", "NEWSCRAWL_DOWNLOAD_DELAY": "0",
            "NEWSCRAWL_MAX_SITEMAPS": str(READ), "NEWSCRAWL_TAGGER": "off", "NEWSCRAWL_WORKERS": "1",
        }  # fmt: skip
        for _ in range(2):
            scrapy = str(Path(sys.executable).parent / "scrapy")
            done = subprocess.run(
                [scrapy, "crawl", "site", "-a", f"url={SITE}/", "-a", f"limit={LIMIT}"],
                cwd=ROOT, env=environ, capture_output=True, text=True, timeout=300, check=False,
            )  # fmt: skip
            assert "Traceback" not in done.stderr
            asked.append(Counter(url.removeprefix(SITE) for url in proxy.asked))
            proxy.asked.clear()
    archive = open_store(f"sqlite:///{store}", create=False)
    yield archive, asked
    archive.close()


def test_robots_and_the_page_are_asked_once_and_the_newest_sitemaps_within_the_bound(crawled):
    for asked in crawled[1]:
        assert (asked["/robots.txt"], asked["/"]) == (1, 1)
        assert sorted(path for path in asked if path.startswith("/map")) == [
            f"/map{month}.xml" for month in range(SITEMAPS - READ + 1, SITEMAPS + 1)
        ]


def test_every_url_is_counted_once_and_the_newest_are_fetched(crawled):
    archive, asked = crawled
    read = range(SITEMAPS - READ + 1, SITEMAPS + 1)
    listed = {path for month in read for path in re.findall(rf"<loc>{SITE}([^<]+)", sitemap(month))}
    [first] = archive.run(1).tallies
    [second] = archive.run(2).tallies
    assert first.counts == {"not_article": LIMIT, "over_limit": len(listed) - LIMIT}
    assert second.counts == {"known": LIMIT, "over_limit": len(listed) - LIMIT}
    fetched = [path for path in asked[0] if PAGE.fullmatch(path)]
    assert len(fetched) == LIMIT
    assert all(path.startswith(f"/{SITEMAPS}/") and int(path[3:]) % 28 >= 26 for path in fetched)
    assert not any(PAGE.fullmatch(path) for path in asked[1])


def test_rows_are_those_fetched_and_a_hundred_examples(crawled):
    archive, _ = crawled
    assert len(archive.candidates(1)) == LIMIT + 100
    assert len(archive.candidates(2, "over_limit")) == 100
    assert archive.only_counted(2, "over_limit") == archive.run(2).tallies[0].counts["over_limit"] - 100
    assert {row.outcome for row in rows(archive, tables.run_counted)} == {"over_limit"}
