"""One's own corpus: rows of JSON Lines → the same gate, dedupe and store as crawled pages."""

from __future__ import annotations

import gzip
import json
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from newscrawl.arabic.dates import Moment, read_moment
from newscrawl.article import Article, Outcome
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.content import content_hash
from newscrawl.entities.articles import tagged_text
from newscrawl.entities.pool import TaggerPool
from newscrawl.extraction.gate import gate
from newscrawl.outlets.domains import registered_domain
from newscrawl.store import Arrival, OpenRun
from newscrawl.store import IngestRow as Row
from newscrawl.store.articles import text_row
from newscrawl.workers import Workers

CHUNK = 100
"""Rows per worker job and per transaction."""
AHEAD = 4
"""Chunks that are read, and chunks that are tagged, before their turn to be stored."""
JOB_TIMEOUT_S = 120.0
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


def read_rows(lines: list[Line], file: str, default_outlet: str, now: datetime) -> list[Row]:
    """Read rows: CPU work, for a worker. A bad row is an outcome with its line number."""
    return [_read_row(line, file, default_outlet, now) for line in lines]


def _read_row(line: Line, file: str, default_outlet: str, now: datetime) -> Row:
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
    rejection = gate(title, body)
    if rejection:
        return arrival, None, rejection.outcome, rejection.reason, None
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
    return arrival, article, Outcome.STORED, "", text_row(title, article.summary, body)


def _bad(place: str, outlet: str, reason: str) -> Row:
    return Arrival(place, outlet or "(no outlet)", place), None, Outcome.BAD_ROW, reason, None


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
    lines: Iterator[Line],
    run: OpenRun,
    workers: Workers,
    *,
    file: str,
    outlet: str,
    tagger: TaggerPool | None = None,
) -> Iterator[list[tuple[str, Outcome]]]:
    """Read lines in the workers, have names found, and keep the rows chunk by chunk, in order.

    Memory does not grow with the file.

    Yields:
        For every chunk stored, the (outlet, outcome) of its rows.
    """
    reading: deque[Future[list[Row]]] = deque()
    naming: deque[tuple[list[Row], _Naming | None]] = deque()
    identity = tagger.load() if tagger else ""

    def submit() -> bool:
        chunk = list(islice(lines, CHUNK))
        if chunk:
            reading.append(workers.submit(JOB_TIMEOUT_S, read_rows, chunk, file, outlet, datetime.now(UTC)))
        return bool(chunk)

    while len(reading) < AHEAD and submit():
        pass
    while reading or naming:
        if reading:
            rows = reading.popleft().result()
            submit()
            naming.append((rows, _Naming(rows, run, tagger, identity) if tagger else None))
        if len(naming) > AHEAD or not reading:
            rows, job = naming.popleft()
            if job:
                job.finish()
            ends = run.keep_rows(rows)
            if job:
                job.count(ends)
            yield [(row[0].outlet, end) for row, end in zip(rows, ends, strict=True)]


class _Naming:
    """A chunk whose articles are being tagged: those that the archive has not tagged already.

    Without an identity the tagger could not be loaded, and the articles go without names.
    """

    def __init__(self, rows: list[Row], run: OpenRun, tagger: TaggerPool, identity: str) -> None:
        self._rows, self._tagger = rows, tagger
        articles = [article for _, article, *_ in rows if article is not None and identity]
        known = run.archive.already_tagged(articles, identity)
        self._articles = [article for article in articles if article.id not in known]
        self._texts = list(map(tagged_text, self._articles))
        self._job = tagger.submit(self._texts)

    def finish(self) -> None:
        """Wait, and put the names into the articles."""
        found = self._tagger.collect(self._texts, self._job)
        for article, names in zip(self._articles, found, strict=True):
            if names:
                names.put_into(article)

    def count(self, ends: list[Outcome]) -> None:
        """Count those that were stored without names."""
        for (_, article, *_), end in zip(self._rows, ends, strict=True):
            if article is not None:
                self._tagger.note_stored(article, end)
