"""Every page carries its text, and every twin its article."""

from __future__ import annotations

import json
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from newscrawl.article import Outcome
from tests.newsroom import Newsroom
from tests.newsroom.reading import Answer, ending, get, outlets
from tests.newsroom.sites.majma import OWN_PARAGRAPH


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


def test_majma_carries_a_papers_article_as_it_first_stood_with_a_paragraph_of_its_own():
    first, second = (Newsroom(edition=edition).articles() for edition in (1, 2))
    slugs = {text.slug for text in first["almarfa"].values()}
    [copy] = [text for text in second["majma"].values() if text.slug in slugs]
    assert copy in first["majma"].values()
    before, after = (
        next(text for text in edition["almarfa"].values() if text.slug == copy.slug)
        for edition in (first, second)
    )
    assert [one for one in copy.body if one != OWN_PARAGRAPH] == list(before.body)
    assert OWN_PARAGRAPH in copy.body
    assert after.body != before.body


def test_pages_link_to_no_host_of_the_real_world(room):
    sharing = {"www.facebook.com", "wa.me", "t.me", "schema.org", "ogp.me"}
    for articles in room.articles().values():
        for url in articles:
            page = html.fromstring(get(room, url).body)
            for address in page.xpath("//@href | //@src"):
                host = urlsplit(urljoin(url, address)).hostname or ""
                assert host.endswith(".example") or host in sharing or address.startswith(("java", "mailto"))


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
