"""One row → an article, or the outcome and reason that it has none. A bad row costs itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from newscrawl.arabic.tokens import text_row
from newscrawl.article import Article, Outcome
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.comparing import sample_of_terms
from newscrawl.dedupe.content import content_hash
from newscrawl.extraction.agencies import credit_of
from newscrawl.extraction.bylines import parse_byline
from newscrawl.extraction.gate import MIN_WORDS, gate
from newscrawl.extraction.sitenames import SiteNames, site_names
from newscrawl.ingest.lines import MAX_LINE, Line
from newscrawl.ingest.times import UnreadableTimeError, read_time
from newscrawl.outlets import OutletIndex, outlets_from_environment
from newscrawl.outlets.domains import registered_domain
from newscrawl.page.json_numbers import whole_number
from newscrawl.page.statements import Statements
from newscrawl.store import Arrival
from newscrawl.store import IngestRow as Row

TIMES = ("published_at", "time", "day", "date")
"""Where a row may state when it was published; the first that can be read counts."""
_MOST_NAMES = 20
"""Authors or tags of a row."""
_LONGEST = 2_000
"""Characters of a title, an outlet, a name; what is longer is none."""


class _BadRowError(Exception):
    """Why a row is none."""


def read_rows(
    lines: Sequence[Line], file: str, default_outlet: str, now: datetime, min_words: int = MIN_WORDS
) -> list[Row]:
    """Read rows: CPU work, for a worker.

    Returns:
        A row for each line. One that cannot be read is an outcome with its line number; the `reason` of an
        article is why its time cannot be read.
    """
    return [_read_row(line, file, default_outlet, now, min_words) for line in lines]


def bad_row(line: Line, file: str, outlet: str, why: str) -> Row:
    """A line that is no row."""
    place = f"{file}:{line.number}"
    arrival = Arrival(place, outlet or "(no outlet)", place)
    return Row(arrival, None, Outcome.BAD_ROW, f"line {line.number}: {why}")


def _read_row(line: Line, file: str, default_outlet: str, now: datetime, min_words: int) -> Row:
    try:
        values = _object(line.content)
        url, title, body = _needed(values)
        canonical = canonical_url(url)
    except (_BadRowError, ValueError) as error:
        return bad_row(line, file, default_outlet, str(error))
    domain = registered_domain(urlsplit(canonical).hostname or "")
    outlet = _name(values, "outlet", "source", "src") or default_outlet or domain
    arrival = Arrival(f"{file}:{line.number}", outlet, canonical, page_url=url)
    rejection = gate(title, body, min_words)
    if rejection:
        return Row(arrival, None, rejection.outcome, rejection.reason)
    article = Article(
        url=url,
        canonical_url=canonical,
        outlet=outlet,
        outlet_name=_name(values, "outlet_name") or outlet,
        domain=domain,
        title=title,
        body=body,
        fetched_at=now,
        summary=_text(values, "summary", "abstract"),
        section=_name(values, "section", "cat"),
        tags=_names(values.get("tags")),
        word_count=len(body.split()),
        content_hash=content_hash(title, body),
    )
    _credit(article, values)
    unreadable = _date(article, values, now)
    terms = text_row(title, article.summary, body)
    sample = sample_of_terms(terms["body_exact"])
    return Row(arrival, article, Outcome.STORED, unreadable, terms, sample=sample)


def _object(content: bytes) -> dict[str, Any]:
    if len(content) >= MAX_LINE:
        raise _BadRowError(f"longer than {MAX_LINE // 1_000_000} MB")
    try:
        values = json.loads(content, parse_int=whole_number)
    except (ValueError, RecursionError) as error:
        raise _BadRowError(f"not JSON ({error})") from error
    if not isinstance(values, dict):
        raise _BadRowError("not a JSON object")
    return values


def _needed(values: dict[str, Any]) -> tuple[str, str, str]:
    """Address, title and body.

    Raises:
        _BadRowError: one is missing, empty, or no text.
    """
    url, title = _text(values, "url"), _text(values, "title")
    body = _paragraphs(_text(values, "body", "text"))
    missing = [name for name, value in (("url", url), ("title", title), ("body or text", body)) if not value]
    if missing:
        raise _BadRowError(f"no {' and no '.join(missing)}")
    if len(title) > _LONGEST:
        raise _BadRowError(f"its title is longer than {_LONGEST:,} characters")
    return url, title, body


def _date(article: Article, values: dict[str, Any], now: datetime) -> str:
    """Give an article its time of publication; why none of those stated can be read, "" where one can."""
    unreadable = ""
    for name in TIMES:
        try:
            article.published_at = read_time(values.get(name), now)
        except UnreadableTimeError as error:
            unreadable = unreadable or f"{name} {error}"
        if article.published_at:
            article.published_source = "meta"
            return ""
    return unreadable


# --- credit ---------------------------------------------------------------------------------------


def _credit(article: Article, values: dict[str, Any]) -> None:
    """Give an article its authors, agency and dateline, from its lines of credit and its text."""
    lines = _names(values.get("authors") or values.get("author"))
    site = _site(article.url)
    credit = credit_of(article.body, lines, site=site)
    article.authors = list(dict.fromkeys(_writers(lines, site)))[:_MOST_NAMES]
    article.agency = _name(values, "agency") or credit.agency
    article.dateline = _name(values, "dateline") or credit.dateline


def _writers(lines: Sequence[str], site: SiteNames) -> Iterable[str]:
    """The persons of lines of credit; a line that names neither person nor house stays as it is."""
    for line in lines:
        byline = parse_byline(line, site)
        if byline.authors:
            yield from byline.authors
        elif not byline.suppliers and not byline.own:
            yield line


def _site(url: str) -> SiteNames:
    """The names of the row's own site, which are no agency's: those of its host, and of an outlet we know."""
    return site_names(Statements(), url, _outlets().outlet_for_url(url))


@cache
def _outlets() -> OutletIndex:
    return OutletIndex(outlets_from_environment().values())


# --- values of any type ---------------------------------------------------------------------------


def _text(values: dict[str, Any], *names: str) -> str:
    """The first of these values that is a text and not blank; "" if none is."""
    return next((text for name in names if (text := _clean(values.get(name)))), "")


def _name(values: dict[str, Any], *names: str) -> str:
    """`_text`, of one line; an object ({"id": …, "name": …}) is its name."""
    found = (_names(values.get(name)) for name in names)
    return next((some[0] for some in found if some), "")


def _names(value: Any) -> list[str]:
    """The names in a value of any type: of texts, of objects with a name, of lists of both."""
    items = value[:_MOST_NAMES] if isinstance(value, list) else [value]
    texts = (_clean(item.get("name") if isinstance(item, dict) else item) for item in items)
    return [" ".join(text.split()) for text in texts if 0 < len(text) <= _LONGEST]


def _clean(value: Any) -> str:
    """A text without what no database keeps: NUL, and halves of characters."""
    if not isinstance(value, str):
        return ""
    return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())
