"""Reads the samples of the chosen parts with every reader, in two processes, and keeps the marks."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from bench.evaluate.marks import Marks, mark
from bench.evaluate.readers import OURS, READERS, Found, read, reads_any_language
from bench.evaluate.samples import PARTS, AbsentError, Sample, half_of

PROCESSES = min(2, os.cpu_count() or 1)
AHEAD = 32
"""Pages that wait in the pool; all of them at once would fill the memory."""


@dataclass(frozen=True)
class Row:
    """A sample, its page aside, with what each reader found and the marks for it."""

    part: str
    name: str
    site: str
    found: dict[str, Found]
    marks: dict[str, Marks]


class Cache:
    """Other readers' readings by page, kept in the run and, if a file is named, from run to run."""

    def __init__(self, path: Path | None) -> None:
        import trafilatura

        self.path, self.version = path, str(trafilatura.__version__)
        self.found: dict[str, dict[str, str]] = {}
        if path and path.exists():
            self.found = json.loads(path.read_text(encoding="utf-8"))

    def key(self, reader: str, sample: Sample) -> str:
        """The page's bytes, the reader and how it is called."""
        how = f"{self.version} {reader} {'body' in sample.gold} {sample.is_article}"
        return hashlib.sha256(how.encode() + sample.html).hexdigest()[:24]

    def get(self, sample: Sample) -> dict[str, Found]:
        """What is known of a page."""
        keys = {reader: self.key(reader, sample) for reader in READERS if reader != OURS}
        return {reader: Found(**self.found[key]) for reader, key in keys.items() if key in self.found}

    def put(self, sample: Sample, found: dict[str, Found]) -> None:
        """Keep what other readers found."""
        for reader, one in found.items():
            if reader != OURS:
                kept = asdict(one)
                kept.pop("notes")
                self.found[self.key(reader, sample)] = kept

    def save(self) -> None:
        """Write the file, if there is one."""
        if self.path:
            self.path.write_text(json.dumps(self.found, ensure_ascii=False), encoding="utf-8")


def samples_of(part: str, *, half: str = "", only: str = "", limit: int = 0) -> Iterator[Sample]:
    """A part's samples, those of one half of the sites, or whose name has `only` in it.

    Raises:
        AbsentError: the part cannot be run here; the message says why.
    """
    if part.startswith("layouts") and not reads_any_language():
        raise AbsentError("newscrawl.extraction.read_article is not there")
    taken = 0
    for sample in PARTS[part]():
        if (not half or half_of(sample.site) == half) and only in sample.name:
            taken += 1
            yield sample
            if taken == limit:
                return


def rows_of(samples: Iterable[Sample], cache: Cache, *, readers: Sequence[str] = READERS) -> Iterator[Row]:
    """Every sample read by every reader, in order."""
    waiting: list[tuple[Sample, object]] = []
    with ProcessPoolExecutor(PROCESSES) as pool:

        def done() -> Row:
            sample, future = waiting.pop(0)
            found, marks = future.result()  # type: ignore[attr-defined]
            cache.put(sample, found)
            return Row(sample.part, sample.name, sample.site, found, marks)

        for sample in samples:
            waiting.append((sample, pool.submit(_read_all, sample, cache.get(sample), readers)))
            if len(waiting) > AHEAD:
                yield done()
        while waiting:
            yield done()


def _read_all(
    sample: Sample, known: dict[str, Found], readers: Sequence[str]
) -> tuple[dict[str, Found], dict[str, Marks]]:
    found = {reader: known.get(reader) or read(reader, sample) for reader in readers}
    return found, {reader: mark(sample, one) for reader, one in found.items()}
