"""A run under way: candidates enter it, and each ends in one transaction with all that is stored of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple

import sqlalchemy as sa

from newscrawl.article import Article, Outcome, article_id
from newscrawl.store import (
    candidates,
    claims,
    health,
    leases,
    marks,
    pages,
    quarantine,
    reread,
    runs,
    schema,
    visits,
)
from newscrawl.store.arrivals import Arrival, IngestRow
from newscrawl.store.candidates import Proposal
from newscrawl.store.database import RunLostError, write
from newscrawl.store.heartbeat import RUNNING, SILENCE
from newscrawl.store.leases import Holder
from newscrawl.store.newcomers import Newcomers
from newscrawl.store.pages import KeptPage
from newscrawl.store.quarantine import Suspect
from newscrawl.store.reread import Reading
from newscrawl.store.runs import OutletTally, Run
from newscrawl.store.save import Saved, save

NOT_VISITS = frozenset({Outcome.INTERRUPTED, Outcome.BAD_ROW, Outcome.NO_PAGE, Outcome.QUARANTINED})
"""Outcomes that say nothing about the page at a URL."""
ROWS = 1000
"""Candidates entered in one transaction: other runs, and this one's pages, wait no longer than for these."""


class _Ended(NamedTuple):
    """A row whose article is put in, if it has one, and that is not entered yet."""

    arrival: Arrival
    saved: Saved
    event_time: datetime | None
    page: KeptPage | None


class OpenRun:
    """A run under way. Made by `Archive.begin_run`.

    What writes raises RunLostError when another run has closed this one, or has a lease that this one took.
    """

    def __init__(self, engine: sa.Engine, id: int, started_at: datetime, refresh_window: timedelta) -> None:
        self.id = id
        self.started_at = started_at
        self._engine = engine
        self._refresh_window = refresh_window
        self._leases: dict[str, dict[str, int]] = {}
        """By outlet: the leases taken for it, and their numbers."""

    def lease(self, outlet: str, others: Iterable[str] = ()) -> Holder | None:
        """Take an outlet's lease, and those of `others` that are read with it; or who holds one of them."""
        now = datetime.now(UTC)
        with self._write() as connection:
            runs.close_killed(connection, now, but=self.id)
            wanted = list(dict.fromkeys([outlet, *others]))
            taken = leases.take(connection, wanted, self.id, now=now, until=now + SILENCE)
        if isinstance(taken, Holder):
            return taken
        self._leases[outlet] = taken
        return None

    def propose(
        self,
        proposals: Iterable[Proposal],
        counted: Mapping[str, Mapping[Outcome, int]] | None = None,
    ) -> None:
        """Enter candidates, some of them decided at once, in several short transactions.

        Args:
            proposals: those with a row of their own.
            counted: how many more have ended, by outlet and outcome.
        """
        entering = iter(proposals)
        while some := list(islice(entering, ROWS)):
            with self._write(*{one.outlet for one in some}) as connection:
                candidates.propose(connection, self.id, some, datetime.now(UTC))
        if counted:
            with self._write(*counted) as connection:
                candidates.count(connection, self.id, counted)

    def ask(self, some: Sequence[Suspect]) -> None:
        """Note URLs before they are asked for: what is under way when a run is killed is suspect."""
        with self._write() as connection:
            quarantine.begin(connection, self.id, some, datetime.now(UTC))

    def end_listing(self, url: str) -> None:
        """Note that a listing, by the URL that was asked for, has answered or failed."""
        with self._write() as connection:
            quarantine.end_listing(connection, self.id, url)

    def accuse(self, why: str) -> None:
        """Give a strike to what is under way, for the run must end of it; what then ends well is cleared."""
        with self._write() as connection:
            quarantine.accuse(
                connection, self.id, f"run {self.id} ended: {why}", datetime.now(UTC), alive=True
            )

    def reject(
        self, arrival: Arrival, outcome: Outcome, reason: str, page: KeptPage | None = None
    ) -> Outcome:
        """End a candidate that gave no article, and count it if its page was fetched."""
        with self._write(arrival.outlet) as connection:
            if outcome in health.REJECTED:
                health.count_rejected(connection, self.id, arrival.outlet)
            return self._reject(connection, arrival, outcome, reason, page)

    def postpone(self, ends: Sequence[tuple[Arrival, str]]) -> None:
        """End candidates that were not asked for, each with its reason, as POSTPONED: all of them, or none.

        Many at once: a host that fails has thousands, and one by one they would take the time of others.
        """
        now = datetime.now(UTC)
        rows = [
            {
                "id": article_id(arrival.canonical_url),
                "url": arrival.url,
                "outlet": arrival.outlet,
                "reason": reason,
                "listed_at": arrival.listed_at,
            }
            for arrival, reason in ends
        ]
        with self._write(*{arrival.outlet for arrival, _ in ends}) as connection:
            quarantine.end(connection, self.id, *(str(row["id"]) for row in rows))
            visits.postpone(connection, rows, now)
            if candidates.postpone(connection, self.id, rows, now) != len(rows):
                raise RuntimeError(
                    f"not all are open candidates of run {self.id}, so some would be counted twice"
                )

    def keep(self, arrival: Arrival, article: Article, page: KeptPage | None = None) -> tuple[Outcome, str]:
        """End a candidate that gave an article: article, revision, search, outbox, visit and outcome at once.

        What was read is counted with it (`health`), once for an article that comes under two addresses.

        Args:
            arrival: the candidate.
            article: what its page gave.
            page: where that page is kept, if it is.

        Returns:
            The outcome and its reason.
        """
        with self._write(arrival.outlet) as connection:
            settled = self._settle(connection, arrival, article)
            counted = health.seen_since(connection, article.id, self.started_at)
            outcome, reason = self._keep(connection, arrival, article, settled, page)
            if outcome in health.READ and not counted:
                health.count_article(connection, self.id, arrival.outlet, article)
            return outcome, reason

    def keep_rows(
        self,
        rows: Sequence[IngestRow],
        counted: Mapping[str, Mapping[Outcome, int]] | None = None,
        answered: Sequence[Suspect] = (),
    ) -> list[Outcome]:
        """Enter and end many candidates in one transaction (bulk ingest): all of them, or none.

        Their fields are not counted: a corpus says nothing of how an outlet's pages are read.

        Args:
            rows: those with a row of their own.
            counted: how many more have ended, by outlet and outcome.
            answered: what was under way for them (`ask`), which no kill accuses any more.

        Returns:
            How each of the rows ended.
        """
        with self._write() as connection:
            if answered:
                quarantine.end_listings(connection, self.id, answered)
            candidates.count(connection, self.id, counted or {})
            new = Newcomers(connection, self.id, [row.article for row in rows if row.article])
            ended: list[_Ended] = []
            noted, concerned = 0, set[str | None]()
            for row in rows:
                if row.article and row.article.id in concerned:
                    # Its claim may move that article, with all that refers to it (`claims`).
                    new.put_in()
                    self._end_rows(connection, ended[noted:])
                    noted, concerned = len(ended), set()
                ended.append(self._put_row(connection, row, new))
                concerned.add(ended[-1].saved.article_id)
            new.put_in()
            self._end_rows(connection, ended[noted:])
            return [one.saved.outcome for one in ended]

    def apply(self, readings: Sequence[Reading]) -> list[Proposal]:
        """Put kept pages as they are read now into the archive, in one transaction; see `reread.apply`.

        Those of which nothing is to be said one by one are only counted.
        """
        with self._write() as connection:
            ends = [reread.apply(connection, self.id, self.started_at, one) for one in readings]
            told = [end for end in ends if end.reason]
            candidates.propose(connection, self.id, told, datetime.now(UTC))
            counts: dict[str, Counter[Outcome]] = {}
            for end in ends:
                if not end.reason and end.outcome:
                    counts.setdefault(end.outlet, Counter())[end.outcome] += 1
            candidates.count(connection, self.id, counts)
            return ends

    def finish(self, status: str, reason: str, outlets: Sequence[OutletTally], keep: timedelta) -> Run:
        """End the run and return it with its counts; candidates of runs older than `keep` are forgotten."""
        now = datetime.now(UTC)
        with self._write() as connection:
            listed = {one.outlet for one in outlets if one.listings_read + one.listings_unchanged}
            visits.forgive_outages(connection, self.id, since=self.started_at, listed=listed, now=now)
            runs.finish(connection, self.id, status=status, reason=reason, outlets=outlets, now=now)
            candidates.prune(connection, now, keep)
            run = runs.read(connection, self.id, now)
        assert run is not None
        self.leave()
        return run

    def leave(self) -> None:
        """Say, without the store, that the run's process ends in order; maybe the store could not be told."""
        marks.unmark(self._engine, self.id)

    def _put_row(self, connection: sa.Connection, row: IngestRow, new: Newcomers) -> _Ended:
        """Put a row's article into the archive, if it has one; the row is not ended with it."""
        arrival, article = row.arrival, row.article
        if article is None:
            return _Ended(arrival, Saved(row.outcome, None, row.reason), arrival.listed_at, row.page)
        saved = new.take(article, _read_at(arrival, article), row.terms, row.sample)
        if saved is None:
            new.put_in()
            settled = self._settle(connection, arrival, article)
            saved = self._save(
                connection, arrival, article, settled, page=row.page, terms=row.terms, sample=row.sample
            )
            new.forget(article, settled.moved)
        return _Ended(arrival, saved, article.event_time, row.page)

    def _end_rows(self, connection: sa.Connection, ended: Sequence[_Ended]) -> None:
        """Enter rows that have ended, with their pages and visits: few statements, whatever their number."""
        now = datetime.now(UTC)
        present, past = [], []
        for one in ended:
            arrival, saved = one.arrival, one.saved
            if one.page is not None:
                pages.put(connection, one.page, article_id(arrival.canonical_url), arrival.outlet, saved)
            if saved.outcome in NOT_VISITS:
                continue
            visit = self._visit(arrival, saved, one.event_time, now)
            if arrival.seen_at is None:
                present.append(visit)
            elif saved.article_id is not None:
                past.append(visit)
        visits.remember_all(connection, present, self._refresh_window)
        # A page of the past must be an article, and all that is known: that it could not be had years ago is
        # no reason for a crawl not to ask for it today.
        visits.remember_past(connection, past, self._refresh_window)
        proposals = [
            Proposal(
                one.arrival.url,
                one.arrival.outlet,
                "",
                one.saved.outcome,
                one.saved.reason,
                one.saved.article_id,
            )
            for one in ended
        ]
        candidates.enter(connection, self.id, proposals, now)

    @staticmethod
    def _visit(arrival: Arrival, saved: Saved, event_time: datetime | None, now: datetime) -> dict[str, Any]:
        """What is remembered of a visit."""
        return {
            "id": article_id(arrival.canonical_url),
            "url": arrival.page_url or arrival.url,
            "outlet": arrival.outlet,
            "outcome": saved.outcome,
            "reason": saved.reason,
            "now": arrival.seen_at or now,
            "listed_at": arrival.listed_at,
            "article_id": saved.article_id,
            "event_time": event_time,
        }

    def stop(self, reason: str) -> None:
        """End the run in the one row that says so: room for it, and for no more, is kept (`marks`)."""
        marks.make_room(self._engine, self.id)
        with self._write() as connection:
            ended = sa.update(schema.runs).where(schema.runs.c.id == self.id)
            now = datetime.now(UTC)
            connection.execute(ended.values(status=runs.STOPPED, reason=reason, ended_at=now))

    @contextmanager
    def _write(self, *outlets: str) -> Iterator[sa.Connection]:
        """A write transaction in which this run is under way and the leases of these outlets are its own.

        Raises:
            RunLostError: they are not.
        """
        with write(self._engine) as connection:
            table = schema.runs
            row = connection.execute(sa.select(table).where(table.c.id == self.id)).one()
            if row.status != RUNNING:
                raise RunLostError(self.id, f"another run has closed it ({row.reason})")
            for outlet in outlets:
                holder = leases.taken_away(connection, self._leases.get(outlet, {}))
                if holder:
                    raise RunLostError(self.id, f"its lease has run out, and {holder}")
            yield connection

    def _reject(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        outcome: Outcome,
        reason: str,
        page: KeptPage | None = None,
    ) -> Outcome:
        self._end(connection, arrival, Saved(outcome, None, reason), arrival.listed_at, page)
        return outcome

    def _settle(self, connection: sa.Connection, arrival: Arrival, article: Article) -> claims.Settled:
        return claims.settle(connection, article, _read_at(arrival, article), self.id)

    def _keep(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        article: Article,
        settled: claims.Settled,
        page: KeptPage | None,
    ) -> tuple[Outcome, str]:
        saved = self._save(connection, arrival, article, settled, page=page)
        self._end(connection, arrival, saved, article.event_time, page)
        return saved.outcome, saved.reason

    def _save(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        article: Article,
        settled: claims.Settled,
        *,
        page: KeptPage | None,
        terms: dict[str, str] | None = None,
        sample: bytes | None = None,
    ) -> Saved:
        return save(
            connection,
            article,
            run_id=self.id,
            own_id=article_id(arrival.canonical_url),
            settled=settled,
            run_started_at=self.started_at,
            terms=terms,
            sample=sample,
            digest=page.digest if page else None,
        )

    def _end(
        self,
        connection: sa.Connection,
        arrival: Arrival,
        saved: Saved,
        event_time: datetime | None,
        page: KeptPage | None,
    ) -> None:
        """End a candidate: its page, its visit and its outcome; it is under way no more."""
        now = datetime.now(UTC)
        if page is not None:
            pages.put(connection, page, article_id(arrival.canonical_url), arrival.outlet, saved)
        quarantine.end(connection, self.id, article_id(arrival.canonical_url))
        if saved.outcome not in NOT_VISITS:
            visit = self._visit(arrival, saved, event_time, now)
            visits.remember(connection, window=self._refresh_window, **visit)
        settled = candidates.settle(
            connection,
            self.id,
            arrival.outlet,
            arrival.url,
            saved.outcome,
            reason=saved.reason,
            article_id=saved.article_id,
            now=now,
        )
        if not settled:
            raise RuntimeError(
                f"{arrival.url}: not an open candidate of run {self.id}, so it would be counted twice"
            )


def _read_at(arrival: Arrival, article: Article) -> str:
    """The canonical form of the address where an article was read."""
    return article.read_at or arrival.canonical_url
