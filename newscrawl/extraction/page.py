"""One page → one Article, or a stated rejection."""

from __future__ import annotations

import copy
import re
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from newscrawl.arabic.dates import Moment, read_moment
from newscrawl.article import Article, Outcome, Rejected
from newscrawl.config import load_config
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.content import content_hash
from newscrawl.extraction.body import read_body
from newscrawl.extraction.body.stated import stated_text
from newscrawl.extraction.bylines import parse_byline
from newscrawl.extraction.canonical import believed_canonical
from newscrawl.extraction.dates import Dates, read_dates
from newscrawl.extraction.gate import gate
from newscrawl.extraction.kinds import not_an_article
from newscrawl.extraction.metadata import Metadata, read_credit, read_metadata
from newscrawl.extraction.overrides import Reading, apply_layouts
from newscrawl.extraction.url_days import zone_of
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet
from newscrawl.page import parse, read_page

_WORD = re.compile(r"\w+")


def extract(
    html: bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    listed_at: datetime | None = None,
    min_words: int | None = None,
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
        min_words: texts of fewer words are rejected as too short. None: as configured.

    Returns:
        The article, with `content_hash` and `word_count` set, or why the page is none.

    Raises:
        ConfigError: `min_words` is None, and a setting is wrong.
        ValueError: `url` is not an absolute http(s) URL, or `fetched_at` has no offset.
    """
    if min_words is None:
        min_words = load_config().min_words
    now = fetched_at or datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError(f"fetched_at {now.isoformat()} has no offset; give an aware datetime")
    address = canonical_url(url, outlet.canonical if outlet else None)
    source = parse(html, encoding)
    if isinstance(source, Rejected):
        return source
    tree = source.tree
    layout = apply_layouts(tree, outlet, now)
    seen = read_page(tree)
    said = seen.said
    page = read_metadata(seen, url, outlet)
    if layout:
        _correct(page, layout)
    zone: tzinfo = outlet.zone if outlet else zone_of(url) or UTC
    lies = outlet.dates if outlet else None
    dates = read_dates(seen, page.headline, url, zone, now, listed_at=listed_at, lies=lies)
    if layout:
        dates = _dated(dates, layout, zone, now)
    text = read_body(
        layout.body if layout and layout.body is not None else copy.deepcopy(tree),
        title=page.title,
        authors=page.authors,
        is_site=page.site.names,
        article=said.calls_itself_article or dates.published_at is not None,
        stated=stated_text(said),
    )
    rejection = not_an_article(seen, url, text.body, outlet) or gate(page.title, text.body, min_words)
    if rejection:
        return rejection
    if not page.title:
        return Rejected(Outcome.NOT_ARTICLE, "the page has no title")
    credit = read_credit(text.body, page, text.credits)
    domain = registered_domain(urlsplit(url).hostname or "")
    return Article(
        url=url,
        canonical_url=believed_canonical(page.canonical, url, outlet) or address,
        outlet=outlet.id if outlet else domain,
        outlet_name=outlet.name if outlet else page.site_name or domain,
        domain=domain,
        country=outlet.country if outlet else "",
        title=page.title,
        summary=page.summary,
        body=text.body,
        authors=page.authors or list(credit.authors),
        section=page.section,
        tags=page.tags,
        image=page.image,
        published_at=dates.published_at,
        published_source=dates.published_source,
        modified_at=dates.modified_at,
        fetched_at=now,
        language="ar",
        agency=credit.agency,
        dateline=credit.dateline,
        word_count=len(_WORD.findall(text.body)),
        content_hash=content_hash(page.title, text.body),
    )


def _correct(page: Metadata, layout: Reading) -> None:
    """What the outlet's layout found goes before what the page says of itself."""
    page.title = layout.title or page.title
    if layout.byline:
        page.authors = parse_byline(layout.byline, page.site).authors or page.authors


def _dated(dates: Dates, layout: Reading, zone: tzinfo, now: datetime) -> Dates:
    """The dates, with the publication that the outlet's layout found, where that can be read."""
    moment = read_moment(layout.published, zone, now) if layout.published else None
    if not isinstance(moment, Moment):
        return dates
    return replace(dates, published_at=moment.at, published_source="visible-text", reason="")
