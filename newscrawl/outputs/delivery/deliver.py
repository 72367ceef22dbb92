"""The deliverer: drains the outbox into Elasticsearch, and loses nothing on the way.

A row leaves the outbox only with the server's answer for that very document and version. Everything else
that can happen (see `outcomes`) leaves it there, to be sent again. Killed at any line, the next run goes on.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from elasticsearch import ApiError, Elasticsearch, TransportError

from newscrawl.outputs.delivery.backoff import backoff
from newscrawl.outputs.delivery.chunks import CHUNK_BYTES, CHUNK_DOCUMENTS, Chunk, Parcel, chunks, pack
from newscrawl.outputs.delivery.outcomes import ARRIVED, Outcome, outcome_of_failure, outcome_of_item
from newscrawl.outputs.delivery.senders import Answer, Senders
from newscrawl.search.elastic.connection import addresses, explain
from newscrawl.search.elastic.setup import set_up
from newscrawl.store import Archive, DeadLetter, Retry, Sent

PAUSE_S = 5.0
"""First pause when the index takes no writes; a full disk is not emptied in a second."""
REQUEST_TIMEOUT_S = 60.0
_TICK_S = 0.5

_QUEUE = 2
"""Chunks made ready for each sender, the one it is sending included."""


@dataclass(slots=True)
class Report:
    """What a delivery did."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    trouble: str = ""
    """What keeps the rest from being delivered, in a sentence; "" when nothing does."""
    stopped: bool = False
    """Whether that is something that waiting does not mend."""

    @property
    def arrived(self) -> int:
        """Documents that are in the index, as sent or newer."""
        return sum(self.counts[outcome] for outcome in ARRIVED)

    @property
    def refused(self) -> int:
        """Documents that became dead letters."""
        return self.counts[Outcome.REFUSED]


class Deliverer:
    """Drains the outbox of one archive. To be used from one thread; `hurry` may be set from any.

    Args:
        archive: the store.
        client: the server.
        senders: threads that send.
        documents: documents in a request, at most.
        size: bytes in a request, at most (but for one document larger than that).
        timeout: seconds that a request may take.
        may_set_up: put templates and aliases where they are missing.
        on_progress: called after every answer.
    """

    def __init__(
        self,
        archive: Archive,
        client: Elasticsearch,
        *,
        senders: int = 2,
        documents: int = CHUNK_DOCUMENTS,
        size: int = CHUNK_BYTES,
        timeout: float = REQUEST_TIMEOUT_S,
        may_set_up: bool = True,
        on_progress: Callable[[Report], None] | None = None,
    ) -> None:
        self.report = Report()
        self.hurry = threading.Event()
        """Set: finish what goes without waiting, and end."""
        self.deadline = float("inf")
        """When to end in any case, by `time.monotonic()`."""
        self._archive, self._client, self._where = archive, client, addresses(client)
        self._senders = Senders(client, senders, timeout)
        self._documents, self._size = documents, size
        self._may_set_up = may_set_up
        self._too_early = 0
        self._on_progress = on_progress or (lambda _report: None)
        self._ready: deque[Chunk] = deque()
        self._after, self._sent = 0, 0
        self._room = self._senders.count * _QUEUE
        """Requests under way at most: one more after every good answer, half as many after a failure."""
        self._failures = 0
        self._not_before = 0.0
        self._last_arrival = 0.0

    def close(self) -> None:
        """Let the senders end."""
        self._senders.close()

    def drain(self, patience: float | None = None) -> Report:
        """Deliver what waits.

        Args:
            patience: seconds without any arrival after which to give up; None: never.

        Returns:
            The report, running totals included. What could not be delivered is still in the outbox.
        """
        self._last_arrival = time.monotonic()
        self._begin_pass()
        while not self.report.stopped and not self._too_late():
            self._fill()
            if self._senders.under_way:
                answer = self._senders.answer(_TICK_S)
                if answer:
                    self._settle(answer)
                    self._on_progress(self.report)
            elif not self._wait_for_more(patience):
                break
        self._ready.clear()  # still in the outbox
        return self.report

    def follow(self, poll: float = 2.0) -> Report:
        """Deliver what waits and what comes, until `hurry` is set; then once more, if the server is well."""
        while not self.report.stopped:
            last = self.hurry.is_set()
            self.drain()
            if last or (self.hurry.is_set() and self.report.trouble):
                break
            self.hurry.wait(poll)
        return self.report

    def _too_late(self) -> bool:
        """In a hurry, a server in trouble is not waited for, and a well one until the deadline."""
        return self.hurry.is_set() and (bool(self.report.trouble) or time.monotonic() >= self.deadline)

    def _begin_pass(self) -> None:
        """Read the outbox from its beginning again."""
        self._after, self._sent = 0, 0

    def _fill(self) -> None:
        """Send while there is room; with trouble about, one request at a time tells if it is over."""
        room = 1 if self._failures else self._room
        while self._senders.under_way < room and time.monotonic() >= self._not_before:
            if not self._ready:
                self._read()
            if not self._ready:
                return
            self._senders.send(self._ready.popleft())
            self._sent += 1

    def _read(self) -> None:
        waiting = self._archive.waiting(self._after, self._documents)
        if waiting:
            self._after = waiting[-1].version
            self._ready.extend(chunks(map(pack, waiting), self._documents, self._size))

    def _wait_for_more(self, patience: float | None) -> bool:
        """With nothing under way and nothing to send now: wait until there may be. False: end here."""
        if not self._ready and time.monotonic() >= self._not_before and not self._next_pass():
            return False
        if patience is not None and time.monotonic() - self._last_arrival > patience:
            return False
        pause = self._not_before - time.monotonic()
        return not (pause > 0 and self.hurry.wait(min(_TICK_S, pause)))

    def _next_pass(self) -> bool:
        """Begin another pass for rows that lie behind: postponed ones, and replayed dead letters."""
        if not self._archive.pending():
            return False
        due = self._archive.next_due()
        if due is None and not self._sent:
            return False
        if not self._sent and due is not None:
            self._not_before = time.monotonic() + max(0.0, (due - datetime.now(UTC)).total_seconds())
        self._begin_pass()
        return True

    def _settle(self, answer: Answer) -> None:
        if answer.error is not None:
            self._settle_failure(answer.chunk, answer.error)
            return
        verdict = _judge(answer)
        self.report.counts += verdict.counts
        self._archive.settle_deliveries(verdict.arrived, verdict.retries, verdict.refused)
        if verdict.arrived or verdict.refused:
            self._last_arrival = time.monotonic()
        if verdict.retries and not verdict.arrived:
            self._back_off(f"Elasticsearch takes no more for now ({verdict.retries[0].error})", first=1.0)
        elif not verdict.left:
            self._failures, self._not_before, self.report.trouble = 0, 0.0, ""
            self._room = min(self._room + 1, self._senders.count * _QUEUE)
        for (outcome, trouble), parcels in verdict.left.items():
            self._hold_up(outcome, Chunk(tuple(parcels)), trouble)

    def _settle_failure(self, chunk: Chunk, error: Exception) -> None:
        outcome = outcome_of_failure(error)
        if outcome is Outcome.SPLIT:
            self._split(chunk, error)
            return
        self.report.counts[outcome] += len(chunk.parcels)
        self._hold_up(outcome, chunk, explain(error, self._where))

    def _hold_up(self, outcome: Outcome, chunk: Chunk, trouble: str) -> None:
        """A chunk that comes back whole: send it again later, or stop."""
        if outcome is Outcome.MISSING:
            self.report.trouble = trouble = self._put_what_is_missing(trouble)
            outcome = Outcome.STOP if trouble else outcome
        if outcome is Outcome.STOP:
            self.report.trouble, self.report.stopped = trouble, True
            return
        self._ready.appendleft(chunk)
        if outcome is Outcome.PAUSE:
            self._back_off(f"the index takes no writes ({trouble})", first=PAUSE_S)
        elif outcome is Outcome.RETRY:
            self._back_off(trouble, first=1.0)

    def _back_off(self, trouble: str, first: float) -> None:
        self.report.trouble = trouble
        if time.monotonic() < self._not_before:
            return  # sent before the last failure was known: the same one once more
        self._failures += 1
        self._room = max(1, self._room // 2)
        self._not_before = time.monotonic() + backoff(self._failures, first=first)

    def _split(self, chunk: Chunk, error: Exception) -> None:
        if len(chunk.parcels) > 1:
            self._ready.extendleft(reversed(chunk.halves()))
            return
        (parcel,) = chunk.parcels
        letter = _dead(parcel, type(error).__name__, explain(error, self._where), datetime.now(UTC))
        self._archive.settle_deliveries([], [], [letter])
        self.report.counts[Outcome.REFUSED] += 1
        self._last_arrival = time.monotonic()

    def _put_what_is_missing(self, trouble: str) -> str:
        """Put templates and aliases, once. Returns what is still wrong; "": send again."""
        if self._may_set_up:
            self._may_set_up = False
            try:
                set_up(self._client)
            except (ApiError, TransportError) as error:
                return f"{explain(error, self._where)}; let somebody who may run: newscrawl index --setup"
            self._too_early = self._senders.under_way
            return ""
        if self._too_early:  # sent before that, and answered after it
            self._too_early -= 1
            return ""
        return f"{trouble}; put templates and aliases first: newscrawl index --setup"


@dataclass(slots=True)
class _Verdict:
    """The documents of one answer, sorted by what is to be done with them."""

    counts: Counter[Outcome] = field(default_factory=Counter)
    arrived: list[Sent] = field(default_factory=list)
    retries: list[Retry] = field(default_factory=list)
    refused: list[DeadLetter] = field(default_factory=list)
    left: dict[tuple[Outcome, str], list[Parcel]] = field(default_factory=dict)
    """What concerns more than these documents, by outcome and trouble."""


def _judge(answer: Answer) -> _Verdict:
    verdict = _Verdict()
    waits: dict[int, timedelta] = {}
    now = datetime.now(UTC)
    for parcel, item in zip(answer.chunk.parcels, answer.items, strict=True):
        outcome, kind, reason = outcome_of_item(item)
        if outcome is Outcome.SPLIT:
            outcome = Outcome.REFUSED  # alone already
        verdict.counts[outcome] += 1
        if outcome in ARRIVED:
            verdict.arrived.append(parcel)
        elif outcome is Outcome.RETRY:
            # Those that failed together come back together: one request, not forty.
            later = waits.setdefault(parcel.attempts, timedelta(seconds=backoff(parcel.attempts + 1)))
            verdict.retries.append(Retry(parcel.article_id, parcel.version, now + later, f"{kind}: {reason}"))
        elif outcome is Outcome.REFUSED:
            verdict.refused.append(_dead(parcel, kind, reason, now))
        else:
            verdict.left.setdefault((outcome, f"{kind}: {reason}"), []).append(parcel)
    return verdict


def _dead(parcel: Parcel, kind: str, reason: str, now: datetime) -> DeadLetter:
    return DeadLetter(parcel.article_id, parcel.version, kind, reason, parcel.source, now)
