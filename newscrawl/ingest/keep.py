"""Pages of other people's files, kept beside our own (`--keep`): written and synced before their rows."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.ingest.captures import Capture
from newscrawl.steps.keep import Keeping, findings
from newscrawl.steps.session import Session
from newscrawl.store import IngestRow as Row
from newscrawl.store import KeptPage, Place, StoreError
from newscrawl.warc.answers import NoAnswerError, read_answer
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.warc.encodings import TooMuchError, UnpackError
from newscrawl.warc.writing import Written

PAGES = frozenset({Outcome.NOT_ARTICLE, Outcome.NOT_ARABIC, Outcome.TOO_SHORT, Outcome.EXTRACT_ERROR})
"""How what was read as a page has ended, where it is no article."""
_ENCODING = "content-encoding"


def keep(session: Session, pages: Sequence[tuple[Capture | None, Row]]) -> list[Row]:
    """Have the pages of rows written, and note in the rows where each lies.

    As in a crawl: every page that was read, rejected ones too. One that is kept already, from the same file
    or another one, is not written again.

    Args:
        session: keeps pages, or does not: then nothing is done.
        pages: rows, each with the capture that it was read from, if there is one.

    Raises:
        StoreError: they cannot be written; the run must end.
    """
    keeping = session.keeping
    if keeping is None:
        return [row for _, row in pages]
    begun = [_begin(keeping, capture, row) for capture, row in pages]
    try:
        return [
            row if one is None else row._replace(page=_kept(keeping, *one))
            for (_, row), one in zip(pages, begun, strict=True)
        ]
    except OSError as error:
        session.fault = session.fault or keeping.cannot(error)
        raise StoreError(session.fault) from error


_Begun = tuple[AsFetched, Future[Written], Place | None]


def _kept(keeping: Keeping, page: AsFetched, writing: Future[Written], original: Place | None) -> KeptPage:
    return keeping.kept(page, writing.result(), original)


def _begin(keeping: Keeping, capture: Capture | None, row: Row) -> _Begun | None:
    """Begin to write a page; None where there is none to keep."""
    if capture is None or (row.article is None and row.outcome not in PAGES):
        return None
    page = as_fetched(capture, row.arrival.page_url)
    if page is None or not 200 <= page.status < 300:
        return None
    original = keeping.original(page.digest)
    if original and (original.url, original.fetched_at) == (page.url, page.fetched_at):
        return None
    result: Article | Rejected = row.article or Rejected(row.outcome, row.reason)
    return page, keeping.write(page, findings(result), original), original


def as_fetched(capture: Capture, url: str) -> AsFetched | None:
    """A capture as if we had fetched it; None where it is no answer."""
    if not capture.is_answer:
        kind = capture.content_type or "text/html"
        return AsFetched(url, capture.fetched_at, 200, (("Content-Type", kind),), capture.content, "OK")
    try:
        page = read_answer(capture.content, url, capture.fetched_at)
    except NoAnswerError:
        return None
    return _with_true_headers(page)


def _with_true_headers(page: AsFetched) -> AsFetched:
    """A page whose headers name no encoding that its crawler had undone: whoever reads it believes them."""
    try:
        if page.header(_ENCODING):
            page.payload(len(page.body))
    except TooMuchError:
        return page
    except UnpackError:
        headers = tuple(
            (f"X-Crawler-{name}" if name.lower() == _ENCODING else name, value)
            for name, value in page.headers
        )
        return replace(page, headers=headers)
    return page
