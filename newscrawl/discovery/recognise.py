"""A listing's bytes → what they list, whatever kind of listing they turn out to be."""

from __future__ import annotations

import logging
import re
from datetime import UTC, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from newscrawl.discovery.decode import to_utf8, unpack
from newscrawl.discovery.feeds import read_feed
from newscrawl.discovery.find import find_listings, looks_like_feed
from newscrawl.discovery.json_feeds import looks_like_json_feed, read_json_feed
from newscrawl.discovery.links import clean_title
from newscrawl.discovery.listing import ChildSitemap, Kind, Limits, Listing, Place
from newscrawl.discovery.sections import parse_html, read_section
from newscrawl.discovery.sitemaps import read_sitemap, read_text_sitemap
from newscrawl.discovery.xml_repair import Root, find_root
from newscrawl.page.parse import MAX_ATTRIBUTES, crowded

__all__ = ["ChildSitemap", "Expected", "Kind", "Limits", "Listing", "read_listing"]

Expected = Literal["feed", "sitemap", "section"]

_FEED_ROOTS = frozenset({"rss", "rdf", "feed", "channel"})
_SITEMAP_ROOTS = frozenset({"urlset", "sitemapindex"})
# What a page may begin with when its template is broken, or a program's messages stand before it.
_HTML_ROOTS = frozenset(
    [
        "html",
        "head",
        "body",
        "title",
        "meta",
        "link",
        "script",
        "style",
        "div",
        "p",
        "a",
        "table",
        "span",
        "br",
        "b",
        "font",
        "h1",
        "h2",
    ]
)
_HTML_TAG = re.compile(rb"<(?:html|head|body|title|div|p|a|table|script|meta|br|span|h[1-6])[\s>/]", re.I)
_SITEMAP_URL = re.compile(r"sitemap[^?#]*(?:\.xml|\.gz)|googlenews\.xml|/sitemap/", re.I)

_log = logging.getLogger(__name__)


def read_listing(
    content: bytes,
    url: str,
    *,
    zone: ZoneInfo,
    encoding: str | None = None,
    content_type: str | None = None,
    expect: Expected | None = None,
    article_pattern: re.Pattern[str] | None = None,
    now: datetime | None = None,
    limits: Limits | None = None,
) -> Listing:
    """Recognise a listing by its bytes and read it.

    Args:
        content: the body as it came, gzip'd or not.
        url: where it came from; relative links are relative to it.
        zone: the outlet's, for dates without an offset.
        encoding: the charset, if the caller knows better than the document.
        content_type: the `Content-Type` header.
        expect: what the outlet's file calls this URL. An HTML page in place of a feed or sitemap
            is a problem and yields no links. Not given: judged by the URL.
        article_pattern: for section pages, the outlet's `article_url`.
        now: the present (with offset), against which future dates are judged. Default: the clock's.
        limits: how much it may cost.

    Returns:
        What was found. Never raises on any bytes: what is wrong stands in `problems`, and `kind` is
        `nothing` when there was nothing to read. Every URL is absolute http(s).

    """
    place = Place(url, zone, now or datetime.now(UTC), limits or Limits())
    try:
        plain, problems = unpack(content, url, place.limits.max_bytes)
        if content and not plain:
            return Listing("nothing", problems=problems or [_nothing(url, "only an empty archive")])
        listing = _read(
            to_utf8(plain, encoding, content_type), place, expect or _expected(url), article_pattern
        )
    except Exception as error:
        # Foreign bytes through three foreign parsers: a listing that breaks one must not end the run.
        _log.exception("could not read the listing %s", url)
        return Listing(
            "nothing",
            problems=[
                f"{url}: reading it failed ({type(error).__name__}: {str(error)[:100]}). The log has the "
                "traceback; please report it with the file."
            ],
        )
    listing.problems[:0] = problems
    return listing


def _read(content: bytes, place: Place, expect: Expected | None, pattern: re.Pattern[str] | None) -> Listing:
    # By its bytes, not its Content-Type: feeds come as application/feed+json, application/json, text/plain.
    if json_feed := read_json_feed(content, place) if looks_like_json_feed(content) else None:
        return json_feed
    if crowded(content.decode("utf-8", "replace")):
        reason = f"a tag with more than {MAX_ATTRIBUTES:,} attributes, which no parser gets through"
        return Listing("nothing", problems=[_nothing(place.url, reason)])
    return _read_other(content, place, expect, pattern)


def _read_other(
    content: bytes, place: Place, expect: Expected | None, pattern: re.Pattern[str] | None
) -> Listing:
    root = find_root(content)
    if root.name in _FEED_ROOTS or root.name in _SITEMAP_ROOTS:
        listing = _read_xml(content, root, place)
        if root.junk:
            listing.problems.insert(
                0,
                f"{place.url}: something stands before the XML (an error message of the site's program?) and "
                "was skipped. Tell the outlet.",
            )
        return listing
    if not content.strip():
        return Listing("nothing", problems=[_nothing(place.url, "an empty answer")])
    if text_sitemap := read_text_sitemap(content, place) if not root.name else None:
        return text_sitemap
    if root.name in _HTML_ROOTS or (not root.name and _HTML_TAG.search(content[: 1 << 16])):
        if expect in ("feed", "sitemap"):
            return Listing("html", problems=[_page_instead(content, place.url, expect)])
        return read_section(content, place, pattern)
    return Listing("nothing", problems=[_nothing(place.url, _describe(content, root))])


def _read_xml(content: bytes, root: Root, place: Place) -> Listing:
    return read_feed(content, root, place) if root.name in _FEED_ROOTS else read_sitemap(content, root, place)


def _expected(url: str) -> Expected | None:
    if looks_like_feed(url):
        return "feed"
    return "sitemap" if _SITEMAP_URL.search(url) else None


def _page_instead(content: bytes, url: str, expected: str) -> str:
    """Say that a web page stands where a listing should be, with the mend if it names one."""
    document = parse_html(content)
    title = clean_title(document.findtext(".//title") or "")[:80] if document is not None else ""
    feeds = find_listings(content, url)[:3]
    named = f" The page names: {' '.join(feeds)}." if feeds else ""
    return (
        f"{url}: the {expected} answered with a web page{f' (“{title}”)' if title else ''}: it has moved, "
        "or the site keeps robots out with a page of its own. Open it in a browser and correct the "
        f"outlet's file.{named}"
    )


def _describe(content: bytes, root: Root) -> str:
    if root.name:
        return f"XML of an unknown kind, <{root.name}>"
    if content.lstrip()[:1] in (b"{", b"["):
        return "JSON"
    beginning = clean_title(content[:60].decode("utf-8", "replace"))
    return f"not a feed, sitemap, page or list of links, but “{beginning}”"


def _nothing(url: str, what: str) -> str:
    return f"{url}: {what}. Open it in a browser and correct the outlet's file."
