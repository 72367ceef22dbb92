"""JSON Feeds, recognised by their bytes, good and bad."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from newscrawl.discovery import find_listings

from .conftest import read

FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "الميناء",
    "language": "ar",
    "items": [
        {
            "id": "a1",
            "url": "/akhbar/17",
            "title": "افتتاح &amp;quot;الميناء&amp;quot;",
            "content_html": "<rss><p>نص</p></rss>",
            "date_published": "2026-09-27T10:00:00+03:00",
            "date_modified": "2026-09-27T12:00:00+03:00",
        },
        {"id": "https://news.example/akhbar/18", "title": "ثان", "language": "fr"},
        {"id": 19, "external_url": "https://news.example/akhbar/19", "title": None},
        {"id": "20", "title": "بلا عنوان"},
        "not an item",
    ],
}


@pytest.mark.parametrize("prefix", ["", "\ufeff", "\n  "])
@pytest.mark.parametrize("expect", ["feed", "sitemap", None])
def test_items_become_candidates(prefix, expect):
    listing = read(prefix + json.dumps(FEED, ensure_ascii=False), expect=expect)
    first, second, third = listing.candidates
    assert listing.kind == "feed"
    assert (first.url, first.title) == ("https://news.example/akhbar/17", 'افتتاح "الميناء"')
    assert first.published_at == datetime(2026, 9, 27, 7, tzinfo=UTC)
    assert first.modified_at == datetime(2026, 9, 27, 9, tzinfo=UTC)
    assert (first.language, second.language) == ("ar", "fr")
    assert second.url.endswith("/18")
    assert third.url.endswith("/19")
    assert "1 of 4" in listing.problems[0]


def test_a_feed_without_its_version_is_told_by_its_items():
    items = [{"url": "https://news.example/1", "title": "\ud83d"}]
    (candidate,) = read(json.dumps({"items": items})).candidates
    assert candidate.url == "https://news.example/1"


@pytest.mark.parametrize(
    "content", ['{"items": [{"name": "x"}]}', '{"a": ' + "[" * 100_000, '{"version": 1', "{}", '{"items": 7}']
)
def test_other_json_is_a_problem_and_no_crash(content):
    listing = read(content)
    assert (listing.kind, listing.candidates) == ("nothing", [])
    assert "JSON" in listing.problems[0]


def test_an_empty_feed_is_said():
    assert "without items" in read('{"version": "https://jsonfeed.org/version/1", "items": []}').problems[0]


def test_pages_name_json_feeds():
    page = b"""<html><head><link rel=alternate type="application/feed+json" href="/news.json">
        <link rel=alternate type="application/json" href="https://feeds.burner.example.org/x">
        <link rel=alternate type="application/json" href="/wp-json/wp/v2/pages/2">
        <link rel=alternate type="application/json+oembed" href="/oembed?url=x"></head></html>"""
    assert find_listings(page, "https://n.example/") == [
        "https://n.example/news.json",
        "https://feeds.burner.example.org/x",
    ]


def test_links_to_other_houses_feeds_are_not_vouched_for():
    page = b'<html><a href="https://other.example.org/rss.xml">x</a><a href="/rss.xml">y</a></html>'
    assert find_listings(page, "https://n.example.com/") == ["https://n.example.com/rss.xml"]


def test_a_number_without_end_costs_only_itself():
    number = "9" * 6000
    text = f'{{"items": [{{"id": {number}, "url": "https://n.example/story/1", "_x": {number}}}]}}'
    assert [one.url for one in read(text).candidates] == ["https://n.example/story/1"]
