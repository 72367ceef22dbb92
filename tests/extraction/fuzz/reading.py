"""A page for `extract`, and what became of it."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime

from newscrawl.article import Article, Rejected
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.extraction import extract

FETCHED_AT = datetime(2026, 11, 24, tzinfo=UTC)

SLOWEST_S = 5.0
"""No page may take longer: the acceptance of the project."""
URL = "https://www.sahifa.example/2026/11/20/news-1"


@dataclass(frozen=True, slots=True)
class Page:
    """What `extract` is given, and how it came to be."""

    content: bytes
    url: str = URL
    encoding: str | None = None
    made: str = ""
    """The page at its root and the mutators applied, in order."""
    seed: int = -1


@dataclass(slots=True)
class Reading:
    """What became of a page."""

    page: Page
    outcome: str
    """article, an Outcome, or the exception that escaped."""
    seconds: float
    faults: list[str] = field(default_factory=list)
    """Sentences: what must not be so; empty for a sound result."""


def read(page: Page) -> Reading:
    """Extract a page; an exception that escapes is among the faults."""
    began = time.process_time()
    try:
        result = extract(page.content, page.url, encoding=page.encoding, fetched_at=FETCHED_AT)
    except Exception as error:
        took = time.process_time() - began
        return Reading(page, type(error).__name__, took, [f"{type(error).__name__}: {error}"[:300]])
    took = time.process_time() - began
    outcome = "article" if isinstance(result, Article) else str(result.outcome)
    return Reading(page, outcome, took, faults_of(result))


def faults_of(result: Article | Rejected) -> list[str]:
    """What is wrong with a result, whatever its page was."""
    if isinstance(result, Rejected):
        return [] if result.reason else ["rejected without a reason"]
    faults = [f"{name} is empty" for name in ("title", "body", "domain") if not getattr(result, name).strip()]
    if canonical_url(result.canonical_url) != result.canonical_url:
        faults.append(f"canonical URL of {result.canonical_url} is another")
    for name in ("published_at", "modified_at", "fetched_at"):
        moment = getattr(result, name)
        if moment is None:
            continue
        if moment.tzinfo is None:
            faults.append(f"{name} has no offset")
        elif not 1990 <= moment.astimezone(UTC).year <= FETCHED_AT.year + 1:
            faults.append(f"{name} is {moment}")
    try:
        written = json.dumps(result.to_json(), ensure_ascii=False).encode("utf-8")
        if Article.from_json(json.loads(written)) != result:
            faults.append("another article comes back from JSON")
    except (TypeError, ValueError, KeyError) as error:
        faults.append(f"not to be written as JSON: {error}")
    if re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", result.title + result.body):
        faults.append("control characters or halves of characters in the text")
    return faults
