"""One page → one Article, or a stated rejection: the one way that a page's bytes go."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from newscrawl.arabic.dates import Moment, read_moment
from newscrawl.article import Article, Outcome, Rejected
from newscrawl.config import load_setting
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.content import content_hash
from newscrawl.extraction.body import Text, read_body
from newscrawl.extraction.bylines import parse_byline
from newscrawl.extraction.canonical import believed_canonical
from newscrawl.extraction.claims import zone_of
from newscrawl.extraction.dates import Dates, read_dates
from newscrawl.extraction.gate import NO_TEXT, gate
from newscrawl.extraction.kinds import not_an_article
from newscrawl.extraction.metadata import Metadata, read_credit, read_metadata
from newscrawl.extraction.overrides import Reading, apply_layouts
from newscrawl.extraction.rules import RULES
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet
from newscrawl.page import Page, parse, read_page

_WORD = re.compile(r"\w+")


@dataclass(slots=True, frozen=True)
class Result:
    """What was read from a page, not yet judged."""

    page: Page | None = None
    """None where it could not be parsed."""
    article: Article | None = None
    """None where the page shows no text."""
    rejection: Rejected | None = None
    """Why there is no article."""
    notes: Sequence[str] = ()
    """What was cut from the text, and on what evidence."""
    guarded: str = ""
    """Why trafilatura's reading stands in place of ours, or with it; empty where it does not."""


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
    """Read the Arabic news article on a page: `read_article`, and whether it is one.

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
        ConfigError: `min_words` is None, its setting is given, and a setting is wrong.
        ValueError: `url` is not an absolute http(s) URL, or `fetched_at` has no offset.
    """
    if min_words is None:
        min_words = int(load_setting("min_words"))
    with _collector_waits():
        result = read(html, url, outlet=outlet, fetched_at=fetched_at, encoding=encoding, listed_at=listed_at)
        rejection = _judge(result, url, outlet, min_words)
        article = result.article
        del result
    if rejection is not None or article is None:
        return rejection or Rejected(Outcome.NOT_ARTICLE, NO_TEXT)
    return replace(article, language="ar")


def read_article(
    html: bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    listed_at: datetime | None = None,
) -> Article | None:
    """Read the text and metadata of a page in any language, without judging whether it is an article.

    Args and errors are those of `extract`.

    Returns:
        What was read; `language` is what the page states. None: there is no text, or no page.
    """
    with _collector_waits():
        return read(
            html, url, outlet=outlet, fetched_at=fetched_at, encoding=encoding, listed_at=listed_at
        ).article


@contextmanager
def _collector_waits() -> Iterator[None]:
    """Python's collector of cycles waits while a page is read.

    A page's ten thousand nodes and lines hold no cycles: they are freed at once with the page, and to walk
    them meanwhile, and all else that the process holds, takes up to a quarter of a page's time.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def read(
    html: bytes,
    url: str,
    *,
    outlet: Outlet | None = None,
    fetched_at: datetime | None = None,
    encoding: str | None = None,
    listed_at: datetime | None = None,
) -> Result:
    """Read a page, and say how it was read. Args and errors are those of `extract`."""
    now = fetched_at or datetime.now(UTC)
    if now.tzinfo is None:
        raise ValueError(f"fetched_at {now.isoformat()} has no offset; give an aware datetime")
    address = canonical_url(url, outlet.canonical if outlet else None)
    source = parse(html, encoding)
    if isinstance(source, Rejected):
        return Result(rejection=source)
    layout = apply_layouts(source.tree, outlet, now)
    page = read_page(source.tree)
    meta = read_metadata(page, url, outlet)
    if layout:
        _correct(meta, layout)
    dates = _dates(page, meta, layout, url=url, outlet=outlet, now=now, listed_at=listed_at)
    text = read_body(
        page,
        title=meta.title,
        authors=meta.authors,
        is_site=meta.site.names,
        within=layout.bodies if layout else (),
    )
    if not text.body:
        nothing = Rejected(Outcome.NOT_ARTICLE, NO_TEXT)
        return Result(page, None, nothing, text.notes, text.guarded)
    article = _article(meta, dates, text, url=url, address=address, outlet=outlet, now=now)
    article = replace(article, language=page.said.language, guarded=text.guarded)
    return Result(page, article, None, text.notes, text.guarded)


def _judge(result: Result, url: str, outlet: Outlet | None, min_words: int) -> Rejected | None:
    """Why what was read is no Arabic news article; None where it is one."""
    if result.page is None:
        return result.rejection
    title, body = (result.article.title, result.article.body) if result.article else ("", "")
    rejection = not_an_article(result.page, url, body, outlet, title) or gate(title, body, min_words)
    if rejection is None and not title:
        return Rejected(Outcome.NOT_ARTICLE, "the page has no title")
    return rejection


def _dates(
    page: Page,
    meta: Metadata,
    layout: Reading | None,
    *,
    url: str,
    outlet: Outlet | None,
    now: datetime,
    listed_at: datetime | None,
) -> Dates:
    zone: tzinfo = outlet.zone if outlet else zone_of(url) or UTC
    lies = outlet.dates if outlet else None
    dates = read_dates(page, meta.headline, url, zone, now, listed_at=listed_at, lies=lies)
    return _dated(dates, layout, zone, now) if layout else dates


def _article(
    meta: Metadata,
    dates: Dates,
    text: Text,
    *,
    url: str,
    address: str,
    outlet: Outlet | None,
    now: datetime,
) -> Article:
    credit = read_credit(text.body, meta, text.credits)
    domain = registered_domain(urlsplit(url).hostname or "")
    return Article(
        url=url,
        canonical_url=(meta.canonical != url and believed_canonical(meta.canonical, url, outlet)) or address,
        read_at=address,
        outlet=outlet.id if outlet else domain,
        outlet_name=outlet.name if outlet else meta.site_name or domain,
        domain=domain,
        country=outlet.country if outlet else "",
        title=meta.title,
        summary=meta.summary,
        body=text.body,
        authors=meta.authors or list(credit.authors),
        section=meta.section,
        tags=meta.tags,
        image=meta.image,
        published_at=dates.published_at,
        published_source=dates.published_source,
        modified_at=dates.modified_at,
        fetched_at=now,
        language="ar",
        agency=credit.agency,
        dateline=credit.dateline,
        word_count=len(_WORD.findall(text.body)),
        content_hash=content_hash(meta.title, text.body),
        rules=RULES,
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
