"""RSS 0.9x, 1.0 and 2.0, and Atom → candidates, through feedparser.

What feedparser is not trusted with, and why: dates (it converts to UTC, and takes a date without an
offset for UTC: read from the raw string instead), charsets (it falls back to Western European),
DTDs (cut off before), and broken XML (its fallback is quadratic on hostile input and drops `&`:
libxml2 repairs first).
"""

from __future__ import annotations

import io
import re
import warnings
from collections import Counter
from collections.abc import Container, Sequence
from typing import Any
from urllib.parse import urlsplit

import feedparser
from lxml import etree

from newscrawl.discovery.dates import DateReader
from newscrawl.discovery.links import clean_title, is_absolute, language_tag, tidy_url
from newscrawl.discovery.listing import Candidate, Listing, Place
from newscrawl.discovery.xml_repair import Root, mend

# What is read of an item, in its own namespace or one of those that news feeds borrow from. Titles
# of other namespaces (media:title) are titles of other things.
_ESSENTIALS = frozenset(
    {"title", "link", "guid", "id", "origlink", "pubdate", "date", "published", "updated", "modified"}
    | {"issued", "created", "language"}
)
_XML = "{http://www.w3.org/XML/1998/namespace}"
_ATTRIBUTES = frozenset({"version", "href", "rel", "type", "ispermalink", f"{_XML}lang", f"{_XML}base"})
# What a recovering parser lets pass (as `&#1;`) and XML forbids.
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMESPACES = (
    "http://www.w3.org/2005/Atom",
    "http://purl.org/dc/elements/1.1/",
    "http://purl.org/dc/terms/",
    "http://rssnamespace.org/feedburner/ext/1.0",
)


def read_feed(content: bytes, root: Root, place: Place) -> Listing:
    """Read the items of a feed, in its order. `content` is UTF-8.

    An item's address is its `feedburner:origLink`, else its own link to a web page, else a `guid` that
    is an address. Enclosures (podcasts) are not pages. Broken XML is read as far as possible,
    and said.
    """
    xml, faults = _essence(*mend(content, root))
    listing = Listing("feed")
    with warnings.catch_warnings():
        # feedparser warns of its own transitional key lookups, which are not ours to mend.
        warnings.simplefilter("ignore", DeprecationWarning)
        # BytesIO, never the bytes: feedparser would try them as a file name first.
        parsed = feedparser.parse(io.BytesIO(xml), sanitize_html=False, resolve_relative_uris=False)
    if parsed.get("bozo") and not faults:
        faults.append(str(parsed.get("bozo_exception")))
    dates = DateReader(place.zone, place.now)
    feed_language = language_tag(_text(parsed["feed"], "language"))
    is_atom = str(parsed.get("version", "")).startswith("atom")
    unlinked = 0
    entries = parsed["entries"][: place.limits.max_candidates]
    shared = _shared(entries)
    for entry in entries:
        url = _link(entry, place.url, shared)
        candidate = _candidate(entry, url, place.url, dates, feed_language, is_atom=is_atom) if url else None
        if candidate is None:
            unlinked += 1
        else:
            listing.candidates.append(candidate)
    listing.problems += _problems(place, faults, len(parsed["entries"]), unlinked) + dates.problems(place.url)
    return listing


def _essence(xml: bytes, faults: list[str]) -> tuple[bytes, list[str]]:
    """Return the feed as well-formed XML with nothing but items and their essentials, and the faults.

    The rest (whole articles, media, maps) is most of the bytes. What is left is flat: feedparser's
    handlers raise on items nested by an unclosed tag and on half a geographical position.
    """
    feed, fault = _tree(xml)
    faults = [*faults, fault] if fault else faults
    if feed is None:
        return b"", faults
    items = [element for element in feed.iter("{*}item", "{*}entry") if element is not feed]
    channel = next((child for child in feed if _name(child)[1] == "channel"), feed)
    language = [child for child in channel if _name(child)[1] == "language"][:1]
    for element in (feed, channel):
        del element[:]
    if channel is not feed:
        feed.append(channel)
    # RSS 1.0 has its items beside the channel, the others inside; feedparser takes both.
    for child in language + items:
        channel.append(child)
    for item in items:
        _strip(item)
    for element in (feed, channel, *items):
        _strip_attributes(element)
    return etree.tostring(feed, encoding="utf-8"), faults


def _tree(xml: bytes) -> tuple[etree._Element | None, str]:
    """Return the tree, recovered if need be, and the first fault; None when nothing can be recovered."""
    try:
        return etree.fromstring(xml, _parser(recover=False)), ""
    except etree.XMLSyntaxError as error:
        return etree.fromstring(xml, _parser(recover=True)), str(error.msg)


def _strip(item: etree._Element) -> None:
    """Leave an item its essential children, and each of these only its text."""
    own = _name(item)[0]
    for child in list(item):
        namespace, name = _name(child)
        if name not in _ESSENTIALS or namespace not in (own, *_NAMESPACES):
            item.remove(child)
        else:
            child.text = _ILLEGAL.sub("", "".join(str(piece) for piece in child.itertext()))
            del child[:]
            _strip_attributes(child)


def _strip_attributes(element: etree._Element) -> None:
    """Leave only the attributes that are read; those recovered from broken tags may be none at all."""
    kept = {
        key: _ILLEGAL.sub("", str(value))
        for key, value in element.attrib.items()
        if not _ATTRIBUTES.isdisjoint((key, str(key).lower()))
    }
    element.attrib.clear()
    for key, value in kept.items():
        element.set(key, value)


def _name(element: etree._Element) -> tuple[str, str]:
    """Return namespace and local name; by hand, as recovered names may be none that XML allows."""
    namespace, _, name = str(element.tag).rpartition("}")
    name = name.lower()
    return namespace.removeprefix("{"), name


def _parser(*, recover: bool) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", recover=recover, resolve_entities=False, no_network=True, huge_tree=False,
        load_dtd=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip


def _candidate(
    entry: dict[str, Any], url: str, feed_url: str, dates: DateReader, feed_language: str, *, is_atom: bool
) -> Candidate:
    published = dates.read(_text(entry, "published") or _text(entry, "created"))
    updated = dates.read(_text(entry, "updated"))
    if published is None and not is_atom:
        # In RSS, feedparser calls dc:date "updated"; the outlets mean publication.
        published, updated = updated, None
    detail = dict.get(entry, "title_detail") or {}
    return Candidate(
        url=url,
        source="feed",
        found_in=feed_url,
        title=clean_title(_text(entry, "title")),
        published_at=published,
        modified_at=updated if updated != published else None,
        language=language_tag(_text(entry, "language"))
        or language_tag(_text(detail, "language"))
        or feed_language,
    )


def _link(entry: dict[str, Any], feed_url: str, shared: Container[str]) -> str | None:
    """Return the article's address, None when the item has none.

    A link to the feed itself (`#`), to the home page, or one that several items share, is none of its own
    where the item names another.
    """
    original = tidy_url(_text(entry, "feedburner_origlink"), feed_url)
    if original:
        return original
    link = _text(entry, "link")
    guid = _text(entry, "id")
    # feedparser lends a guid to a missing link; a bare number is then no address.
    stated = tidy_url(link, feed_url) if link != guid or _is_address(entry, guid) else None
    if stated == tidy_url(feed_url):
        stated = None  # `javascript:` and `#` lead nowhere; the item may name its page elsewhere
    if stated and link not in shared and (urlsplit(stated).path.strip("/") or urlsplit(stated).query):
        return stated
    alternates = [
        _text(one, "href")
        for one in dict.get(entry, "links") or ()
        if _text(one, "rel") == "alternate" and "html" in (_text(one, "type") or "html")
    ]
    for href in (*alternates, guid if _is_address(entry, guid) else ""):
        url = tidy_url(href, feed_url)
        if url and href != link:
            return url
    return stated


def _shared(entries: Sequence[dict[str, Any]]) -> frozenset[str]:
    """The links that more than one item has."""
    links = Counter(_text(entry, "link") for entry in entries)
    return frozenset(link for link, number in links.items() if number > 1)


def _is_address(entry: dict[str, Any], guid: str) -> bool:
    """Whether a guid is an address: absolute, or a path of the site that is said to be a permalink."""
    return is_absolute(guid) or (guid.strip().startswith("/") and bool(dict.get(entry, "guidislink")))


def _text(values: dict[str, Any], key: str) -> str:
    """Return a text value. `dict.get`, because feedparser's own lookup takes one key for another."""
    value = dict.get(values, key)
    return value if isinstance(value, str) else ""


def _problems(place: Place, faults: list[str], found: int, unlinked: int) -> list[str]:
    problems = []
    if faults:
        problems.append(
            f"{place.url}: the feed is not well-formed XML ({'; '.join(faults)[:200]}); read as far as "
            f"possible, {found} item(s). Check that none is missing, and tell the outlet."
        )
    if unlinked:
        problems.append(
            f"{place.url}: {unlinked} of {found} item(s) have no link to a page (audio, video?) and are left "
            "out. If all are so, this is not a news feed: remove it from the outlet's file."
        )
    if found > place.limits.max_candidates:
        problems.append(
            f"{place.url}: {found:,} items, of which the first {place.limits.max_candidates:,} are read."
        )
    if not found:
        problems.append(
            f"{place.url}: a feed without items. Open it in a browser; if it stays empty, remove it "
            "from the outlet's file."
        )
    return problems
