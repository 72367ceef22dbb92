"""The deliverer: drains the outbox into Elasticsearch, or fills a whole new index from the store.

A row leaves the outbox only with the server's answer for that very document and version. Whatever else
happens (see `answers`) leaves it there, to be sent again. Killed at any line, the next run goes on.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime

from elasticsearch import ApiError, Elasticsearch, TransportError

from newscrawl.outputs.delivery.answers import (
    FIRST_WAIT_S,
    Report,
    Verdict,
    backoff,
    dead_letter,
    judge,
    verdict_of_failure,
)
from newscrawl.outputs.delivery.bulk import (
    REQUEST_BYTES,
    REQUEST_DOCUMENTS,
    BulkAnswer,
    BulkRequest,
    Senders,
    bulk_requests,
    operation_for,
)
from newscrawl.search.elastic.connection import ElasticError, addresses, explain
from newscrawl.search.elastic.migrate import point_readers, point_writers
from newscrawl.search.elastic.setup import next_name, put_templates, read_state, set_up
from newscrawl.store import Archive

PAUSE_S = 5.0
"""First pause when the index takes no writes; a full disk is not emptied in a second."""
REQUEST_TIMEOUT_S = 60.0
_TICK_S = 0.5

_QUEUE = 2
"""Requests made for each sender, the one it is sending included."""


class Deliverer:
    """Drains the outbox of one archive. One thread uses it; any thread may set `hurry`.

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
        documents: int = REQUEST_DOCUMENTS,
        size: int = REQUEST_BYTES,
        timeout: float = REQUEST_TIMEOUT_S,
        may_set_up: bool = True,
        on_progress: Callable[[Report], None] | None = None,
    ) -> None:
        self.report = Report()
        self.hurry = threading.Event()
        """When set: finish what needs no waiting, and end."""
        self.deadline = float("inf")
        """When to end in any case, in seconds of `time.monotonic()`."""
        self._archive, self._client, self._where = archive, client, addresses(client)
        self._senders = Senders(client, senders, timeout)
        self._documents, self._size = documents, size
        self._may_set_up = may_set_up
        self._sent_before_setup = 0
        self._on_progress = on_progress or (lambda _report: None)
        self._ready: deque[BulkRequest] = deque()
        self._after, self._sent = 0, 0
        self._room = self._senders.count * _QUEUE
        """Requests under way at most: one more after every good answer, half as many after a failure."""
        self._failures = 0
        self._not_before = 0.0
        self._last_arrival = 0.0

    def close(self) -> None:
        """End the sending threads."""
        self._senders.close()

    def drain(self, patience: float | None = None) -> Report:
        """Deliver what waits.

        Args:
            patience: seconds without any arrival after which to give up; None: never.

        Returns:
            The report, with the totals since the deliverer was made. What could not be delivered is still
            in the outbox.
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
        """In a hurry, wait for no server in trouble, and for a healthy one until the deadline."""
        return self.hurry.is_set() and (bool(self.report.trouble) or time.monotonic() >= self.deadline)

    def _begin_pass(self) -> None:
        """Read the outbox from its beginning again."""
        self._after, self._sent = 0, 0

    def _fill(self) -> None:
        """Send while there is room; in trouble only one request at a time, to see whether it is over."""
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
            self._ready.extend(bulk_requests(map(operation_for, waiting), self._documents, self._size))

    def _wait_for_more(self, patience: float | None) -> bool:
        """Wait while nothing is under way and nothing can be sent now. False: nothing is left to wait for."""
        if not self._ready and time.monotonic() >= self._not_before and not self._next_pass():
            return False
        if patience is not None and time.monotonic() - self._last_arrival > patience:
            return False
        pause = self._not_before - time.monotonic()
        return not (pause > 0 and self.hurry.wait(min(_TICK_S, pause)))

    def _next_pass(self) -> bool:
        """Begin another pass, for rows that we have passed: postponed ones, and replayed dead letters."""
        if not self._archive.pending():
            return False
        due = self._archive.next_due()
        if due is None and not self._sent:
            return False
        if not self._sent and due is not None:
            self._not_before = time.monotonic() + max(0.0, (due - datetime.now(UTC)).total_seconds())
        self._begin_pass()
        return True

    def _settle(self, answer: BulkAnswer) -> None:
        if answer.error is not None:
            self._settle_failure(answer.request, answer.error)
            return
        judged = judge(answer, datetime.now(UTC))
        self.report.counts += judged.counts
        self._archive.settle_deliveries(judged.arrived, judged.retries, judged.refused)
        if judged.arrived or judged.refused:
            self._last_arrival = time.monotonic()
        if judged.retries and not judged.arrived:
            self._back_off(f"Elasticsearch takes no more for now ({judged.retries[0].error})")
        elif not judged.others:
            self._failures, self._not_before, self.report.trouble = 0, 0.0, ""
            self._room = min(self._room + 1, self._senders.count * _QUEUE)
        for (verdict, trouble), operations in judged.others.items():
            self._send_later(verdict, BulkRequest(tuple(operations)), trouble)

    def _settle_failure(self, request: BulkRequest, error: Exception) -> None:
        verdict = verdict_of_failure(error)
        if verdict is Verdict.SPLIT:
            self._split(request, error)
            return
        self.report.counts[verdict] += len(request.operations)
        self._send_later(verdict, request, explain(error, self._where))

    def _send_later(self, verdict: Verdict, request: BulkRequest, trouble: str) -> None:
        """Send a request again later, or stop where only a person can mend the trouble."""
        if verdict is Verdict.MISSING:
            self.report.trouble = trouble = self._put_what_is_missing(trouble)
            verdict = Verdict.STOP if trouble else verdict
        if verdict is Verdict.STOP:
            self.report.trouble, self.report.stopped = trouble, True
            return
        self._ready.appendleft(request)
        if verdict is Verdict.PAUSE:
            self._back_off(f"the index takes no writes ({trouble})", first=PAUSE_S)
        elif verdict is Verdict.RETRY:
            self._back_off(trouble)

    def _back_off(self, trouble: str, first: float = FIRST_WAIT_S) -> None:
        self.report.trouble = trouble
        if time.monotonic() < self._not_before:
            return  # sent before we knew of the last failure: the same one once more
        self._failures += 1
        self._room = max(1, self._room // 2)
        self._not_before = time.monotonic() + backoff(self._failures, first=first)

    def _split(self, request: BulkRequest, error: Exception) -> None:
        if len(request.operations) > 1:
            self._ready.extendleft(reversed(request.halves()))
            return
        (one,) = request.operations
        if one.is_removal:
            self._send_later(Verdict.STOP, request, explain(error, self._where))
            return
        dead = dead_letter(one, type(error).__name__, explain(error, self._where), datetime.now(UTC))
        self._archive.settle_deliveries([], [], [dead])
        self.report.counts[Verdict.REFUSED] += 1
        self._last_arrival = time.monotonic()

    def _put_what_is_missing(self, trouble: str) -> str:
        """Put templates and aliases, once. Returns what is still wrong; "": send again."""
        if self._may_set_up:
            self._may_set_up = False
            try:
                set_up(self._client)
            except (ApiError, TransportError) as error:
                return (
                    f"{explain(error, self._where)}; let somebody who may do it run: newscrawl index --setup"
                )
            self._sent_before_setup = self._senders.under_way
            return ""
        if self._sent_before_setup:
            self._sent_before_setup -= 1
            return ""
        return f"{trouble}; put templates and aliases first: newscrawl index --setup"


def rebuild(
    archive: Archive, client: Elasticsearch, deliverer: Deliverer, patience: float | None
) -> tuple[Report, tuple[str, ...]]:
    """Fill a new index with every article of the store that it is to have, then let readers use it.

    Until then they see the old one. Killed in between, run it again: it fills the same new index from the
    beginning, which changes nothing that is there already.

    Returns:
        The delivery's report, and the indexes that are out of use now (none when it did not end).

    Raises:
        ElasticError: after the delivery the index holds fewer articles than it must.
        elasticsearch.ApiError, elastic_transport.TransportError: refused, or not reached.
    """
    set_up(client)
    state = read_state(client)
    new = state.write[0]
    if state.read == state.write:
        new = next_name(state)
        put_templates(client)
        client.indices.create(index=new)
        point_writers(client, state, new)
    archive.requeue_all()  # after the alias has moved: what is delivered from here on is in the new index
    report = deliverer.drain(patience)
    if archive.pending():
        return report, ()
    client.indices.refresh(index=new)
    found = int(client.count(index=new)["count"])
    expected = archive.count_for_elasticsearch() - archive.count_dead_letters() - archive.pending()
    if found < expected:
        raise ElasticError(f"{new} holds {found:,} of {expected:,} articles; readers stay with the old index")
    return report, point_readers(client, new)
