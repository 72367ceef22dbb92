"""What Elasticsearch's answers mean: the one place where they are judged.

| answer | verdict |
|---|---|
| 200, 201; 404 for the removal of a document that is not there | DELIVERED |
| 409 | STALE: a newer version is there already, which is as good |
| 400 for the document | REFUSED: a dead letter |
| 413, or 400 for a whole request | SPLIT: send halves; one document alone is REFUSED |
| 429, 5xx, no connection, no answer in time | RETRY: wait and send again |
| `cluster_block_exception`, whatever the status | PAUSE: the index takes no writes for now |
| 404, or no write index behind the alias | MISSING: templates and aliases must be put first |
| 401, 403, an untrusted certificate, a closed index | STOP: a person must mend something |

A flood-stage block comes as 429 or 403, depending on the version: its type tells it from a full queue.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import elastic_transport
from elasticsearch import ApiError, UnsupportedProductError

from newscrawl.outputs.delivery.bulk import BulkAnswer, Operation
from newscrawl.search.elastic.connection import fault_of
from newscrawl.store import DeadLetter, Retry, Sent

FIRST_WAIT_S = 1.0
LONGEST_WAIT_S = 60.0
BLOCKED = "cluster_block_exception"
NO_WRITE_INDEX = "no write index is defined"
INDEX_FAULTS = frozenset({"index_closed_exception", "invalid_index_name_exception", "validation_exception"})
"""Types of a 400 that are no fault of the document: every document would be refused for them."""


class Verdict(Enum):
    """What to do with a document, or with a whole request."""

    DELIVERED = "delivered"
    STALE = "stale"
    REFUSED = "refused"
    SPLIT = "split"
    RETRY = "retry"
    PAUSE = "pause"
    MISSING = "missing"
    STOP = "stop"


ARRIVED = frozenset({Verdict.DELIVERED, Verdict.STALE})


@dataclass(slots=True)
class Report:
    """What a delivery did."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    trouble: str = ""
    """What keeps the rest from being delivered, in a sentence; "" when nothing does."""
    stopped: bool = False
    """Whether a person must mend that; waiting does not."""

    @property
    def arrived(self) -> int:
        """Documents that are in the index, as sent or newer."""
        return sum(self.counts[verdict] for verdict in ARRIVED)

    @property
    def refused(self) -> int:
        """Documents that became dead letters."""
        return self.counts[Verdict.REFUSED]

    def sentence(self, pending: int, dead: int) -> str:
        """What arrived, what waits and why, and what was refused.

        Args:
            pending: articles that wait in the outbox.
            dead: dead letters, those of earlier deliveries included.
        """
        text = f"Elasticsearch: {self.arrived:,} delivered, {pending:,} pending"
        if pending:
            trouble = self.trouble.rstrip(".")
            text += f": {trouble}" if trouble else ""
            text += "" if text.endswith("?") else "."
            text += " `newscrawl index` sends them."
        else:
            text += "."
        if dead:
            text += f" {dead:,} refused: see `newscrawl deadletters`."
        return text


@dataclass(slots=True)
class Judged:
    """The documents of one answer, sorted by what to do with them."""

    counts: Counter[Verdict] = field(default_factory=Counter)
    arrived: list[Sent] = field(default_factory=list)
    retries: list[Retry] = field(default_factory=list)
    refused: list[DeadLetter] = field(default_factory=list)
    others: dict[tuple[Verdict, str], list[Operation]] = field(default_factory=dict)
    """Documents that met a fault of the index, by verdict and reason."""


def judge(answer: BulkAnswer, now: datetime) -> Judged:
    """Judge each document of an answer that came as a whole.

    Args:
        answer: with one item for each of its operations.
        now: the time that waits count from, with an offset.
    """
    judged = Judged()
    waits: dict[int, timedelta] = {}
    for one, item in zip(answer.request.operations, answer.items, strict=True):
        verdict, kind, reason = verdict_of_item(item, one.is_removal)
        judged.counts[verdict] += 1
        if verdict in ARRIVED:
            judged.arrived.append(one)
        elif verdict is Verdict.RETRY or (verdict is Verdict.REFUSED and one.is_removal):
            # Those that failed together come back together: one request, not forty.
            wait = waits.setdefault(one.attempts, timedelta(seconds=backoff(one.attempts + 1)))
            judged.retries.append(Retry(one.article_id, one.version, now + wait, f"{kind}: {reason}"))
        elif verdict is Verdict.REFUSED:
            judged.refused.append(dead_letter(one, kind, reason, now))
        else:
            judged.others.setdefault((verdict, f"{kind}: {reason}"), []).append(one)
    return judged


def verdict_of_item(item: dict[str, Any], removal: bool = False) -> tuple[Verdict, str, str]:
    """The verdict on one document of an answer, with the error's type and reason ("" without an error).

    Args:
        item: the inner object of an item, e.g. {"_id": …, "status": 201}.
        removal: whether the document was to be removed, so that it is as good if there is none.
    """
    if removal and item.get("status") == 404 and "error" not in item:
        return Verdict.DELIVERED, "", ""
    kind, reason = fault_of(item) if "error" in item else ("", "")
    verdict = _verdict(int(item.get("status", 0)), kind, reason)
    return Verdict.REFUSED if verdict is Verdict.SPLIT else verdict, kind, reason


def verdict_of_failure(error: Exception) -> Verdict:
    """The verdict on a bulk request that failed as a whole."""
    if isinstance(error, elastic_transport.TlsError | UnsupportedProductError):
        return Verdict.STOP
    if isinstance(error, elastic_transport.ConnectionError | elastic_transport.ConnectionTimeout):
        return Verdict.RETRY
    if isinstance(error, ApiError):
        verdict = _verdict(error.status_code, *fault_of(error.body))
        return Verdict.SPLIT if verdict is Verdict.REFUSED else verdict
    return Verdict.STOP


def _verdict(status: int, kind: str, reason: str) -> Verdict:
    if kind == BLOCKED:
        return Verdict.PAUSE
    if status == 404 or NO_WRITE_INDEX in reason:
        return Verdict.MISSING
    if kind in INDEX_FAULTS:
        return Verdict.STOP
    if status >= 500 or status in (408, 429):
        return Verdict.RETRY
    exact = {
        200: Verdict.DELIVERED,
        201: Verdict.DELIVERED,
        400: Verdict.REFUSED,
        409: Verdict.STALE,
        413: Verdict.SPLIT,
    }
    return exact.get(status, Verdict.STOP)


def dead_letter(operation: Operation, kind: str, reason: str, now: datetime) -> DeadLetter:
    """The dead letter of a refused document."""
    return DeadLetter(operation.article_id, operation.version, kind, reason, operation.source, now)


def backoff(tries: int, *, first: float = FIRST_WAIT_S, longest: float = LONGEST_WAIT_S) -> float:
    """Seconds to wait after `tries` failures in a row: doubling, with jitter, at most `longest`.

    Half of it is chance, so that many clients of one server do not come back all at once
    (M. Brooker, "Exponential Backoff And Jitter", 2015: "equal jitter").
    """
    full = min(longest, first * 2.0 ** min(max(tries - 1, 0), 30))
    return full / 2 + random.uniform(0, full / 2)  # noqa: S311  (no secret)
