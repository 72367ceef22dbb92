"""The archive: one object over the store, whose every method is one short transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from newscrawl.article import Article, Outcome, article_id
from newscrawl.entities.articles import Names
from newscrawl.filters import Filters
from newscrawl.store import articles, health, listings, names, outbox, runs, visits
from newscrawl.store.changes import Snapshot
from newscrawl.store.database import write
from newscrawl.store.health import Health
from newscrawl.store.listings import Validators
from newscrawl.store.named import Named
from newscrawl.store.outbox import DeadLetter, Retry, Sent, Waiting
from newscrawl.store.revisit import REFRESH_WINDOW
from newscrawl.store.runs import OutletTally, Proposal, Run
from newscrawl.store.visits import Visit

NOT_VISITS = frozenset({Outcome.INTERRUPTED, Outcome.BAD_ROW})
"""Outcomes that say nothing about the page at a URL."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate at the end of its way: the address it was listed under, and where that belongs."""

    url: str
    """As listed."""
    outlet: str
    canonical_url: str
    """The canonical form of `url`, by which visits are remembered."""
    listed_at: datetime | None = None
    """The time its listing stated: modified, else published."""


IngestRow = tuple[Arrival, Article | None, Outcome, str, dict[str, str] | None]
"""A row of one's own corpus at its end: article and search terms, or why it was rejected."""


class Archive:
    """Everything a run reads from and writes to the store. Safe to use from one thread at a time."""

    def __init__(self, engine: sa.Engine, refresh_window: timedelta = REFRESH_WINDOW) -> None:
        self.engine = engine
        self.refresh_window = refresh_window

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def begin_run(self, kind: str, name: str, arguments: dict[str, Any]) -> OpenRun:
        """Begin a run; runs whose process is gone are closed as killed first."""
        now = datetime.now(UTC)
        with write(self.engine) as connection:
            return OpenRun(self, runs.begin(connection, kind, name, arguments, now), now)

    def visits(self, ids: Sequence[str]) -> dict[str, Visit]:
        """The last visits to these canonical URLs (by `article_id`)."""
        with self.engine.connect() as connection:
            return visits.look_up(connection, ids)

    def due_visits(self, outlet: str, limit: int = 1000) -> list[Visit]:
        """URLs of an outlet to be fetched again though no listing may show them any more."""
        with self.engine.connect() as connection:
            return visits.due(connection, outlet, datetime.now(UTC), limit)

    def validators(self, url: str) -> Validators:
        """The validators to send when asking for a listing."""
        with self.engine.connect() as connection:
            return listings.validators(connection, url)

    def note_listing(self, url: str, outlet: str, status: str, *, ok: bool) -> None:
        """Note how a listing answered."""
        with write(self.engine) as connection:
            listings.note_answer(
                connection, url=url, outlet=outlet, status=status, ok=ok, now=datetime.now(UTC)
            )

    def keep_validators(self, known: dict[str, Validators]) -> None:
        """Keep listings' validators once every candidate of theirs has ended."""
        with write(self.engine) as connection:
            listings.keep_validators(connection, known)

    def run(self, run_id: int) -> Run | None:
        """One run's books."""
        with self.engine.connect() as connection:
            return runs.read(connection, run_id)

    def newest_runs(self, limit: int) -> list[Run]:
        """The newest runs first."""
        with self.engine.connect() as connection:
            return runs.newest(connection, limit)

    def health(self, outlet: str) -> Health | None:
        """An outlet's newest numbers beside those of the time before; None where it was never crawled."""
        with self.engine.connect() as connection:
            return health.of_outlet(connection, outlet)

    def candidates(self, run_id: int, outcome: str | None = None) -> list[sa.Row[Any]]:
        """The single candidates of a run (outlet, url, found_in, outcome, reason), all or of one outcome."""
        with self.engine.connect() as connection:
            return runs.candidates_of(connection, run_id, outcome)

    def article(self, id: str) -> Article | None:
        """One article."""
        with self.engine.connect() as connection:
            return articles.read(connection, id)

    def count(self) -> int:
        """How many articles there are."""
        with self.engine.connect() as connection:
            return articles.count(connection)

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

    def waiting(self, after: int, limit: int) -> list[Waiting]:
        """Articles that Elasticsearch has not acknowledged and that may be sent now, by version."""
        with self.engine.connect() as connection:
            return outbox.due(connection, datetime.now(UTC), after, limit)

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
        """Write down what became of a chunk, in one transaction."""
        with write(self.engine) as connection:
            outbox.acknowledge(connection, arrived)
            outbox.postpone(connection, retries)
            outbox.bury(connection, refused)

    def requeue_all(self) -> int:
        """Queue every article for Elasticsearch at its present version. Returns how many there are."""
        with write(self.engine) as connection:
            return outbox.enqueue_all(connection, datetime.now(UTC))

    def dead_letters(self, ids: Sequence[str] = ()) -> list[DeadLetter]:
        """The documents that Elasticsearch refused, all or of these articles, the newest first."""
        with self.engine.connect() as connection:
            return outbox.letters(connection, ids)

    def count_dead_letters(self) -> int:
        """How many documents Elasticsearch refused."""
        with self.engine.connect() as connection:
            return outbox.count_letters(connection)

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


class OpenRun:
    """A run under way."""

    def __init__(self, archive: Archive, id: int, started_at: datetime) -> None:
        self.archive = archive
        self.id = id
        self.started_at = started_at

    def propose(self, proposals: Iterable[Proposal]) -> None:
        """Enter candidates, some of them decided at once."""
        with write(self.archive.engine) as connection:
            runs.propose(connection, self.id, proposals, datetime.now(UTC))

    def reject(self, arrival: Arrival, outcome: Outcome, reason: str) -> Outcome:
        """End a candidate that gave no article, and count it if its page was fetched."""
        with write(self.archive.engine) as connection:
            if outcome in health.REJECTED:
                health.count_rejected(connection, self.id, arrival.outlet)
            return self._reject(connection, arrival, outcome, reason)

    def keep(self, arrival: Arrival, article: Article) -> tuple[Outcome, str]:
        """End a candidate that gave an article: article, revision, search, outbox, visit and outcome at once.

        What was read is counted with it (`health`), once for an article that comes under two addresses.

        Returns:
            The outcome and its reason.
        """
        with write(self.archive.engine) as connection:
            counted = health.seen_since(connection, article.id, self.started_at)
            outcome, reason = self._keep(connection, arrival, article)
            if outcome in health.READ and not counted:
                health.count_article(connection, self.id, arrival.outlet, article)
            return outcome, reason

    def keep_rows(self, rows: Sequence[IngestRow]) -> list[Outcome]:
        """Enter and end many candidates in one transaction (bulk ingest): all of them, or none.

        Their fields are not counted: a corpus says nothing of how an outlet's pages are read.
        """
        with write(self.archive.engine) as connection:
            now = datetime.now(UTC)
            proposals = [Proposal(arrival.url, arrival.outlet, "") for arrival, *_ in rows]
            runs.propose(connection, self.id, proposals, now)
            ends = []
            for arrival, article, outcome, reason, terms in rows:
                if article is None:
                    ends.append(self._reject(connection, arrival, outcome, reason))
                else:
                    ends.append(self._keep(connection, arrival, article, terms)[0])
            return ends

    def finish(self, status: str, reason: str, outlets: Sequence[OutletTally], keep: timedelta) -> Run:
        """End the run and return its books; candidates of runs older than `keep` are forgotten."""
        now = datetime.now(UTC)
        with write(self.archive.engine) as connection:
            runs.finish(connection, self.id, status=status, reason=reason, outlets=outlets, now=now)
            runs.prune_candidates(connection, now, keep)
            run = runs.read(connection, self.id)
        assert run is not None
        return run

    def _reject(self, connection: sa.Connection, arrival: Arrival, outcome: Outcome, reason: str) -> Outcome:
        now = datetime.now(UTC)
        if outcome not in NOT_VISITS:
            visits.remember(
                connection,
                id=article_id(arrival.canonical_url),
                url=arrival.url,
                outlet=arrival.outlet,
                outcome=outcome,
                reason=reason,
                now=now,
                window=self.archive.refresh_window,
                listed_at=arrival.listed_at,
                event_time=arrival.listed_at,
            )
        self._settle(connection, arrival, outcome, reason, None, now)
        return outcome

    def _keep(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        article: Article,
        terms: dict[str, str] | None = None,
    ) -> tuple[Outcome, str]:
        now = datetime.now(UTC)
        own_id = article_id(arrival.canonical_url)
        saved = articles.save(
            connection,
            article,
            run_id=self.id,
            own_id=own_id,
            run_started_at=self.started_at,
            terms=terms,
        )
        visits.remember(
            connection,
            id=own_id,
            url=arrival.url,
            outlet=arrival.outlet,
            outcome=saved.outcome,
            reason=saved.reason,
            now=now,
            window=self.archive.refresh_window,
            listed_at=arrival.listed_at,
            article_id=saved.article_id,
            event_time=article.event_time,
        )
        self._settle(connection, arrival, saved.outcome, saved.reason, saved.article_id, now)
        return saved.outcome, saved.reason

    def _settle(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        outcome: Outcome,
        reason: str,
        article: str | None,
        now: datetime,
    ) -> None:
        settled = runs.settle(
            connection,
            self.id,
            arrival.outlet,
            arrival.url,
            outcome,
            reason=reason,
            article_id=article,
            now=now,
        )
        if not settled:
            raise RuntimeError(
                f"{arrival.url}: not an open candidate of run {self.id}, so it would be counted twice"
            )
