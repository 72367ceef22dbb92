"""The readers that are compared: newscrawl, and trafilatura as it comes and in its precision mode."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bench.evaluate.samples import Sample
from newscrawl.article import Rejected

OURS, DEFAULT, PRECISION = "newscrawl", "trafilatura", "trafilatura precision"
READERS = (OURS, DEFAULT, PRECISION)
FETCHED_AT = datetime(2026, 11, 28, 12, tzinfo=UTC)
_OWN_FETCHED_AT = datetime(2026, 11, 24, tzinfo=UTC)
"""Our own golden pages tell some times by the clock of the fetch."""


@dataclass(frozen=True)
class Found:
    """What a reader made of a page. `published` and `modified` are ISO 8601 or empty."""

    title: str = ""
    text: str = ""
    published: str = ""
    modified: str = ""
    reason: str = ""
    """Why it was refused."""
    notes: tuple[str, ...] = ()


def read(reader: str, sample: Sample) -> Found:
    """One reader's reading of a page."""
    if reader == OURS:
        return _ours(sample)
    return _trafilatura(sample, precision=reader == PRECISION)


@functools.cache
def _reader_of_any_language() -> Callable[..., Any] | None:
    try:
        from newscrawl.extraction import read_article  # type: ignore[attr-defined]
    except ImportError:
        return None
    return read_article  # type: ignore[no-any-return]


def reads_any_language() -> bool:
    """Whether there is a reader that judges nothing."""
    return _reader_of_any_language() is not None


@functools.cache
def _outlets() -> Any:
    from newscrawl.outlets import OutletIndex, load_outlets

    return OutletIndex(load_outlets().values())


def _ours(sample: Sample) -> Found:
    from newscrawl.extraction import extract

    outlet = _outlets().outlet_for_url(sample.url)
    if sample.part.startswith("layouts"):
        any_language = _reader_of_any_language()
        assert any_language is not None
        article = any_language(sample.html, sample.url, fetched_at=FETCHED_AT)
    else:
        now = _OWN_FETCHED_AT if sample.part == "golden" else FETCHED_AT
        article = extract(sample.html, sample.url, outlet=outlet, fetched_at=now)
    if article is None:
        return Found(reason="nothing was read")
    if isinstance(article, Rejected):
        return Found(reason=f"{article.outcome.value}: {article.reason}")
    published, modified = (at.isoformat() if at else "" for at in (article.published_at, article.modified_at))
    return Found(article.title, article.body, published, modified, notes=tuple(getattr(article, "notes", ())))


def _trafilatura(sample: Sample, *, precision: bool) -> Found:
    """As the shared scripts call it: layouts bare and without tables, pages with what it knows of them."""
    import trafilatura

    if "body" in sample.gold or not sample.is_article:
        text = trafilatura.extract(sample.html, url=sample.url, favor_precision=precision)
        tree = trafilatura.load_html(sample.html)
        data = trafilatura.extract_metadata(tree, default_url=sample.url) if tree is not None else None
        return Found((data and data.title) or "", text or "", (data and data.date) or "")
    options = {"favor_precision": True, "fast": True} if precision else {}
    tree = trafilatura.load_html(sample.html)
    document = trafilatura.bare_extraction(
        tree, include_comments=False, include_tables=False, with_metadata=False, **options
    )
    return Found(text=getattr(document, "text", None) or "")
