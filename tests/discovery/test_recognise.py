import gzip
import random
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .conftest import SAMPLES, read, sample

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "outlets" / "feeds"


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("rss.xml", "feed", 4),
        ("atom.xml", "feed", 2),
        ("podcast.xml", "feed", 0),
        ("news_sitemap.xml", "news-sitemap", 3),
        ("section.html", "html", 2),
    ],
)
def test_kinds(name, kind, count):
    for content in (sample(name), gzip.compress(sample(name)), b"\xef\xbb\xbf\r\n" + sample(name)):
        listing = read(content)
        assert (listing.kind, len(listing.candidates)) == (kind, count)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty answer"),
        (b" \n ", "empty answer"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b'{"items": []}', "JSON"),
        (b"<opml><body/></opml>", "<opml>"),
        (b"Service unavailable", "Service unavailable"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a feed"),
        ("https://n.example/1\nنص عادي\nونص آخر\nوثالث".encode(), "not a feed"),
    ],
)
def test_nothing_is_said_in_words(content, words):
    listing = read(content)
    assert listing.kind == "nothing"
    assert words in listing.problems[0]
    assert listing.problems[0].startswith("https://news.example/listing: ")


def test_a_feed_that_answers_with_a_page():
    for options in (
        {"url": "https://news.example/feed"},
        {"url": "https://news.example/1.533091", "expect": "feed"},
    ):
        listing = read(sample("section.html"), **options)
        assert listing.kind == "html"
        assert not listing.candidates
        (problem,) = listing.problems
        assert "the feed answered with a web page (“سياسة - المرفأ”)" in problem
        assert "https://news.example/rss/politics" in problem


def test_a_sitemap_that_answers_with_a_page():
    listing = read(b"<!doctype html><title>Just a moment...</title>", "https://news.example/sitemap.xml")
    assert "the sitemap answered with a web page (“Just a moment...”)" in listing.problems[0]


def test_a_page_that_quotes_a_feed_is_a_page():
    assert read(b"<!DOCTYPE html><html><pre>\n<rss version='2.0'>\n</pre></html>").kind == "html"
    assert read(b"<html><script>x='<urlset>'</script></html>").kind == "html"


def test_a_section_address_may_look_like_a_feed():
    assert read(sample("section.html"), "https://news.example/ar/rss/", expect="section").candidates


def assert_sound(listing):
    for url in [one.url for one in listing.candidates] + [one.url for one in listing.children]:
        assert urlsplit(url).scheme in ("http", "https")
        assert urlsplit(url).hostname
        assert url.isascii()
    for one in listing.candidates:
        for moment in (one.published_at, one.modified_at):
            assert moment is None or moment.utcoffset() is not None
    assert not any("reading it failed" in problem for problem in listing.problems), listing.problems
    assert listing.kind != "nothing" or listing.problems


STARTS = [
    b"",
    b"<rss>",
    b"<urlset>",
    b"<sitemapindex>",
    b"<feed>",
    b"<html>",
    b"\x1f\x8b",
    b"<?xml ",
    b"<!DOCTYPE x [",
    b"http://",
]


@given(st.sampled_from(STARTS), st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes(start, rest):
    assert_sound(read(start + rest))


MARKUP = st.lists(
    st.sampled_from([
        "<rss>", "</rss>", "<channel>", "<item>", "</item>", "<link>", "</link>", "<link href='/x'/>",
        "<title>", "</title>", "<guid>", "</guid>", "<pubDate>", "</pubDate>", "<urlset>", "<url>",
        "</url>", "<loc>", "</loc>", "<news:news>", "</news:news>", "<![CDATA[", "]]>", "<!--", "-->",
        "&amp;", "&", "&x;", "&#0;", "&#xFFFF;", "<x:y z='", "'>", "\x00", "https://n.example/1", "خبر",
        "2026-09-27", "<feed xmlns='http://www.w3.org/2005/Atom'>", "<entry>", "</entry>", "<a href=",
        "xml:base='http://['", "<div xml:lang='", "<image>", "<content type='xhtml'>", "<geo:lat>",
        "<media:thumbnail>", "<itunes:duration>", "<a:b xmlns:a='", "<?", "?>", "<!DOCTYPE",
        "<georss:point>", "1 2", "<gml:pos>",
    ]),
    max_size=40,
)  # fmt: skip


@given(st.sampled_from(["<rss><channel><item>", "<feed><entry>", "<urlset><url>", "<html>", ""]), MARKUP)
@settings(max_examples=300, deadline=None)
def test_any_markup(start, pieces):
    assert_sound(read(start + "".join(pieces)))


@given(
    st.sampled_from(sorted(path.name for path in SAMPLES.iterdir())),
    st.integers(0, 2**32),
    st.integers(1, 40),
)
@settings(max_examples=200, deadline=None)
def test_mutated_samples(name, seed, changes):
    chance = random.Random(seed)
    content = bytearray(sample(name))
    for _ in range(changes):
        at = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[at] = chance.randrange(256)
            case 1:
                del content[at : at + chance.randrange(1, 30)]
            case 2:
                content[at:at] = content[at : at + 60]
            case _:
                content[at:at] = chance.choice([b"&", b"<", b">", b"]]>", b"<![CDATA[", b"\xd8", b"'", b'"'])
    assert_sound(read(bytes(content)))


@given(st.binary(max_size=60), st.text(max_size=20), st.text(max_size=20), st.text(max_size=30))
@settings(deadline=None)
def test_any_label(content, encoding, content_type, url):
    assert_sound(read(b"<rss>" + content, url, encoding=encoding, content_type=content_type))


@pytest.mark.parametrize(
    "label", ["utf-7", "idna", "unicode_escape", "base64", "undefined", "rot13", "x-none", "\x00", "hex"]
)
def test_a_label_that_is_no_charset(label):
    assert_sound(
        read(
            "<rss><channel><item><link>/1</link><title>خبر</title></item></channel></rss>".encode("cp1256"),
            encoding=label,
        )
    )


@pytest.mark.parametrize(
    ("name", "kind", "count"),
    [
        ("wam.ae__1.xml", "news-sitemap", 6),
        ("albayan.ae__1.xml", "news-sitemap", 6),
        ("sharjah24.ae__1.xml", "news-sitemap", 8),
        ("bbc.com__1.xml", "feed", 454),
    ],
)
def test_real_listings(name, kind, count):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the saved listing {name} is not on this machine")
    listing = read(path.read_bytes(), f"https://{name.partition('__')[0]}/listing.xml")
    assert (listing.kind, len(listing.candidates), listing.problems) == (kind, count, [])
    assert all(one.title == " ".join(one.title.split()) != "" for one in listing.candidates)
    assert all(one.published_at for one in listing.candidates)
    if name.startswith("sharjah24"):
        assert [one.language for one in listing.candidates].count("en") == 4
    if not name.startswith("bbc"):
        assert {one.published_at.utcoffset().total_seconds() for one in listing.candidates} == {4 * 3600}


@pytest.mark.parametrize("root", ["rss", "urlset", "html"])
def test_a_tag_that_no_parser_gets_through_is_not_parsed(root):
    """libxml2's time grows with the square of a tag's attributes: these would take minutes."""
    attributes = " ".join(f"a{number}='1'" for number in range(100_000))
    listing = read(f"<{root} {attributes}></{root}>".encode())
    assert (listing.kind, listing.candidates) == ("nothing", [])
    assert "more than 2,000 attributes" in listing.problems[0]
