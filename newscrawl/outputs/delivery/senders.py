"""Threads that send bulk requests, so that the next chunk is made while the server works on the last."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass
from typing import Any

from elasticsearch import Elasticsearch

from newscrawl.outputs.delivery.chunks import Chunk
from newscrawl.search.elastic.names import WRITE_ALIAS

_ANSWER = "errors,items.*._id,items.*.status,items.*.error"
"""What is read of an answer; the rest, half its size, is left out by the server."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back for a chunk: one item a document, or an error for all."""

    chunk: Chunk
    items: tuple[dict[str, Any], ...] = ()
    error: Exception | None = None


class Senders:
    """`count` threads. They are daemons: a server that hangs must not keep a finished crawl from ending."""

    def __init__(self, client: Elasticsearch, count: int, timeout: float) -> None:
        self._client = client.options(request_timeout=timeout, max_retries=0)
        self._chunks: queue.SimpleQueue[Chunk | None] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
        self.under_way = 0
        self.count = count
        for number in range(count):
            threading.Thread(target=self._work, name=f"sender-{number}", daemon=True).start()

    def send(self, chunk: Chunk) -> None:
        """Send a chunk as soon as a thread is free."""
        self.under_way += 1
        self._chunks.put(chunk)

    def answer(self, timeout: float) -> Answer | None:
        """The next answer, or None when none came within `timeout` seconds."""
        try:
            answer = self._answers.get(timeout=timeout)
        except queue.Empty:
            return None
        self.under_way -= 1
        return answer

    def close(self) -> None:
        """Let the threads end after what they are sending."""
        for _ in range(self.count):
            self._chunks.put(None)

    def _work(self) -> None:
        while chunk := self._chunks.get():
            self._answers.put(self._send(chunk))

    def _send(self, chunk: Chunk) -> Answer:
        lines: Any = chunk.operations()  # the client takes lines of JSON too, whatever its annotation says
        try:
            answer = self._client.bulk(
                index=WRITE_ALIAS, operations=lines, require_alias=True, filter_path=_ANSWER
            )
            items = tuple(item["index"] for item in answer["items"])
        except Exception as error:  # whatever it is, the chunk must come back
            return Answer(chunk, error=error)
        if [item["_id"] for item in items] != [parcel.article_id for parcel in chunk.parcels]:
            return Answer(chunk, error=RuntimeError("the answer's ids are not those that were sent"))
        return Answer(chunk, items)
