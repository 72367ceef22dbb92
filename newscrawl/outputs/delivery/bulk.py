"""Bulk requests: made of waiting articles, bounded by documents and by bytes, and sent by threads.

While the server works on one request, the next ones are made and judged.
"""

from __future__ import annotations

import json
import queue
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from newscrawl.search.elastic.mapping import WRITE_ALIAS, document
from newscrawl.store import Sent, Waiting

REQUEST_DOCUMENTS = 300
REQUEST_BYTES = 5_000_000
_ANSWER = "errors,items.*._id,items.*.status,items.*.error"
"""What the server is asked to answer; it leaves out the rest, half an answer's size."""


@dataclass(frozen=True, slots=True)
class Operation(Sent):
    """One operation of a bulk request: an article's document to be indexed, or an id to be removed."""

    attempts: int
    action: str
    """The line that says what to do, JSON."""
    source: str
    """The line with the document, JSON; "" for a removal, which has none."""

    @property
    def is_removal(self) -> bool:
        """Whether it takes a document out of the index."""
        return not self.source

    @property
    def size(self) -> int:
        """Bytes that it adds to a request."""
        return len(self.action) + len(self.source.encode()) + 2


@dataclass(frozen=True, slots=True)
class BulkRequest:
    """One bulk request. It holds every id once, because the outbox holds one row an article."""

    operations: tuple[Operation, ...]

    def lines(self) -> list[str]:
        """The lines of the request's body."""
        return [line for one in self.operations for line in (one.action, one.source) if line]

    def halves(self) -> tuple[BulkRequest, BulkRequest]:
        """Two requests with half the operations each."""
        middle = len(self.operations) // 2
        return BulkRequest(self.operations[:middle]), BulkRequest(self.operations[middle:])


def operation_for(waiting: Waiting) -> Operation:
    """The operation that indexes an article, or removes an id that Elasticsearch is to have none of.

    With `external_gte`, sending the same version again overwrites it with itself; an older version is
    refused (409).
    """
    article, source = waiting.article, ""
    if article is not None:
        source = json.dumps(document(article), ensure_ascii=False, separators=(",", ":"))
    action = {"_id": waiting.article_id, "version": waiting.version, "version_type": "external_gte"}
    line = json.dumps({"index" if source else "delete": action})
    return Operation(waiting.article_id, waiting.version, waiting.attempts, line, source)


def bulk_requests(operations: Iterable[Operation], documents: int, size: int) -> Iterator[BulkRequest]:
    """Group operations in order.

    Args:
        operations: to be sent.
        documents: documents in a request, at most.
        size: bytes in a request, at most; an operation larger than that goes alone.
    """
    group: list[Operation] = []
    total = 0
    for one in operations:
        if group and (len(group) == documents or total + one.size > size):
            yield BulkRequest(tuple(group))
            group, total = [], 0
        group.append(one)
        total += one.size
    if group:
        yield BulkRequest(tuple(group))


@dataclass(frozen=True, slots=True)
class BulkAnswer:
    """What came back for a request: one item a document, or an error for all."""

    request: BulkRequest
    items: tuple[dict[str, Any], ...] = ()
    """The inner object of each item: {"_id": …, "status": 201}."""
    error: Exception | None = None


class Senders:
    """Threads that send requests. They are daemons: a hanging server must not keep a crawl from ending.

    Args:
        client: the server.
        count: how many threads.
        timeout: seconds that a request may take.
    """

    def __init__(self, client: Elasticsearch, count: int, timeout: float) -> None:
        self._client = client.options(request_timeout=timeout, max_retries=0)
        self._requests: queue.SimpleQueue[BulkRequest | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[BulkAnswer] = queue.SimpleQueue()
        self.under_way = 0
        self.count = count
        for number in range(count):
            threading.Thread(target=self._work, name=f"sender-{number}", daemon=True).start()

    def send(self, request: BulkRequest) -> None:
        """Send a request as soon as a thread is free."""
        self.under_way += 1
        self._requests.put(request)

    def answer(self, timeout: float) -> BulkAnswer | None:
        """The next answer, or None when none came within `timeout` seconds."""
        try:
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            return None
        self.under_way -= 1
        return answer

    def close(self) -> None:
        """Let each thread end after the request it is sending."""
        for _ in range(self.count):
            self._requests.put(None)

    def _work(self) -> None:
        while request := self._requests.get():
            self._answers.put(self._send(request))

    def _send(self, request: BulkRequest) -> BulkAnswer:
        lines: Any = request.lines()  # the client takes lines of JSON too, whatever its annotation says
        try:
            answer = self._client.bulk(
                index=WRITE_ALIAS, operations=lines, require_alias=True, filter_path=_ANSWER
            )
            items = tuple(next(iter(item.values())) for item in answer["items"])
        except Exception as error:  # whatever it is, the deliverer must hear of the request
            return BulkAnswer(request, error=error)
        if [item["_id"] for item in items] != [one.article_id for one in request.operations]:
            return BulkAnswer(request, error=RuntimeError("the answer's ids are not those that were sent"))
        return BulkAnswer(request, items)
