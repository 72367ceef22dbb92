"""The table of verdicts, answer by answer; and how long to wait before the next try."""

import elastic_transport
import pytest
from elasticsearch import ApiError, UnsupportedProductError
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.outputs.delivery.answers import Verdict, backoff, verdict_of_failure, verdict_of_item


def meta(status):
    return elastic_transport.ApiResponseMeta(status, "1.1", elastic_transport.HttpHeaders(), 0.1, None)


def failure(status, kind="", reason=""):
    return ApiError(kind, meta(status), {"error": {"type": kind, "reason": reason}, "status": status})


ITEMS = [
    (201, "", "", Verdict.DELIVERED),
    (200, "", "", Verdict.DELIVERED),
    (409, "version_conflict_engine_exception", "", Verdict.STALE),
    (400, "document_parsing_exception", "failed to parse", Verdict.REFUSED),
    (400, "illegal_argument_exception", "immense term", Verdict.REFUSED),
    (400, "illegal_argument_exception", "no write index is defined for alias [a]", Verdict.MISSING),
    (400, "index_closed_exception", "closed", Verdict.STOP),
    (404, "index_not_found_exception", "no such index", Verdict.MISSING),
    (429, "es_rejected_execution_exception", "queue", Verdict.RETRY),
    (429, "cluster_block_exception", "flood stage", Verdict.PAUSE),
    (403, "cluster_block_exception", "flood stage", Verdict.PAUSE),
    (403, "security_exception", "no", Verdict.STOP),
    (413, "", "", Verdict.REFUSED),  # one document: there is nothing to split
    (503, "unavailable_shards_exception", "primary", Verdict.RETRY),
    (500, "null_pointer_exception", "", Verdict.RETRY),
]


@pytest.mark.parametrize(("status", "kind", "reason", "verdict"), ITEMS)
def test_items(status, kind, reason, verdict):
    item = {"_id": "a", "status": status}
    if kind:
        item["error"] = {"type": kind, "reason": reason}
    assert verdict_of_item(item) == (verdict, kind, reason)


@pytest.mark.parametrize(
    ("error", "verdict"),
    [
        (failure(413), Verdict.SPLIT),
        (failure(400, "illegal_argument_exception", "malformed"), Verdict.SPLIT),
        (failure(429, "es_rejected_execution_exception"), Verdict.RETRY),
        (failure(429, "cluster_block_exception"), Verdict.PAUSE),
        (failure(502), Verdict.RETRY),
        (failure(503), Verdict.RETRY),
        (failure(504), Verdict.RETRY),
        (failure(401, "security_exception"), Verdict.STOP),
        (failure(403, "security_exception"), Verdict.STOP),
        (failure(404, "index_not_found_exception"), Verdict.MISSING),
        (elastic_transport.ConnectionError("refused"), Verdict.RETRY),
        (elastic_transport.ConnectionTimeout("slow"), Verdict.RETRY),
        (elastic_transport.TlsError("bad certificate"), Verdict.STOP),
        (UnsupportedProductError("not it", meta(200), {}), Verdict.STOP),
    ],
)
def test_whole_requests(error, verdict):
    assert verdict_of_failure(error) is verdict


def test_nothing_unknown_is_taken_for_delivered():
    for status in range(100, 600):
        verdict, _, _ = verdict_of_item({"_id": "a", "status": status})
        assert (verdict is Verdict.DELIVERED) == (status in (200, 201))


@given(st.integers(0, 10_000), st.floats(0.01, 10), st.floats(10, 600))
def test_bounded_and_never_zero(tries, first, longest):
    assert 0 < backoff(tries, first=first, longest=longest) <= longest


def test_it_doubles_and_differs():
    for tries in (1, 2, 3, 4):
        waits = {backoff(tries) for _ in range(50)}
        assert all(2 ** (tries - 1) / 2 <= wait <= 2 ** (tries - 1) for wait in waits)
        assert len(waits) > 1
