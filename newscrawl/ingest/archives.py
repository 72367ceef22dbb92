"""What the records of other people's WARC files are: a page to be read, an outcome, or only counted.

The main process does this for every record, so it looks at headers alone; workers read the pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from newscrawl.arabic.dates import EARLIEST_YEAR
from newscrawl.article import Outcome
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.ingest.captures import Capture
from newscrawl.ingest.originals import Originals
from newscrawl.ingest.sources import Opened, Source
from newscrawl.outlets import OutletIndex
from newscrawl.outlets.domains import registered_domain
from newscrawl.store import Arrival
from newscrawl.store import IngestRow as Row
from newscrawl.warc.answers import MAX_HEAD
from newscrawl.warc.records import Record, read_records

NO_OUTLET = "(no outlet)"
"""Where records are counted that are no outlet's."""
EXAMPLES = 100
"""Pages of no outlet that have a row each; of the others there are only numbers."""
CLOCKS = timedelta(days=2)
"""How far the clock of who fetched a page may have been ahead."""
_OF_NO_OUTLET = (Outcome.OFF_SITE, Outcome.BAD_ROW)
_HTML = ("text/html", "application/xhtml+xml")


class Found(NamedTuple):
    """A record: a page to be read, how it has ended, or an outcome that is only counted."""

    what: Capture | Row | Outcome
    end: int
    """The byte of the file up to which all was read."""


class _EndedError(Exception):
    """A record is no page that can be read."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome


@dataclass
class Reader:
    """Reads the files of one run.

    Attributes:
        outlets: the outlets there are.
        any_host: whether pages of no outlet are taken, too.
        max_bytes: of a page; a larger one is not held.
        outlet: of pages that are of none; "": their domain.
    """

    outlets: OutletIndex
    any_host: bool
    max_bytes: int
    outlet: str = ""
    _originals: Originals = field(default_factory=Originals)
    _examples: Counter[Outcome] = field(default_factory=Counter)

    def read(self, source: Source, opened: Opened) -> Iterator[Found]:
        """Every record of a file, in order.

        Raises:
            OSError: the file cannot be read to its end.
        """
        for record in read_records(opened, max_block=self.max_bytes + MAX_HEAD):
            yield Found(self._look_at(source, record), record.end)

    def _look_at(self, source: Source, record: Record) -> Capture | Row | Outcome:
        place = f"{source.name}@{record.place}"
        if record.fault:
            return _row(place, "", Outcome.BAD_ROW, f"byte {record.place}: {record.fault}")
        if not _may_be_page(record):
            return Outcome.NO_PAGE
        url = record.headers.get("warc-target-uri", "").strip("<>")
        try:
            return self._page(source, record, place, url)
        except _EndedError as ended:
            if ended.outcome is Outcome.OFF_SITE:
                self._examples[ended.outcome] += 1
                if self._examples[ended.outcome] > EXAMPLES:
                    return ended.outcome
            outlet = NO_OUTLET if ended.outcome in _OF_NO_OUTLET else self._outlet(url)
            return _row(place, url, ended.outcome, str(ended), outlet)

    def _page(self, source: Source, record: Record, place: str, url: str) -> Capture:
        """The page of a record.

        Raises:
            _EndedError: it has none.
        """
        if not self._is_wanted(url):
            raise _EndedError(Outcome.OFF_SITE, f"{url}: of no outlet; --any-host takes it")
        fetched_at = _moment(record)
        body = record
        if record.type == "revisit":
            body = self._original(record)
        elif record.type == "response":
            self._originals.note(source, record)
        if body.block is None:
            raise _EndedError(Outcome.TOO_LARGE, f"{body.length:,} bytes, more than {self.max_bytes:,}")
        return Capture(
            place,
            body.block,
            fetched_at,
            url,
            is_answer=record.type != "resource",
            content_type=record.headers.get("content-type", "") if record.type == "resource" else "",
            outlet=self._outlet(url),
        )

    def _is_wanted(self, url: str) -> bool:
        """Whether a page is taken.

        Raises:
            _EndedError: its address is none.
        """
        try:
            canonical_url(url)
        except ValueError as error:
            raise _EndedError(Outcome.BAD_ROW, str(error)) from error
        return self.any_host or self.outlets.outlet_for_url(url) is not None

    def _original(self, record: Record) -> Record:
        original = self._originals.find(record, self.max_bytes + MAX_HEAD)
        if original is None:
            of = record.headers.get("warc-refers-to-target-uri", "a page").strip("<>")
            when = record.headers.get("warc-refers-to-date", "another day")
            raise _EndedError(
                Outcome.NO_PAGE, f"a revisit of {of} as of {when}, which is not before it in these files"
            )
        return original

    def _outlet(self, url: str) -> str:
        outlet = self.outlets.outlet_for_url(url)
        return outlet.id if outlet else self.outlet or registered_domain(url)


def _row(place: str, url: str, outcome: Outcome, reason: str, outlet: str = NO_OUTLET) -> Row:
    try:
        canonical = canonical_url(url)
    except ValueError:
        canonical = place
    # A time of the past keeps it from being remembered as a visit of today.
    arrival = Arrival(place, outlet, canonical, page_url=url, seen_at=datetime.now(UTC))
    return Row(arrival, None, outcome, reason)


def _may_be_page(record: Record) -> bool:
    """Whether a record may hold a web page: an HTTP answer, a revisit of one, or a page as a resource."""
    scheme = record.headers.get("warc-target-uri", "").lstrip("<")[:8].lower()
    if record.type in ("response", "revisit", "resource") and scheme.startswith(("http://", "https://")):
        kind = record.headers.get("content-type", "").split(";")[0].strip().lower()
        if record.type == "resource":
            return kind in _HTML
        return kind in ("application/http", "")
    return False


def _moment(record: Record) -> datetime:
    """When a record's page was fetched.

    Raises:
        _EndedError: it does not say so, or no page can be from then.
    """
    stated = record.headers.get("warc-date", "")
    try:
        moment = datetime.fromisoformat(stated)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        if moment.year < EARLIEST_YEAR or moment > datetime.now(UTC) + CLOCKS:
            raise ValueError
    except (ValueError, OverflowError):
        raise _EndedError(Outcome.BAD_ROW, f"its WARC-Date {stated[:40]!r} is no time of a page") from None
    return moment
