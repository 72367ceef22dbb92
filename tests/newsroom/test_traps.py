"""Every trap springs as described."""

from __future__ import annotations

import gzip
import http.client
import socket
import time
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from newscrawl.article import Outcome
from tests.newsroom import Newsroom
from tests.newsroom.reading import SLOW_SECONDS, ending, get
from tests.newsroom.traps import BOMB_EXPANDS_TO, HUGE_PAGE


def test_redirect_traps(room):
    targets = {
        urljoin(url, get(room, url).headers["Location"])
        for outlet, outcome in (
            ("albaydar", Outcome.FORBIDDEN_ADDRESS),
            ("majma", Outcome.FORBIDDEN_ADDRESS),
            ("almarfa", Outcome.OFF_SITE),
        )
        for url in ending(room, outlet, outcome)
    }
    assert targets == {
        "http://127.0.0.1:1/secret",
        "http://169.254.169.254/latest/",
        "http://other-site.example/",
    }
    (start,) = ending(room, "almarfa", Outcome.REDIRECT_LOOP)
    onward = get(room, start).headers["Location"]
    assert get(room, onward).headers["Location"] == start


def test_error_traps(room):
    (broken,) = ending(room, "sahel", Outcome.HTTP_ERROR)
    (missing,) = ending(room, "almarfa", Outcome.HTTP_ERROR)
    (gone,) = ending(room, "albaydar", Outcome.HTTP_ERROR)
    assert [get(room, url).status for url in (broken, missing, gone)] == [500, 404, 410]


def test_one_article_fails_once():
    with Newsroom() as room:
        first = {url: get(room, url).status for url in room.articles()["sahel"]}
        assert sorted(first.values()) == [200] * (len(first) - 1) + [500]
        assert all(get(room, url).status == 200 for url in first)


def test_slow_page_takes_its_time_and_sends_from_the_start(room):
    (url,) = ending(room, "sahel", Outcome.TIMEOUT)
    host, port = urlsplit(room.proxy_url).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as line:
        line.sendall(f"GET {url} HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\n\r\n".encode())
        line.settimeout(SLOW_SECONDS / 2)
        assert line.recv(12) == b"HTTP/1.1 200"
    before = time.monotonic()
    get(room, url)
    assert time.monotonic() - before >= SLOW_SECONDS


def test_cut_off_page_breaks(room):
    (url,) = ending(room, "sahel", Outcome.NETWORK_ERROR)
    with pytest.raises(http.client.IncompleteRead):
        get(room, url)


def test_too_large_pages(room):
    (bomb,) = ending(room, "sahel", Outcome.TOO_LARGE)
    (huge,) = ending(room, "albaydar", Outcome.TOO_LARGE)
    answer = get(room, bomb)
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.body) < 1 << 20
    assert len(gzip.decompress(answer.body)) >= BOMB_EXPANDS_TO
    answer = get(room, huge)
    assert answer.headers["Content-Length"] is None
    assert len(answer.body) >= HUGE_PAGE


def test_pages_that_are_no_articles(room):
    (document,) = ending(room, "albaydar", Outcome.NOT_ARTICLE)
    assert get(room, document).headers.get_content_type() == "application/pdf"
    pages = {url: get(room, url).body.decode() for url in ending(room, "almarfa", Outcome.NOT_ARTICLE)}
    kinds = {
        html.fromstring(body).xpath("string(//meta[@property='og:type']/@content)") for body in pages.values()
    }
    assert kinds == {"website", "video.other", "article"}
    (shell,) = [body for body in pages.values() if 'id="root"' in body]
    assert not html.fromstring(shell).xpath("//body//text()[not(parent::script)][normalize-space()]")


def test_texts_that_are_too_short_or_not_arabic(room):
    (flash,) = ending(room, "sahel", Outcome.TOO_SHORT)
    paragraphs = html.fromstring(get(room, flash).body.decode()).xpath("//div[@class='story-body']/p")
    assert sum(len(p.text_content().split()) for p in paragraphs) < 25
    (english,) = ending(room, "sahel", Outcome.NOT_ARABIC)
    (persian,) = ending(room, "majma", Outcome.NOT_ARABIC)
    assert get(room, english).status == 200
    assert "گ" in get(room, persian).body.decode()
