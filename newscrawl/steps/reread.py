"""Kept pages, read out of their files and then as a crawl reads them: CPU work, for a worker."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.outlets import Outlet
from newscrawl.steps.jobs import Job
from newscrawl.steps.read import FetchedPage, read_pages
from newscrawl.warc.encodings import TooMuchError, UnpackError
from newscrawl.warc.places import Folder, PlaceError
from newscrawl.warc.reading import DamagedPageError, read_page
from newscrawl.workers import Workers


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """Where a page lies, and what its reading stood on beside its bytes."""

    place: str
    """The file's folder, a path or a URL."""
    name: str
    offset: int
    length: int
    digest: bytes = field(repr=False)
    url: str
    outlet: Outlet | None = field(default=None, repr=False)
    listed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a page cannot be had any more."""

    why: str
    known: bool = False
    """It was given up on purpose, and will be so next time: no fault."""


def kept_job(
    workers: Workers,
    folder: Folder,
    some: Sequence[PlacedPage],
    seconds: float,
    *,
    min_words: int,
    max_bytes: int,
) -> Job[PlacedPage, Article | Rejected | Unreadable]:
    """Have kept pages read in a worker, each in at most `seconds`.

    Args:
        workers: who reads.
        folder: where pages are kept now.
        some: the pages.
        seconds: for each.
        min_words: texts of fewer words are too short.
        max_bytes: of an unpacked page.
    """

    def submit(some: Sequence[PlacedPage], limit: float) -> Future[list[Article | Rejected | Unreadable]]:
        return workers.submit(limit, read_kept, folder, some, min_words, max_bytes)

    return Job(
        some,
        submit,
        seconds=seconds,
        failed=lambda _, why: Unreadable(why),
        doing=lambda page: f"reading the kept page {page.url}",
    )


def read_kept(
    folder: Folder, some: Sequence[PlacedPage], min_words: int, max_bytes: int
) -> list[Article | Rejected | Unreadable]:
    """Read kept pages in this process.

    Raises:
        Exception: whatever a fault in our extraction raises.
    """
    return [_read(folder, page, min_words, max_bytes) for page in some]


def _read(
    folder: Folder, page: PlacedPage, min_words: int, max_bytes: int
) -> Article | Rejected | Unreadable:
    try:
        packed = folder.read(page.name, page.place, page.offset, page.length)
        answer = read_page(packed, page.digest)
        body = answer.payload(max_bytes)
    except TooMuchError as error:
        return Rejected(Outcome.TOO_LARGE, str(error))
    except (DamagedPageError, PlaceError, UnpackError) as error:
        return Unreadable(f"{page.name}: {error}")
    fetched = FetchedPage(
        url=page.url,
        body=body,
        content_type=answer.content_type,
        fetched_at=answer.fetched_at,
        outlet=page.outlet,
        listed_at=page.listed_at,
    )
    return read_pages([fetched], min_words)[0]
