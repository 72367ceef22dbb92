"""The archive: one object over the store, whose every method is one short transaction."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawl.article import Article
from newscrawl.entities.taggers import Names
from newscrawl.filters import Filters
from newscrawl.store import (
    articles,
    candidates,
    check,
    health,
    heartbeat,
    marks,
    names,
    outbox,
    quarantine,
    reread,
    robots,
    runs,
    versions,
    visits,
)
from newscrawl.store.articles import Snapshot, Versioned
from newscrawl.store.cluster_views import Clusters
from newscrawl.store.clustering import Clustering
from newscrawl.store.database import check_writable, write
from newscrawl.store.health import Health
from newscrawl.store.names import Named
from newscrawl.store.open_run import OpenRun
from newscrawl.store.outbox import DeadLetter, Retry, Sent, Waiting
from newscrawl.store.pages import Pages, StoredPage
from newscrawl.store.quarantine import Strikes
from newscrawl.store.reporting import Reporting
from newscrawl.store.runs import Run
from newscrawl.store.story_views import Stories
from newscrawl.store.versions import Revision
from newscrawl.store.visits import REFRESH_WINDOW, Validators, Visit


def _identity(engine: sa.Engine) -> tuple[int, int] | None:
    """Device and number of the database's file; None where there is none."""
    path = engine.url.database
    if not path or path == ":memory:":
        return None
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Archive:
    """Everything a run reads from and writes to the store. Safe to use from one thread at a time."""

    def __init__(
        self, engine: sa.Engine, refresh_window: timedelta = REFRESH_WINDOW, *, drop_copies: bool = False
    ) -> None:
        self.engine = engine
        self.drop_copies = drop_copies
        """Elasticsearch gets no article that copies another one."""
        self.refresh_window = refresh_window
        self.pages = Pages(engine)
        """Pages as they were fetched."""
        self.clustering = Clustering(engine)
        """Who copied whom."""
        self.reporting = Reporting(engine)
        """Who reports one event."""
        self._file = _identity(engine)

    def close(self) -> None:
        """Close the database."""
        self.engine.dispose()

    def check_writable(self, place: str) -> None:
        """Begin and end a write transaction; `place` is where the archive is, for the message.

        Raises:
            StoreError: nothing can be stored.
        """
        check_writable(self.engine, place)

    def damage(self) -> str:
        """The first damage of the file, in words; "" for none. All of it is read (`check.damage`)."""
        return check.damage(self.engine)

    @property
    def lost(self) -> bool:
        """Whether the file was deleted or replaced since it was opened: what is written now, nobody finds."""
        return self._file is not None and _identity(self.engine) != self._file

    def begin_run(self, kind: str, name: str, arguments: dict[str, Any]) -> OpenRun:
        """Begin a run; runs that were killed are closed first."""
        now = datetime.now(UTC)
        with write(self.engine) as connection:
            id = runs.begin(connection, kind, name, arguments, now)
            marks.mark(self.engine, id)
            return OpenRun(self.engine, id, now, self.refresh_window)

    def beat(self, run_id: int) -> bool:
        """Say that a run is alive; from any thread. False: another run has closed it."""
        if self.lost:  # a new connection would make a new file; the run ends of it anyway
            return True
        with write(self.engine) as connection:
            return heartbeat.beat(connection, run_id, datetime.now(UTC))

    def visits(self, ids: Sequence[str]) -> dict[str, Visit]:
        """The last visits to these canonical URLs (by `article_id`)."""
        with self.engine.connect() as connection:
            return visits.look_up(connection, ids)

    def due_visits(self, outlet: str, limit: int = 1000) -> list[Visit]:
        """URLs of an outlet to be fetched again though no listing may show them any more."""
        with self.engine.connect() as connection:
            return visits.due(connection, outlet, datetime.now(UTC), limit)

    def quarantined(self) -> list[tuple[str, str, str]]:
        """The pages that rest since two runs were killed while they were under way: outlet, URL, reason."""
        with self.engine.connect() as connection:
            return quarantine.resting(connection)

    def quarantined_listings(self) -> list[tuple[str, str, str]]:
        """The listings, and rows of ingested files, that rest, as `quarantined`."""
        with self.engine.connect() as connection:
            return quarantine.resting_listings(connection, datetime.now(UTC))

    def led_elsewhere(self, since: datetime) -> Counter[tuple[str, str]]:
        """How many pages led to another site since then: by outlet and the other site's registered domain."""
        with self.engine.connect() as connection:
            return visits.led_elsewhere(connection, since)

    def struck(self, beginning: str) -> dict[str, Strikes]:
        """The rows of ingested files that have strikes, by their names, which begin so."""
        with self.engine.connect() as connection:
            return quarantine.struck(connection, beginning)

    def strikes(self, listing: str) -> tuple[int, datetime | None]:
        """How many runs were killed while a listing was under way, and until when it rests, if it does."""
        with self.engine.connect() as connection:
            return quarantine.strikes_of(connection, listing)

    def validators(self, url: str) -> Validators:
        """The validators to send when asking for a listing."""
        with self.engine.connect() as connection:
            return visits.validators(connection, url, datetime.now(UTC))

    def robots(self, site: str) -> bytes | None:
        """The last good robots.txt of a host (`https://www.spa.gov.sa`), unless it is over a day old."""
        with self.engine.connect() as connection:
            return robots.read(connection, site, datetime.now(UTC))

    def keep_robots(self, site: str, body: bytes) -> None:
        """Keep a good robots.txt."""
        with write(self.engine) as connection:
            robots.keep(connection, site, body, datetime.now(UTC))

    def note_listing(self, url: str, outlet: str, status: str, *, ok: bool, unchanged: bool = False) -> None:
        """Note how a listing answered; see `visits.note_answer`."""
        with write(self.engine) as connection:
            visits.note_answer(
                connection,
                url=url,
                outlet=outlet,
                status=status,
                ok=ok,
                now=datetime.now(UTC),
                unchanged=unchanged,
            )

    def keep_validators(self, known: dict[str, Validators]) -> None:
        """Keep listings' validators once every candidate of theirs has ended."""
        with write(self.engine) as connection:
            visits.keep_validators(connection, known)

    def run(self, run_id: int) -> Run | None:
        """One run with its counts."""
        with self.engine.connect() as connection:
            return runs.read(connection, run_id, datetime.now(UTC))

    def newest_runs(self, limit: int) -> list[Run]:
        """The newest runs first."""
        with self.engine.connect() as connection:
            return runs.newest(connection, limit, datetime.now(UTC))

    def runs_not_closed(self) -> list[Run]:
        """The runs under way, and those killed that no later run has closed yet."""
        with self.engine.connect() as connection:
            return runs.not_closed(connection, datetime.now(UTC))

    def health(self, outlet: str) -> Health | None:
        """An outlet's newest numbers beside those of the time before; None where it was never crawled."""
        with self.engine.connect() as connection:
            return health.of_outlet(connection, outlet)

    def candidates(self, run_id: int, outcome: str | None = None) -> list[sa.Row[Any]]:
        """The single candidates of a run (outlet, url, found_in, outcome, reason), all or of one outcome."""
        with self.engine.connect() as connection:
            return candidates.of_run(connection, run_id, outcome)

    def only_counted(self, run_id: int, outcome: str) -> int:
        """How many more ended in this outcome, which are not kept one by one."""
        with self.engine.connect() as connection:
            return candidates.only_counted(connection, run_id, outcome)

    def article(self, id: str) -> Article | None:
        """One article."""
        with self.engine.connect() as connection:
            return articles.read(connection, id)

    def id_behind(self, address_id: str) -> str | None:
        """The article that an address (its `article_id`) belongs to."""
        with self.engine.connect() as connection:
            return articles.id_behind(connection, address_id)

    def history(self, id: str) -> list[Revision]:
        """The texts that an article had, the oldest first; empty where there is no such article."""
        with self.engine.connect() as connection:
            return versions.of_article(connection, id)

    def count(self) -> int:
        """How many articles there are."""
        with self.engine.connect() as connection:
            return articles.count(connection)

    def count_for_elasticsearch(self) -> int:
        """How many of them Elasticsearch is to have."""
        with self.engine.connect() as connection:
            return articles.count(connection, copies=not self.drop_copies)

    def already_tagged(self, some: Sequence[Article], tagger: str) -> set[str]:
        """The ids of those articles whose very text is here with the names that this tagger found."""
        with self.engine.connect() as connection:
            return names.already_tagged(connection, some, tagger)

    def to_tag(self, filters: Filters, but: str | None) -> list[int]:
        """The numbers of articles whose names are not those of the tagger `but` (None: of all articles)."""
        with self.engine.connect() as connection:
            return names.to_tag(connection, filters, but)

    def numbered(self, numbers: Sequence[int]) -> list[Article]:
        """The articles of these numbers."""
        with self.engine.connect() as connection:
            return names.numbered(connection, numbers)

    def put_names(self, some: Iterable[tuple[Article, Names]]) -> int:
        """Give articles their names, in one transaction; see `names.put`. Returns how many were written."""
        with write(self.engine) as connection:
            return sum(names.put(connection, article, found) for article, found in some)

    def to_reread(
        self, *, below: int | None, since: datetime | None = None, outlets: Sequence[str] = ()
    ) -> list[int]:
        """The numbers of the kept pages to read again; see `reread.to_reread`."""
        with self.engine.connect() as connection:
            return reread.to_reread(connection, below=below, since=since, outlets=outlets)

    def articles_of(self, some: Sequence[StoredPage]) -> dict[str, Versioned]:
        """The articles that these kept pages are, by id."""
        with self.engine.connect() as connection:
            return reread.articles_of(connection, some)

    def waiting(self, after: int, limit: int) -> list[Waiting]:
        """Articles that Elasticsearch has not acknowledged and that may be sent now, by version."""
        with self.engine.connect() as connection:
            return outbox.due(connection, datetime.now(UTC), after, limit, drop_copies=self.drop_copies)

    def next_due(self) -> datetime | None:
        """When the first of the postponed articles may be sent again; None if none is postponed."""
        with self.engine.connect() as connection:
            return outbox.next_due(connection)

    def pending(self) -> int:
        """How many articles wait for Elasticsearch."""
        with self.engine.connect() as connection:
            return outbox.count(connection)

    def settle_deliveries(
        self, arrived: Sequence[Sent], retries: Sequence[Retry], refused: Sequence[DeadLetter]
    ) -> None:
        """Record how the articles of a chunk were answered, in one transaction."""
        with write(self.engine) as connection:
            outbox.acknowledge(connection, arrived)
            outbox.postpone(connection, retries)
            outbox.keep_dead_letters(connection, refused)

    def requeue_all(self) -> int:
        """Queue every article for Elasticsearch at its present version. Returns how many there are."""
        with write(self.engine) as connection:
            return outbox.enqueue_all(connection, datetime.now(UTC))

    def dead_letters(self, ids: Sequence[str] = ()) -> list[DeadLetter]:
        """The documents that Elasticsearch refused, all or of these articles, the newest first."""
        with self.engine.connect() as connection:
            return outbox.read_dead_letters(connection, ids)

    def count_dead_letters(self) -> int:
        """How many documents Elasticsearch refused."""
        with self.engine.connect() as connection:
            return outbox.count_dead_letters(connection)

    def replay(self, ids: Sequence[str] = ()) -> int:
        """Queue refused articles again, all or these. Returns how many."""
        with write(self.engine) as connection:
            return outbox.replay(connection, ids)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The archive at one moment, for reading at length; others write on meanwhile, and are not seen."""
        with self.engine.connect() as connection, connection.begin():
            yield Snapshot(connection)

    @contextmanager
    def named(self) -> Iterator[Named]:
        """The names in the archive at one moment."""
        with self.engine.connect() as connection, connection.begin():
            yield Named(connection)

    @contextmanager
    def clusters(self) -> Iterator[Clusters]:
        """Who copied whom, at one moment."""
        with self.engine.connect() as connection, connection.begin():
            yield Clusters(connection)

    @contextmanager
    def stories(self) -> Iterator[Stories]:
        """Who reports one event, at one moment."""
        with self.engine.connect() as connection, connection.begin():
            yield Stories(connection)
