"""The read step: fetched bytes → an article, a rejection, or a listing's links; in worker processes."""

from __future__ import annotations

import pickle
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import count
from typing import Any, Self

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.discovery import Candidate, ChildSitemap, Expected, Limits, Listing, read_listing
from newscrawl.extraction.gate import MIN_WORDS
from newscrawl.extraction.page import extract
from newscrawl.outlets.model import Outlet
from newscrawl.steps.jobs import Job
from newscrawl.workers import Workers

WARM = ("newscrawl.steps.read", "trafilatura")
"""Modules that a worker imports before its first page (`Workers(warm=…)`)."""
LISTING_SECONDS = 60.0
"""How long reading one listing may take."""
RESET_EVERY = 500
"""Pages after which a worker empties trafilatura's caches, which grow with every page."""

PIECE = 500
"""Candidates that a worker packs together: some milliseconds of unpacking."""

_HTML = ("text/html", "application/xhtml+xml", "text/plain", "")

_pages = count(1)


@dataclass(slots=True)
class FetchedPage:
    """A page as its server answered, with what is known of it from elsewhere."""

    url: str
    """After redirects."""
    body: bytes = field(repr=False)
    content_type: str
    """The header's value; "" where there is none."""
    fetched_at: datetime
    outlet: Outlet | None = field(default=None, repr=False)
    listed_at: datetime | None = None
    """The publication time that its listing stated."""

    @property
    def encoding(self) -> str | None:
        """The charset of the Content-Type header."""
        _, _, rest = self.content_type.lower().partition("charset=")
        return rest.split(";")[0].strip(" \"'") or None


def read_pages(pages: Sequence[FetchedPage], min_words: int = MIN_WORDS) -> list[Article | Rejected]:
    """Read pages in this process: CPU work, for a worker.

    Raises:
        Exception: whatever a fault in our extraction raises.
    """
    return [_read(page, min_words) for page in pages]


def page_job(
    workers: Workers, pages: Sequence[FetchedPage], seconds: float, min_words: int = MIN_WORDS
) -> Job[FetchedPage, Article | Rejected]:
    """Have pages read in a worker, each in at most `seconds`; a page that fails ends as EXTRACT_ERROR.

    Texts of fewer than `min_words` words are too short.
    """

    def submit(some: Sequence[FetchedPage], limit: float) -> Future[list[Article | Rejected]]:
        return workers.submit(limit, read_pages, some, min_words)

    return Job(
        pages,
        submit,
        seconds=seconds,
        failed=lambda _, why: Rejected(Outcome.EXTRACT_ERROR, why),
        doing=lambda page: f"extracting {page.url}",
    )


@dataclass(slots=True)
class ReadListing:
    """A listing as a worker read it.

    50,000 candidates at once would be 40 MB of objects, and hold up an event loop while they are unpacked.
    """

    listing: Listing
    """Without its candidates and children."""
    links: int = 0
    """How many candidates it had."""
    packed: deque[bytes] = field(default_factory=deque, repr=False)
    packed_children: deque[bytes] = field(default_factory=deque, repr=False)

    @classmethod
    def pack(cls, listing: Listing) -> Self:
        """Take its candidates and children out of a listing."""
        found, listing.candidates = listing.candidates, []
        children, listing.children = listing.children, []
        return cls(listing, len(found), _pack(found), _pack(children))

    def candidates(self) -> Iterator[Candidate]:
        """The candidates, once; each piece is dropped when it is unpacked."""
        return _unpack(self.packed)

    def children(self) -> Iterator[ChildSitemap]:
        """The children, once."""
        return _unpack(self.packed_children)


def _pack(found: Sequence[object]) -> deque[bytes]:
    return deque(pickle.dumps(found[at : at + PIECE]) for at in range(0, len(found), PIECE))


def _unpack(packed: deque[bytes]) -> Iterator[Any]:
    while packed:
        yield from pickle.loads(packed.popleft())  # noqa: S301  (our own worker wrote it)


def listing_job(
    workers: Workers,
    body: bytes,
    url: str,
    *,
    zone: tzinfo,
    content_type: str,
    expect: Expected,
    article_pattern: re.Pattern[str] | None,
    max_bytes: int,
) -> Job[str, ReadListing]:
    """Have a listing read in a worker (see `read_listing`); one that fails holds nothing but its problem.

    One that unpacks to more than `max_bytes` is not read.
    """

    def submit(_: object, limit: float) -> Future[list[ReadListing]]:
        return workers.submit(
            limit,
            _read_listing,
            body,
            url,
            zone=zone,
            content_type=content_type,
            expect=expect,
            article_pattern=article_pattern,
            limits=Limits(max_bytes=max_bytes),
        )

    return Job(
        [url],
        submit,
        seconds=LISTING_SECONDS,
        failed=lambda url, why: ReadListing(Listing("nothing", problems=[f"{url}: {why}"])),
        doing="reading the listing {}".format,
    )


def _read_listing(body: bytes, url: str, **known: Any) -> list[ReadListing]:
    return [ReadListing.pack(read_listing(body, url, **known))]


def _read(page: FetchedPage, min_words: int) -> Article | Rejected:
    kind = page.content_type.split(";")[0].strip().lower()
    if kind not in _HTML:
        return Rejected(Outcome.NOT_ARTICLE, f"the answer is {kind}, not a web page")
    if next(_pages) % RESET_EVERY == 0:
        from trafilatura.meta import reset_caches

        reset_caches()
    return extract(
        page.body,
        page.url,
        outlet=page.outlet,
        fetched_at=page.fetched_at,
        encoding=page.encoding,
        listed_at=page.listed_at,
        min_words=min_words,
    )
