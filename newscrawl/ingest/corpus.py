"""A corpus of whatever files: rows, records or pages, each file by what it is, all in one run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby

from newscrawl.article import Outcome
from newscrawl.ingest import take_in as rows
from newscrawl.ingest import take_pages as pages
from newscrawl.ingest.archives import NO_OUTLET, Found, Reader
from newscrawl.ingest.lines import DamagedFileError, read_lines
from newscrawl.ingest.saved import CANONICAL, Manifest, saved_pages
from newscrawl.ingest.sources import ENDINGS, Opened, Source
from newscrawl.ingest.take_in import Taken, take_in
from newscrawl.ingest.take_pages import take_pages
from newscrawl.outlets import OutletIndex
from newscrawl.steps.session import Session
from newscrawl.warc.packing import PIECE
from newscrawl.warc.records import is_warc


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted of a corpus.

    Attributes:
        outlet: of rows that name none and pages that belong to none; "": their domain.
        any_host: whether records of no outlet are taken.
        url_from: where the addresses of saved pages come from; None: they state their own.
    """

    outlet: str = ""
    any_host: bool = False
    url_from: str | Manifest | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it has come: the bytes of all files that were read, and the file under way."""

    done: int
    source: Source


@dataclass
class Corpus:
    """Files, and how far each could be read.

    Attributes:
        faults: the files that could not be read to their end, and why.
    """

    sources: Sequence[Source]
    wishes: Wishes
    faults: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The corpus in a run's heading."""
        first, more = self.sources[0].name, len(self.sources) - 1
        return f"{first} and {more:,} more" if more else first

    @property
    def size(self) -> int | None:
        """Bytes of all files; None where that is not known."""
        sizes = [source.size for source in self.sources]
        return None if None in sizes else sum(filter(None, sizes))

    @property
    def only_rows(self) -> bool:
        """Whether all files are JSON Lines by their names."""
        return all(source.path.lower().endswith((".jsonl", ".jsonl.gz")) for source in self.sources)

    @property
    def warm(self) -> tuple[str, ...]:
        """Modules that a worker imports at its start."""
        return rows.WARM if self.only_rows else pages.WARM

    def take(self, session: Session, outlets: OutletIndex, taken: Taken) -> Iterator[Progress]:
        """Take all files in, as far as they can be read; after what could not, the next file follows.

        Args:
            session: with its run begun.
            outlets: the outlets there are.
            taken: what became of it; is kept up to date.

        Yields:
            After each batch stored.
        """
        wishes, config = self.wishes, session.config
        reader = Reader(outlets, wishes.any_host, config.max_page_bytes, wishes.outlet)
        before = 0
        for saved, group in groupby(self.sources, self._is_saved):
            some = list(group)
            if saved:
                url_from = wishes.url_from or CANONICAL
                found = saved_pages(some, url_from, config.max_page_bytes, datetime.now(UTC))
                yield from self._pages(found, session, taken, some[-1], before)
                before += sum(source.size or 0 for source in some)
                continue
            for source in some:
                try:
                    yield from self._file(source, session, reader, taken, before)
                except (OSError, DamagedFileError) as error:
                    self.faults.append(f"{source.name} cannot be read to its end: {error}")
                before += source.size or 0

    def _is_saved(self, source: Source) -> bool:
        named = source.path.lower().endswith(ENDINGS)
        return source.is_page or (self.wishes.url_from is not None and not named)

    def _file(
        self, source: Source, session: Session, reader: Reader, taken: Taken, before: int
    ) -> Iterator[Progress]:
        with source.open() as opened:
            if is_warc(BytesIO(opened.peek(PIECE))) or ".warc" in source.name.lower():
                yield from self._pages(reader.read(source, opened), session, taken, source, before)
            else:
                yield from self._rows(source, opened, session, taken, before)

    def _rows(
        self, source: Source, opened: Opened, session: Session, taken: Taken, before: int
    ) -> Iterator[Progress]:
        lines = read_lines(opened)
        for ends in take_in(lines, session, file=source.name, outlet=self.wishes.outlet):
            for end in ends:
                taken.count(end)
            yield Progress(before + opened.position, source)

    def _pages(
        self, found: Iterable[Found], session: Session, taken: Taken, source: Source, before: int
    ) -> Iterator[Progress]:
        for stored in take_pages(found, session, outlet=self.wishes.outlet):
            for end in stored.ends:
                taken.count(end)
            for outcome, number in stored.counted.items():
                taken.count_only(NO_OUTLET, outcome, number)
            yield Progress(before + stored.end, source)


def off_site(taken: Taken) -> int:
    """How many pages are of no outlet, and so were left out."""
    tally = taken.tallies.get(NO_OUTLET)
    return tally.counts.get(Outcome.OFF_SITE, 0) if tally else 0
