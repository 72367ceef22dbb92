"""One page → one Article, or a stated rejection."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.content import content_hash
from newscrawl.extraction.body import read_body
from newscrawl.extraction.charset import decode
from newscrawl.extraction.gate import gate
from newscrawl.extraction.metadata import OTHER_TYPES, Metadata, read_metadata
from newscrawl.extraction.statements import read_statements
from newscrawl.extraction.times import day_in_url, first_readable
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet

MAX_CHARACTERS = 5_000_000
"""A longer page is no news page, and takes trafilatura minutes."""

_LISTING_PATH = re.compile(
    r"^/(?:[a-z]{2}/)?(?:section|sections|category|cat|tag|tags|topic|topics|author|authors|search|archive|page)(?:/|$)|^/?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def extract(
    html: bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    listed_at: datetime | None = None,
) -> Article | Rejected:
    """Read the news article on a page.

    Args:
        html: the page's bytes, in whatever charset.
        url: where the page came from, after redirects.
        outlet: whose page it is: its time zone, canonical rules and names. None: only what the page says;
            times without an offset are then read as UTC.
        fetched_at: when it was fetched (aware). Default: now.
        encoding: the charset of the Content-Type header, if any.
        listed_at: the publication time that the page's listing stated, used where the page states none.

    Returns:
        The article, with `content_hash` and `word_count` set, or why the page is none.

    Raises:
        ValueError: `url` is not an absolute http(s) URL, or `fetched_at` has no offset.
    """
    now = fetched_at or datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError(f"fetched_at {now.isoformat()} has no offset; give an aware datetime")
    rules = outlet.canonical if outlet else None
    address = canonical_url(url, rules)
    tree = _parse(_NOT_TEXT.sub("", decode(html, encoding)))
    if isinstance(tree, Rejected):
        return tree
    page = read_metadata(tree, read_statements(tree), url)
    text = read_body(
        tree,
        title=page.title,
        own_names=[page.site_name, *page.authors, *([outlet.name, outlet.name_en] if outlet else [])],
        article=page.is_article or bool(page.published),
    )
    body = text.text
    rejection = _not_an_article(page, body, url) or gate(page.title, body)
    if rejection:
        return rejection
    if not page.title:
        return Rejected(Outcome.NOT_ARTICLE, "the page has no title")
    zone: tzinfo = outlet.zone if outlet else UTC
    published_at, source = first_readable(page.published, zone, now)
    if published_at is None and listed_at is not None:
        published_at, source = listed_at, "feed"
    if published_at is None:
        published_at = day_in_url(url, zone, now)
        source = "url" if published_at else None
    modified_at, _ = first_readable(page.modified, zone, now)
    domain = registered_domain(urlsplit(url).hostname or "")
    return Article(
        url=url,
        canonical_url=_accepted_canonical(page.canonical, domain, outlet) or address,
        outlet=outlet.id if outlet else domain,
        outlet_name=outlet.name if outlet else page.site_name or domain,
        domain=domain,
        country=outlet.country if outlet else "",
        title=page.title,
        summary=page.summary,
        body=body,
        authors=page.authors,
        section=page.section,
        tags=page.tags,
        image=page.image,
        published_at=published_at,
        published_source=source,
        modified_at=modified_at,
        fetched_at=now,
        language="ar",
        word_count=len(_WORD.findall(body)),
        content_hash=content_hash(page.title, body),
    )


def _parse(text: str) -> HtmlElement | Rejected:
    import trafilatura

    if len(text) > MAX_CHARACTERS:
        return Rejected(Outcome.TOO_LARGE, f"{len(text):,} characters, more than {MAX_CHARACTERS:,}")
    try:
        tree = trafilatura.load_html(text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return Rejected(Outcome.NOT_ARTICLE, f"not readable as HTML: {error}")
    if tree is None or not isinstance(tree, HtmlElement):
        return Rejected(Outcome.NOT_ARTICLE, "not an HTML page")
    return tree


def _not_an_article(page: Metadata, body: str, url: str) -> Rejected | None:
    if _LISTING_PATH.match(urlsplit(url).path):
        return Rejected(Outcome.NOT_ARTICLE, "the address of a home, section, tag, author or search page")
    if page.is_article:
        return None
    if page.og_type.startswith("video") or page.types & OTHER_TYPES:
        kind = page.og_type or ", ".join(sorted(page.types & OTHER_TYPES))
        return Rejected(Outcome.NOT_ARTICLE, f"the page calls itself {kind}")
    return None


def _accepted_canonical(stated: str, domain: str, outlet: Outlet | None) -> str:
    """The page's own canonical link in our form, if it stays on the site and is more than the home page."""
    if not stated:
        return ""
    try:
        parts = urlsplit(stated)
        sites = (
            {domain, *(registered_domain(name) for name in (outlet.domain, *outlet.aliases))}
            if outlet
            else {domain}
        )
        if registered_domain(parts.hostname or "") not in sites:
            return ""
        if parts.path in ("", "/") and not parts.query:
            return ""
        return canonical_url(stated, outlet.canonical if outlet else None)
    except ValueError:
        return ""
