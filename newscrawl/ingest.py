"""Ingest: rows of a JSON Lines file → the same gate, dedupe, names and store as crawled pages."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from newscrawl.arabic.dates import Moment, read_moment
from newscrawl.article import Article, Outcome
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.content import content_hash
from newscrawl.extraction.gate import MIN_WORDS, gate
from newscrawl.outlets.domains import registered_domain
from newscrawl.steps.jobs import Job, chunks, look_ahead
from newscrawl.steps.session import Session
from newscrawl.steps.tag import TagJob, fill_in
from newscrawl.store import Arrival
from newscrawl.store import IngestRow as Row
from newscrawl.store.articles import text_row

CHUNK = 100
"""Rows per worker job and per transaction."""
AHEAD = 4
"""Chunks that are read, and chunks that are tagged, before their turn to be stored."""
LINE_SECONDS = 5.0
"""How long one line may take; one that takes longer is a bad row."""
WARM = ("newscrawl.ingest",)
"""Modules that a worker imports before its first line (`Workers(warm=…)`)."""
MAX_LINE = 20_000_000
"""Bytes; a longer line is a bad row (a file that is no JSON Lines has one line)."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number from 1, and its bytes."""

    number: int
    content: bytes


def read_lines(path: Path, stream: IO[bytes]) -> Iterator[Line]:
    """The lines of a .jsonl or .jsonl.gz file that are not blank.

    Raises:
        OSError, EOFError: the file cannot be read or unpacked to its end.
    """
    plain: IO[bytes] = gzip.GzipFile(fileobj=stream) if path.suffix == ".gz" else stream  # type: ignore[assignment]
    number = 0
    while content := plain.readline(MAX_LINE):
        number += 1
        while len(content) == MAX_LINE and not content.endswith(b"\n") and plain.readline(MAX_LINE):
            pass  # the rest of an endless line
        if content.strip():
            yield Line(number, content)


def read_rows(
    lines: Sequence[Line], file: str, default_outlet: str, now: datetime, min_words: int = MIN_WORDS
) -> list[Row]:
    """Read rows: CPU work, for a worker. A bad row is an outcome with its line number."""
    return [_read_row(line, file, default_outlet, now, min_words) for line in lines]


def _read_row(line: Line, file: str, default_outlet: str, now: datetime, min_words: int) -> Row:
    place = f"{file}:{line.number}"
    try:
        values = json.loads(line.content)
    except (ValueError, RecursionError) as error:
        return _bad(place, default_outlet, f"line {line.number}: not JSON ({error})")
    if not isinstance(values, dict):
        return _bad(place, default_outlet, f"line {line.number}: not a JSON object")
    url = _text(values, "url")
    title = _text(values, "title")
    body = _paragraphs(_text(values, "body", "text"))
    missing = [name for name, value in (("url", url), ("title", title), ("body or text", body)) if not value]
    if missing:
        return _bad(place, default_outlet, f"line {line.number}: no {' and no '.join(missing)}")
    try:
        canonical = canonical_url(url)
    except ValueError as error:
        return _bad(place, default_outlet, f"line {line.number}: {error}")
    domain = registered_domain(urlsplit(canonical).hostname or "")
    outlet = _text(values, "outlet", "source", "src") or default_outlet or domain
    arrival = Arrival(place, outlet, canonical)
    rejection = gate(title, body, min_words)
    if rejection:
        return Row(arrival, None, rejection.outcome, rejection.reason)
    published_at = None
    for name in ("published_at", "time", "day", "date"):
        if values.get(name):
            moment = read_moment(str(values[name]), UTC, now)
            published_at = moment.at if isinstance(moment, Moment) else None
            break
    article = Article(
        url=url,
        canonical_url=canonical,
        outlet=outlet,
        outlet_name=_text(values, "outlet_name") or outlet,
        domain=domain,
        title=title,
        body=body,
        fetched_at=now,
        summary=_text(values, "summary", "abstract"),
        authors=_names(values.get("authors") or values.get("author")),
        section=_text(values, "section", "cat"),
        tags=_names(values.get("tags")),
        published_at=published_at,
        published_source="meta" if published_at else None,
        word_count=len(body.split()),
        content_hash=content_hash(title, body),
    )
    return Row(arrival, article, Outcome.STORED, terms=text_row(title, article.summary, body))


def _bad(place: str, outlet: str, reason: str) -> Row:
    return Row(Arrival(place, outlet or "(no outlet)", place), None, Outcome.BAD_ROW, reason)


def _text(values: dict[str, Any], *names: str) -> str:
    for name in names:
        value = values.get(name)
        if isinstance(value, str) and value.strip():
            return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8").strip()
    return ""


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value]
    return [item.strip() for item in items if isinstance(item, str) and item.strip()]


def _paragraphs(text: str) -> str:
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def ingest(
    lines: Iterable[Line], session: Session, *, file: str, outlet: str
) -> Iterator[list[tuple[str, Outcome]]]:
    """Read lines in the workers, have names found, and store the rows chunk by chunk, in order.

    Memory does not grow with the file.

    Args:
        lines: of the file, from `read_lines`.
        session: with its run begun.
        file: the file's name, for the run's candidates.
        outlet: the outlet of rows that name none; "": their domain.

    Yields:
        For every chunk stored, the (outlet, outcome) of its rows.
    """
    tagging = session.tagging

    def tag(rows: list[Row]) -> tuple[list[Row], TagJob]:
        articles = [row.article for row in rows if row.article is not None]
        return rows, tagging.start(tagging.untagged(articles))

    reading = look_ahead((_read_job(session, some, file, outlet) for some in chunks(lines, CHUNK)), AHEAD)
    for rows, job in look_ahead((tag(job.result()) for job in reading), AHEAD):
        fill_in(job)
        outcomes = session.store_rows(rows)
        yield [(row.arrival.outlet, outcome) for row, outcome in zip(rows, outcomes, strict=True)]


def _read_job(session: Session, lines: list[Line], file: str, outlet: str) -> Job[Line, Row]:
    now = datetime.now(UTC)
    return Job(
        lines,
        lambda some, limit: session.workers.submit(
            limit, read_rows, some, file, outlet, now, session.config.min_words
        ),
        seconds=LINE_SECONDS,
        failed=lambda line, why: _bad(f"{file}:{line.number}", outlet, f"line {line.number}: {why}"),
        doing=lambda line: f"reading {file}:{line.number}",
    )
