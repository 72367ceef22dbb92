"""What an answer of Elasticsearch means for a document: the one table of outcomes.

| answer | outcome |
|---|---|
| 200, 201 | DELIVERED |
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

from enum import Enum
from typing import Any

import elastic_transport
from elasticsearch import ApiError, UnsupportedProductError

from newscrawl.search.elastic.connection import fault_of


class Outcome(Enum):
    """What to do with a document, or with a whole request."""

    DELIVERED = "delivered"
    STALE = "stale"
    REFUSED = "refused"
    SPLIT = "split"
    RETRY = "retry"
    PAUSE = "pause"
    MISSING = "missing"
    STOP = "stop"


ARRIVED = frozenset({Outcome.DELIVERED, Outcome.STALE})

BLOCKED = "cluster_block_exception"
NO_WRITE_INDEX = "no write index is defined"
INDEX_FAULTS = frozenset({"index_closed_exception", "invalid_index_name_exception", "validation_exception"})
"""Types of a 400 that are no fault of the document: burying it for them would bury them all."""


def outcome_of_item(item: dict[str, Any]) -> tuple[Outcome, str, str]:
    """The outcome of one document of a bulk answer, with the error's type and reason.

    Args:
        item: the inner object of an item, e.g. {"_id": …, "status": 201}.
    """
    kind, reason = fault_of(item) if "error" in item else ("", "")
    return _outcome(int(item.get("status", 0)), kind, reason), kind, reason


def outcome_of_failure(error: Exception) -> Outcome:
    """The outcome of a bulk request that failed as a whole."""
    if isinstance(error, elastic_transport.TlsError | UnsupportedProductError):
        return Outcome.STOP
    if isinstance(error, elastic_transport.ConnectionError | elastic_transport.ConnectionTimeout):
        return Outcome.RETRY
    if isinstance(error, ApiError):
        outcome = _outcome(error.status_code, *fault_of(error.body))
        return Outcome.SPLIT if outcome is Outcome.REFUSED else outcome
    return Outcome.STOP


def _outcome(status: int, kind: str, reason: str) -> Outcome:
    if kind == BLOCKED:
        return Outcome.PAUSE
    if status == 404 or NO_WRITE_INDEX in reason:
        return Outcome.MISSING
    if kind in INDEX_FAULTS:
        return Outcome.STOP
    if status >= 500 or status in (408, 429):
        return Outcome.RETRY
    exact = {
        200: Outcome.DELIVERED,
        201: Outcome.DELIVERED,
        400: Outcome.REFUSED,
        409: Outcome.STALE,
        413: Outcome.SPLIT,
    }
    return exact.get(status, Outcome.STOP)
