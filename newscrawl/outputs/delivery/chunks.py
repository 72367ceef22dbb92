"""Waiting articles → bulk requests, bounded by documents and by bytes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newscrawl.search.elastic.mapping import document
from newscrawl.store import Sent, Waiting

CHUNK_DOCUMENTS = 300
CHUNK_BYTES = 5_000_000


@dataclass(frozen=True, slots=True)
class Parcel(Sent):
    """One document ready to be sent."""

    attempts: int
    action: str
    source: str

    @property
    def size(self) -> int:
        """Bytes that it adds to a request."""
        return len(self.action) + len(self.source.encode()) + 2


@dataclass(frozen=True, slots=True)
class Chunk:
    """One bulk request. Every id stands in it once: the outbox holds one row an article."""

    parcels: tuple[Parcel, ...]

    def operations(self) -> list[str]:
        """The lines of the request."""
        return [line for parcel in self.parcels for line in (parcel.action, parcel.source)]

    def halves(self) -> tuple[Chunk, Chunk]:
        """Two chunks with half the parcels each."""
        middle = len(self.parcels) // 2
        return Chunk(self.parcels[:middle]), Chunk(self.parcels[middle:])


def pack(waiting: Waiting) -> Parcel:
    """An article as it goes over the wire.

    `external_gte`: sending the same version again overwrites it with itself, an older one is refused (409).
    """
    article = waiting.article
    action = {"_id": article.id, "version": waiting.version, "version_type": "external_gte"}
    return Parcel(
        article.id,
        waiting.version,
        waiting.attempts,
        json.dumps({"index": action}),
        json.dumps(document(article), ensure_ascii=False, separators=(",", ":")),
    )


def chunks(parcels: Iterable[Parcel], documents: int, size: int) -> Iterator[Chunk]:
    """Group parcels in order; one that is larger than `size` bytes goes alone."""
    group: list[Parcel] = []
    total = 0
    for parcel in parcels:
        if group and (len(group) == documents or total + parcel.size > size):
            yield Chunk(tuple(group))
            group, total = [], 0
        group.append(parcel)
        total += parcel.size
    if group:
        yield Chunk(tuple(group))
