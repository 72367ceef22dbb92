"""Pages that others fetched → articles: bytes unpacked, address found, page read. CPU work, for a worker.

This module is imported by worker processes: it knows no store.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from newscrawl.arabic.tokens import text_row
from newscrawl.article import Article, Outcome, Rejected
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.comparing import sample_of_terms
from newscrawl.ingest.addresses import chosen_address, stated_address
from newscrawl.outlets import OutletIndex, outlets_from_environment
from newscrawl.outlets.domains import registered_domain
from newscrawl.steps.read import FetchedPage, read_pages
from newscrawl.warc.answers import NoAnswerError, read_answer
from newscrawl.warc.encodings import TooMuchError, UnpackError, undo

_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Capture:
    """A page that somebody fetched at some time, as it lies in a file.

    Attributes:
        place: the file, and where in it: old.warc.gz@1200.
        content: an HTTP answer, or a page alone.
        fetched_at: when it was fetched; aware.
        url: its address; "" where it must be found.
        names: addresses that its file's name may mean, the likeliest first; None: the page states its own.
        is_answer: whether `content` is an HTTP answer.
        content_type: of a page alone; "" where nobody knows.
        outlet: the outlet's id, as far as it is known before the page is read.
    """

    place: str
    content: bytes = field(repr=False)
    fetched_at: datetime
    url: str = ""
    names: tuple[str, ...] | None = None
    is_answer: bool = True
    content_type: str = ""
    outlet: str = ""


@dataclass(slots=True)
class Reading:
    """What a worker read of a capture.

    Attributes:
        result: the article, or why there is none.
        url: the page's address, as far as it was found.
        canonical: its canonical form.
        outlet: the id of its outlet, or its site's domain.
        terms: the article's search terms.
        sample: what the article is compared with others by.
    """

    result: Article | Rejected
    url: str = ""
    canonical: str = ""
    outlet: str = ""
    terms: dict[str, str] | None = None
    sample: bytes | None = None


def read_captures(
    captures: Sequence[Capture], min_words: int, max_bytes: int, outlet: str = ""
) -> list[Reading]:
    """Read captures, each by itself.

    Args:
        captures: the pages.
        min_words: texts of fewer words are too short.
        max_bytes: of a page, also unpacked.
        outlet: the outlet of pages that belong to none; "": their domain.

    Raises:
        Exception: whatever a fault in our extraction raises.
    """
    return [_read(capture, min_words, max_bytes, outlet) for capture in captures]


def _read(capture: Capture, min_words: int, max_bytes: int, default: str) -> Reading:
    page = _answer(capture, max_bytes) if capture.is_answer else _saved(capture, max_bytes)
    reading = Reading(page) if isinstance(page, Rejected) else Reading(Rejected(Outcome.BAD_ROW, ""))
    try:
        reading.url = capture.url or _own_address(capture, page)
        outlet = _outlets().outlet_for_url(reading.url)
        reading.canonical = canonical_url(reading.url, outlet.canonical if outlet else None)
    except ValueError as error:  # a NoAddressError too
        reading.result = Rejected(Outcome.BAD_ROW, str(error))
        return reading
    domain = registered_domain(reading.canonical)
    reading.outlet = outlet.id if outlet else default or domain
    if isinstance(page, FetchedPage):
        page.url, page.outlet = reading.url, outlet
        [reading.result] = read_pages([page], min_words)
    if isinstance(reading.result, Article):
        reading.result.outlet = reading.outlet
        reading.terms = text_row(reading.result.title, reading.result.summary, reading.result.body)
        reading.sample = sample_of_terms(reading.terms["body_exact"])
    return reading


def _answer(capture: Capture, max_bytes: int) -> FetchedPage | Rejected:
    """The page that a server answered with; an answer without one is an outcome, as in a crawl."""
    try:
        answer = read_answer(capture.content, capture.url, capture.fetched_at)
    except NoAnswerError as error:
        return Rejected(Outcome.BAD_ROW, str(error))
    if 300 <= answer.status < 400:
        where = answer.header("Location")
        return Rejected(Outcome.NOT_ARTICLE, f"HTTP {answer.status}, a redirect to {where or 'nowhere'}")
    if not 200 <= answer.status < 300:
        return Rejected(Outcome.HTTP_ERROR, f"HTTP {answer.status}")
    try:
        body = answer.payload(max_bytes)
    except TooMuchError as error:
        return Rejected(Outcome.TOO_LARGE, str(error))
    except UnpackError:
        body = answer.body  # many crawlers keep the header though they have unpacked the body
    return _bounded(body, answer.content_type, capture, max_bytes)


def _saved(capture: Capture, max_bytes: int) -> FetchedPage | Rejected:
    """A page alone, as it is on a disk; packed with gzip or not."""
    body = capture.content
    try:
        body = undo(body, "gzip", max_bytes) if body.startswith(_GZIP) else body
    except TooMuchError as error:
        return Rejected(Outcome.TOO_LARGE, str(error))
    except UnpackError as error:
        return Rejected(Outcome.BAD_ROW, str(error))
    return _bounded(body, capture.content_type, capture, max_bytes)


def _bounded(body: bytes, content_type: str, capture: Capture, max_bytes: int) -> FetchedPage | Rejected:
    if len(body) > max_bytes:
        return Rejected(Outcome.TOO_LARGE, f"{len(body):,} bytes, more than {max_bytes:,}")
    return FetchedPage(capture.url, body, content_type, capture.fetched_at)


def _own_address(capture: Capture, page: FetchedPage | Rejected) -> str:
    html, encoding = (b"", None) if isinstance(page, Rejected) else (page.body, page.encoding)
    if capture.names is None:
        return stated_address(html, encoding)
    return chosen_address(capture.names, html, encoding)


@cache
def _outlets() -> OutletIndex:
    return OutletIndex(outlets_from_environment().values())
