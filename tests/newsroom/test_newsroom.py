"""The newsroom keeps its word: every listing, page and trap answers as described."""

from __future__ import annotations

import gzip
import http.client
import json
import socket
import time
import tomllib
import urllib.error
import urllib.request
from email.message import Message
from typing import NamedTuple
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

import pytest
from lxml import etree, html

from newscrawl.article import Outcome
from newscrawl.outlets.model import Outlet
from tests.newsroom import Newsroom
from tests.newsroom.server import CONTROL_HOST
from tests.newsroom.site import KEEP
from tests.newsroom.traps import BOMB_EXPANDS_TO, HUGE_PAGE
from tests.newsroom.world import build_world

SLOW_SECONDS = 1.5


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def get(room: Newsroom, url: str, **headers: str) -> Answer:
    """One request through the proxy; redirects are shown, not followed."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": room.proxy_url}), _NoRedirect)
    request = urllib.request.Request(
        url, headers={"User-Agent": "newsroom-test", **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    try:
        with opener.open(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="module")
def room():
    with Newsroom(edition=1, slow_seconds=SLOW_SECONDS) as room:
        yield room


@pytest.fixture(scope="module")
def second():
    with Newsroom(edition=2, slow_seconds=SLOW_SECONDS) as room:
        yield room


@pytest.fixture(params=[1, 2])
def either(request, room, second):
    return room if request.param == 1 else second


def outlets(room: Newsroom) -> dict[str, Outlet]:
    files = sorted(room.outlets_dir.glob("*.toml"))
    return {path.stem: Outlet.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in files}


def ending(room: Newsroom, outlet: str, outcome: Outcome) -> list[str]:
    return [url for url, end in room.expected()[outlet].items() if end == outcome]


# What an honest crawler finds, read here without any of the project's own parsers.


def found_links(room: Newsroom, outlet: Outlet) -> set[str]:
    links: set[str] = set()
    for listing in (*outlet.feeds, *outlet.sitemaps):
        links |= _links_of_xml(room, listing)
    for section in outlet.sections:
        page = html.fromstring(get(room, section).body)
        every = {urljoin(section, href) for href in page.xpath("//a/@href")}
        links |= {link for link in every if outlet.article_pattern.match(link)}
    return {quote(urldefrag(link.strip()).url, safe=KEEP) for link in links}


def _links_of_xml(room: Newsroom, listing: str) -> set[str]:
    answer = get(room, listing)
    body = gzip.decompress(answer.body) if listing.endswith(".gz") else answer.body
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(body, parser)
    if answer.status != 200 or "html" in answer.headers["Content-Type"]:
        return set()
    if root.tag.endswith("sitemapindex"):
        return set().union(*(_links_of_xml(room, loc.text) for loc in root.iter("{*}loc")))
    entries = list(root.iter("{*}item", "{*}entry", "{*}url"))
    found = {element.text for entry in entries for element in entry.iter("{*}loc", "{*}link") if element.text}
    found |= {
        element.get("href")
        for entry in entries
        for element in entry.iter("{*}link")
        if element.get("rel") == "alternate"
    }
    return {link for link in found if link.strip()}


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
        *(Outcome.EXTRACT_ERROR, Outcome.BAD_ROW, Outcome.INTERRUPTED),
    }


# Pages


def charset_of(answer: Answer, *, lies: bool = False) -> str:
    """As declared: by the header, else by the meta; windows-1256 where neither does or the header lies."""
    declared = answer.headers.get_content_charset()
    if declared and not lies:
        return declared
    for name in ("windows-1256", "utf-8"):
        if f"charset={name}".encode() in answer.body[:1024]:
            return name
    return "windows-1256"


def test_every_article_page_carries_its_text(either):
    for articles in either.articles().values():
        for url, text in articles.items():
            answer = get(either, url)
            if answer.status == 500:  # the page that fails once
                answer = get(either, url)
            assert answer.status == 200, url
            assert answer.headers.get_content_type() == "text/html"
            lies = answer.headers.get_content_charset() == "utf-8" and b"charset=windows-1256" in answer.body
            page = html.fromstring(answer.body.decode(charset_of(answer, lies=lies)))
            shown = " ".join(page.text_content().split())
            for words in (text.title, *text.body):
                assert " ".join(words.split()) in shown, url


def test_albaydar_declares_charsets_in_every_wrong_way(room):
    ways = set()
    for url, text in room.articles()["albaydar"].items():
        answer = get(room, url)
        header = answer.headers.get_content_charset()
        meta = "windows-1256" if b"charset=windows-1256" in answer.body else None
        ways.add((header, meta))
        if header == "utf-8":
            with pytest.raises(UnicodeDecodeError):
                answer.body.decode("utf-8")
        if header == "iso-8859-6":
            assert text.title in answer.body.decode("iso-8859-6")
    assert ways == {
        (None, "windows-1256"),
        ("windows-1256", None),
        ("utf-8", "windows-1256"),
        (None, None),
        ("iso-8859-6", None),
    }


def test_modern_pages_state_times_with_offset_and_parse_as_json_ld(room):
    for outlet in ("sahel", "almarfa", "majma"):
        for url, text in room.articles()[outlet].items():
            page = html.fromstring(get(room, url).body.decode())
            data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
            story = next(part for part in data.get("@graph", [data]) if part["@type"] == "NewsArticle")
            assert story["datePublished"] == text.published.isoformat()
            assert page.xpath("string(//link[@rel='canonical']/@href)") == url


def test_majma_carries_the_agency_word_for_word_and_a_second_article(room):
    agency = {text.slug: text for text in room.articles()["sahel"].values()}
    copies = [text for text in room.articles()["majma"].values() if text.slug in agency]
    assert len(copies) == 3
    assert all(copy.body == agency[copy.slug].body for copy in copies)
    assert sum(copy.title == agency[copy.slug].title for copy in copies) == 1
    bodies = [get(room, url).body.decode() for url in room.articles()["majma"]]
    assert sum("إقرأ أيضاً:" in body for body in bodies) == 1
    assert sum("المصدر: وكالة الساحل" in body for body in bodies) >= 3


# Twins


def test_twins_that_show_in_their_url_have_their_article_listed(room):
    outlet = outlets(room)["almarfa"]
    ends = room.expected()["almarfa"]
    twins = ending(room, "almarfa", Outcome.DUPLICATE)
    tracked = [url for url in twins if "utm_" in url]
    accelerated = [url for url in twins if "/amp/" in url]
    assert len(tracked) == len(accelerated) == 1
    assert ends[tracked[0].partition("?")[0]] == Outcome.STORED
    assert outlet.canonical.rewrite[0][0] == "^(https?://[^/]+)/amp/"
    plain = accelerated[0].replace("/amp/", "/")
    assert ends[plain] == Outcome.STORED
    assert get(room, tracked[0]).body == get(room, plain_of(tracked[0])).body
    amp = html.fromstring(get(room, accelerated[0]).body.decode())
    assert amp.xpath("string(//link[@rel='canonical']/@href)") == plain


def plain_of(url: str) -> str:
    return url.partition("?")[0]


def test_twins_that_only_fetching_shows_wait_for_their_article():
    with Newsroom() as room:
        ends = room.expected()["almarfa"]
        twins = [
            url
            for url in ending(room, "almarfa", Outcome.DUPLICATE)
            if "utm_" not in url and "/amp/" not in url
        ]
        printed = next(url for url in twins if "/print/" in url)
        moved = next(url for url in twins if "/print/" not in url)
        plain = printed.replace("/print/", "/")
        assert get(room, plain).status == 200
        page = html.fromstring(get(room, printed).body.decode())
        assert page.xpath("string(//link[@rel='canonical']/@href)") == plain
        assert ends[plain] == Outcome.STORED
        answer = get(room, moved)
        assert answer.status == 301
        assert ends[answer.headers["Location"]] == Outcome.STORED


def test_an_old_address_leads_to_an_article_listed_nowhere_else(room):
    ends, articles = room.expected()["almarfa"], room.articles()["almarfa"]
    (old,) = [url for url in ending(room, "almarfa", Outcome.STORED) if url not in articles]
    target = urljoin(old, get(room, old).headers["Location"])
    assert target in articles
    assert target not in ends


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


# Traps


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


def test_pages_link_to_no_host_of_the_real_world(room):
    sharing = {"www.facebook.com", "wa.me", "t.me", "schema.org", "ogp.me"}
    for articles in room.articles().values():
        for url in articles:
            page = html.fromstring(get(room, url).body)
            for address in page.xpath("//@href | //@src"):
                host = urlsplit(urljoin(url, address)).hostname or ""
                assert host.endswith(".example") or host in sharing or address.startswith(("java", "mailto"))
