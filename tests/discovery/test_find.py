from newscrawl.discovery import find_listings, guesses, looks_like_feed, sitemaps_in_robots

from .conftest import sample

PAGE = "https://news.example/ar/politics"


def test_a_page_names_its_feeds():
    assert find_listings(sample("section.html"), PAGE) == [
        "https://news.example/rss/politics",
        "https://news.example/rss/sport",
    ]


def test_no_page_names_no_feed():
    assert find_listings(b"", PAGE) == []
    assert find_listings(b"\xff\x00\xfe", PAGE) == []


def test_robots():
    robots = (
        "\ufeffUser-agent: *\nDisallow: /admin\nSitemap: https://news.example/a.xml\n"
        "SITEMAP:/b.xml#x # daily\n"
        "sitemap: https://news.example/خريطة.xml\r\nSitemap: https://news.example/a.xml\nSitemap: nonsense://x\n"
    ).encode()
    assert sitemaps_in_robots(robots, "https://news.example/robots.txt") == [
        "https://news.example/a.xml",
        "https://news.example/b.xml",
        "https://news.example/%D8%AE%D8%B1%D9%8A%D8%B7%D8%A9.xml",
    ]


def test_guesses():
    found = guesses("https://news.example/ar?x=1")
    assert len(found) == len(set(found)) < 20
    assert {
        "https://news.example/feed",
        "https://news.example/sitemap.xml",
        "https://news.example/ar/rss",
    } <= set(found)


def test_feed_addresses():
    for url in (
        "https://n.example/feed/",
        "https://n.example/ar/rss.xml",
        "https://n.example/rssFeed/0",
        "https://n.example/x?format=rss",
    ):
        assert looks_like_feed(url)
    for url in ("https://n.example/", "https://n.example/feedback", "https://n.example/story/rss-readers"):
        assert not looks_like_feed(url)


def test_addresses_of_robots_as_people_write_them():
    robots = b"""Sitemap: <https://news.example/a.xml>
Sitemap: "https://news.example/b.xml"
Sitemap: https://news.example/c.xml, https://news.example/d.xml https://news.example/e,f.xml
"""
    found = sitemaps_in_robots(robots, "https://news.example/robots.txt")
    assert [url.removeprefix("https://news.example/") for url in found] == [
        "a.xml", "b.xml", "c.xml", "d.xml", "e,f.xml",
    ]  # fmt: skip


def test_a_page_names_sitemaps_and_feeds_for_readers():
    page = b"""<link rel="sitemap" href="/maps/sitemap-all.xml">
        <link rel="alternate" type="application/rss+xml" href="feed:https://news.example/one">
        <link rel="alternate" type="application/rss+xml" href="feed://news.example/two">"""
    assert find_listings(page, PAGE) == [
        "https://news.example/maps/sitemap-all.xml",
        "https://news.example/one",
        "https://news.example/two",
    ]
