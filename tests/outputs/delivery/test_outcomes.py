"""The outcome table, answer by answer."""

import elastic_transport
import pytest
from elasticsearch import ApiError, UnsupportedProductError

from newscrawl.outputs.delivery.outcomes import Outcome, outcome_of_failure, outcome_of_item


def meta(status):
    return elastic_transport.ApiResponseMeta(status, "1.1", elastic_transport.HttpHeaders(), 0.1, None)


def failure(status, kind="", reason=""):
    return ApiError(kind, meta(status), {"error": {"type": kind, "reason": reason}, "status": status})


ITEMS = [
    (201, "", "", Outcome.DELIVERED),
    (200, "", "", Outcome.DELIVERED),
    (409, "version_conflict_engine_exception", "", Outcome.STALE),
    (400, "document_parsing_exception", "failed to parse", Outcome.REFUSED),
    (400, "illegal_argument_exception", "immense term", Outcome.REFUSED),
    (400, "illegal_argument_exception", "no write index is defined for alias [a]", Outcome.MISSING),
    (400, "index_closed_exception", "closed", Outcome.STOP),
    (404, "index_not_found_exception", "no such index", Outcome.MISSING),
    (429, "es_rejected_execution_exception", "queue", Outcome.RETRY),
    (429, "cluster_block_exception", "flood stage", Outcome.PAUSE),
    (403, "cluster_block_exception", "flood stage", Outcome.PAUSE),
    (403, "security_exception", "no", Outcome.STOP),
    (503, "unavailable_shards_exception", "primary", Outcome.RETRY),
    (500, "null_pointer_exception", "", Outcome.RETRY),
]


@pytest.mark.parametrize(("status", "kind", "reason", "outcome"), ITEMS)
def test_items(status, kind, reason, outcome):
    item = {"_id": "a", "status": status}
    if kind:
        item["error"] = {"type": kind, "reason": reason}
    assert outcome_of_item(item) == (outcome, kind, reason)


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (failure(413), Outcome.SPLIT),
        (failure(400, "illegal_argument_exception", "malformed"), Outcome.SPLIT),
        (failure(429, "es_rejected_execution_exception"), Outcome.RETRY),
        (failure(429, "cluster_block_exception"), Outcome.PAUSE),
        (failure(502), Outcome.RETRY),
        (failure(503), Outcome.RETRY),
        (failure(504), Outcome.RETRY),
        (failure(401, "security_exception"), Outcome.STOP),
        (failure(403, "security_exception"), Outcome.STOP),
        (failure(404, "index_not_found_exception"), Outcome.MISSING),
        (elastic_transport.ConnectionError("refused"), Outcome.RETRY),
        (elastic_transport.ConnectionTimeout("slow"), Outcome.RETRY),
        (elastic_transport.TlsError("bad certificate"), Outcome.STOP),
        (UnsupportedProductError("not it", meta(200), {}), Outcome.STOP),
    ],
)
def test_whole_requests(error, outcome):
    assert outcome_of_failure(error) is outcome


def test_nothing_unknown_is_taken_for_delivered():
    for status in range(100, 600):
        outcome, _, _ = outcome_of_item({"_id": "a", "status": status})
        assert (outcome is Outcome.DELIVERED) == (status in (200, 201))
