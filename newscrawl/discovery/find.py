"""Where an unknown site keeps its listings: what its page says, what robots.txt says, usual places."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from newscrawl.discovery.decode import to_utf8
from newscrawl.discovery.links import tidy_url
from newscrawl.discovery.sections import document_base, parse_html
from newscrawl.outlets.domains import registered_domain

_FEED_TYPES = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"}
    | {"application/feed+json", "application/json"}
)
_FEED_PATH = re.compile(
    r"/(?:feeds?|rss\d?|atom|rdf|rssfeeds?|sectionrss)(?:/|$)|(?:rss|feed|atom|index)\.(?:xml|rdf)$|feed\.json$"
    r"|(?:rss|feed)\.(?:php|aspx?)$|\.(?:rss|rdf|atom)$",
    re.I,
)
_FEED_QUERY = re.compile(r"(?:^|&)(?:feed=\w+|format=(?:rss|feed|xml|atom)|type=rss|rss=1)(?:&|$)", re.I)
_FEED_SCHEME = re.compile(r"^\s*feed:(?://(?=https?:))?", re.I)
"""Of an address for feed readers: `feed:https://…`, `feed://…`."""
_COMMENTS = re.compile(r"/comments?/|[?&]feed=comments|تعليق", re.I)
_NOT_A_FEED = re.compile(r"/sitemap[^/]*\.xml$|\.(?:html?|jpe?g|png|css|js)$|/wp-json(?:/|$)", re.I)

_AROUND = " \t\r\"'<>"
"""What some write around an address."""
_ROBOTS_LIMIT = 512 * 1024
"""As much of robots.txt as RFC 9309 asks anyone to read."""

# In this order, for a caller that stops at the first that answers: news sitemaps carry dates and
# titles and are short; feeds next; the full sitemap last.
_USUAL_PLACES = (
    "sitemap-news.xml",
    "news-sitemap.xml",
    "news_sitemap.xml",
    "googlenews.xml",
    "feed",
    "rss",
    "rss.xml",
    "feed.xml",
    "atom.xml",
    "sitemap.xml",
    "sitemap_index.xml",
)


def find_listings(html: bytes, url: str) -> list[str]:
    """List the feeds and sitemaps a page names: its `<link>` elements first, then links that look like feeds.

    Absolute URLs, each once. A page vouches for a feed by `rel=alternate`, wherever that stands; a mere link
    counts on the page's own site only, for pages link to other houses' feeds too. Feeds of comments are left
    out. Never raises.
    """
    document = parse_html(to_utf8(html))
    if document is None:
        return []
    base, own_site = document_base(document, url), registered_domain(url)
    named: list[str | None] = []
    linked: list[str | None] = []
    for element in document.iter("link", "a"):
        link = tidy_url(_FEED_SCHEME.sub("", element.get("href") or ""), base)
        relations = (element.get("rel") or "").lower().split()
        if link and "sitemap" in relations:
            named.append(link)
            continue
        if link is None or _COMMENTS.search(link) or _NOT_A_FEED.search(urlsplit(link).path):
            continue
        kind = (element.get("type") or "").lower().partition(";")[0].strip()
        if "alternate" in relations and kind in _FEED_TYPES:
            # WordPress announces the comments' feed beside the news; its title tells them apart.
            if not _COMMENTS.search(element.get("title") or ""):
                named.append(link)
        elif element.tag == "a" and looks_like_feed(link) and registered_domain(link) == own_site:
            linked.append(link)
    return list(dict.fromkeys(link for link in (*named, *linked) if link))


def looks_like_feed(url: str) -> bool:
    """Tell whether an address is the kind that answers with a feed.

    >>> looks_like_feed("https://news.example/rss/SectionRss?SectionID=65")
    True
    >>> looks_like_feed("https://news.example/?feed=rss2"), looks_like_feed("https://news.example/feedback")
    (True, False)
    """
    parts = urlsplit(url)
    return bool(_FEED_PATH.search(parts.path) or _FEED_QUERY.search(parts.query))


def sitemaps_in_robots(robots: bytes, url: str) -> list[str]:
    r"""Return the `Sitemap:` lines of a robots.txt, absolute, each once, in its order. Never raises.

    >>> sitemaps_in_robots(b"User-agent: *\nsitemap : /news.xml # daily", "https://news.example/robots.txt")
    ['https://news.example/news.xml']
    """
    found: dict[str, None] = {}
    for line in to_utf8(robots[:_ROBOTS_LIMIT]).decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        if key.strip().lower() != "sitemap":
            continue
        # A `#` begins a comment only after white space; before, it is part of a URL.
        for one in re.split(r"[\s,]+(?=https?:)", re.split(r"\s#", value, maxsplit=1)[0]):
            link = tidy_url(one.strip(_AROUND), url)
            if link:
                found[link] = None
    return list(found)


def guesses(url: str) -> list[str]:
    """Name the few places where most sites keep a listing, likeliest and cheapest first.

    Below the site's root, and below the page's own folder for `https://site/ar` and the like.

    >>> guesses("https://news.example/ar/")[:1], guesses("mailto:x")
    (['https://news.example/sitemap-news.xml'], [])
    """
    home = tidy_url(url)
    if home is None:
        return []
    parts = urlsplit(home)
    origin = f"{parts.scheme}://{parts.netloc}/"
    places = [origin + place for place in _USUAL_PLACES]
    folder = parts.path.strip("/")
    if folder and "/" not in folder and "." not in folder:
        places += [f"{origin}{folder}/{place}" for place in ("feed", "rss", "rss.xml", "sitemap.xml")]
    return places
