"""The newsroom keeps its word: its listings, its expectations, its editions and its server."""

from __future__ import annotations

import http.client
import json
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from newscrawl.article import Outcome
from tests.newsroom import Newsroom
from tests.newsroom.reading import ending, found_links, get, outlets
from tests.newsroom.server import CONTROL_HOST
from tests.newsroom.world import build_world


def test_expected_names_every_link_of_the_listings_and_no_other(either):
    for name, outlet in outlets(either).items():
        assert found_links(either, outlet) == set(either.expected()[name]), name


def test_expected_is_in_the_form_of_candidates(either):
    for ends in either.expected().values():
        for url in ends:
            assert url.isascii()
            assert url == url.strip()
            assert "#" not in url


def test_outlet_files_are_valid_and_about_the_sites(room):
    files = outlets(room)
    assert set(files) == set(room.sites)
    for name, outlet in files.items():
        site = room.sites[name]
        assert outlet.id == name
        assert outlet.name == site.name
        assert outlet.zone == site.zone
        assert urlsplit(outlet.homepage).hostname == site.host
        assert get(room, outlet.homepage).status == 200
        # Every page that is to be stored passes the outlet's own pattern.
        if outlet.article_pattern:
            assert all(outlet.article_pattern.match(url) for url in ending(room, name, Outcome.STORED))


def test_every_outcome_of_a_crawl_is_in_the_newsroom(room):
    all_ends = {end for ends in room.expected().values() for end in ends.values()}
    assert all_ends == set(Outcome) - {
        *(Outcome.UPDATED, Outcome.UNCHANGED, Outcome.KNOWN),
        *(Outcome.OUT_OF_RANGE, Outcome.OVER_LIMIT),
        *(Outcome.EXTRACT_ERROR, Outcome.BAD_ROW, Outcome.INTERRUPTED, Outcome.POSTPONED),
        *(Outcome.QUARANTINED, Outcome.NO_PAGE),
    }


# Listings


def listings(room: Newsroom) -> list[str]:
    return [url for site in room.sites.values() for url in site.listings]


def test_listings_answer_304_to_what_they_said(room):
    for url in listings(room):
        if url.endswith("/rdf.php"):
            continue
        fresh = get(room, url)
        assert fresh.status == 200
        assert get(room, url, If_None_Match=fresh.headers["ETag"]).status == 304
        assert get(room, url, If_Modified_Since=fresh.headers["Last-Modified"]).status == 304
        assert get(room, url, If_None_Match='"another"').status == 200
        assert get(room, url, If_Modified_Since="Mon, 01 Jan 2024 00:00:00 GMT").status == 200


def test_every_listing_is_new_in_edition_2(room, second):
    assert set(listings(room)) == set(listings(second))
    for url in listings(room):
        old, new = get(room, url).headers, get(second, url).headers
        assert old["ETag"] != new["ETag"]
        assert old["Last-Modified"] != new["Last-Modified"]
        if not url.endswith("/rdf.php"):
            assert get(second, url, If_None_Match=old["ETag"]).status == 200
            assert get(second, url, If_Modified_Since=old["Last-Modified"]).status == 200


def test_one_feed_lies_about_304_and_its_outlet_says_so(room, second):
    url = "http://albaydar.example/rdf.php"
    assert get(room, url).status == 200
    assert get(second, url, If_None_Match='"anything"').status == 304
    assert get(second, url, If_Modified_Since="Mon, 01 Jan 2024 00:00:00 GMT").status == 304
    assert not outlets(room)["albaydar"].conditional_requests


def test_listing_traps(room):
    bomb = get(room, "http://www.sahel-agency.example/rss/markets")
    assert len(bomb.body) < 2000
    assert bomb.body.count(b"<!ENTITY") == 10
    assert get(room, "http://albaydar.example/feeds/down.php").status == 500
    assert get(room, "http://majma.example/feeds/latest").headers.get_content_type() == "text/html"
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(get(room, "http://www.almarfa.example/feeds/files.xml").body)


def test_listings_write_links_in_awkward_forms(room):
    news = get(room, "http://www.sahel-agency.example/news-sitemap.xml").body.decode()
    assert "<loc><![CDATA[http" in news
    assert any(not loc.isascii() for loc in news.split("<loc>")[1:] for loc in [loc.split("</loc>")[0]])
    assert "<news:language>en</news:language>" in news
    assert "#top\n" in get(room, "http://majma.example/rss").body.decode()


def test_robots(room):
    assert b"Disallow: /private/" in get(room, "http://www.almarfa.example/robots.txt").body
    assert b"Crawl-delay" not in get(room, "http://www.sahel-agency.example/robots.txt").body
    assert get(room, "http://albaydar.example/robots.txt").status == 404
    assert get(room, "http://majma.example/robots.txt").status == 200


# Editions


def test_editions_differ_as_said(room, second):
    old = {url: text for articles in room.articles().values() for url, text in articles.items()}
    new = {url: text for articles in second.articles().values() for url, text in articles.items()}
    fresh = new.keys() - old.keys()
    (corrected,) = [url for url in old if old[url] != new[url]]
    assert len(fresh) == 2
    assert not old.keys() - new.keys()
    assert get(room, corrected).body != get(second, corrected).body
    stamp = new[corrected].modified.isoformat()
    page = get(second, corrected).body.decode()
    assert f'"dateModified": "{stamp}"' in page
    assert f'article:modified_time" content="{stamp}"' in page
    assert f"<updated>{stamp}</updated>" in get(second, "http://www.almarfa.example/feed.atom").body.decode()
    assert (
        f"<lastmod>{stamp}</lastmod>"
        in get(second, "http://www.almarfa.example/sitemap-articles.xml").body.decode()
    )
    again = {url: end for ends in second.expected(second_visit=True).values() for url, end in ends.items()}
    assert again[corrected] == Outcome.UPDATED
    assert all(again[url] == Outcome.STORED for url in fresh)
    assert [url for url, end in again.items() if end == Outcome.UPDATED] == [corrected]
    assert {url for url, end in again.items() if end == Outcome.STORED} == fresh


def test_second_visit_is_to_edition_2(room):
    with pytest.raises(ValueError, match="edition 2"):
        room.expected(second_visit=True)


# The server


def test_log_tells_what_was_asked():
    with Newsroom() as room:
        get(room, "http://majma.example/rss?x=1", If_None_Match='"tag"')
        (asked,) = room.log()
        assert (asked.method, asked.url, asked.host, asked.path) == (
            "GET",
            "http://majma.example/rss?x=1",
            "majma.example",
            "/rss?x=1",
        )
        assert asked.conditional == {"if-none-match": '"tag"'}
        assert asked.user_agent == "newsroom-test"
        assert asked.via_proxy
        rows = json.loads(get(room, f"http://{CONTROL_HOST}/log").body)
        assert rows == [asked.to_json()]


def test_unknown_hosts_get_502_and_nothing_is_fetched_for_them(room, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the newsroom opened a connection")

    answers = []
    for url in ("http://nobody.example/", "http://127.0.0.1:1/secret", "http://169.254.169.254/latest/"):
        answers.append(get(room, url).status)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    assert build_world(1)
    assert answers == [502, 502, 502]


def test_answers_by_host_header_and_to_head(room):
    line = http.client.HTTPConnection(*urlsplit(room.proxy_url).netloc.split(":"), timeout=5)
    line.request("GET", "/robots.txt", headers={"Host": "www.almarfa.example"})
    answer = line.getresponse()
    assert answer.status == 200
    assert b"/private/" in answer.read()
    line.request("HEAD", "http://www.almarfa.example/feed.atom")
    answer = line.getresponse()
    assert answer.status == 200
    assert answer.read() == b""
    line.close()


def test_addresses_are_the_same_in_either_spelling(room):
    url = next(url for url in room.articles()["almarfa"] if "%D8" in url)
    lower = url.replace("%D8", "%d8").replace("%D9", "%d9")
    assert get(room, lower).body == get(room, url).body
    assert "%" not in unquote(url)
