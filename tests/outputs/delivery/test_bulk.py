"""Bulk requests: bounded by documents and bytes, in order, and nothing left out."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.outputs.delivery.bulk import Operation, bulk_requests, operation_for
from newscrawl.store import Waiting
from tests.outputs.delivery.world import articles


def operation(number, size):
    return Operation(str(number), 1, 0, "{}", "x" * size)


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 10), st.integers(1, 500))
def test_every_operation_is_in_one_request_within_the_bounds(sizes, documents, limit):
    operations = [operation(number, size) for number, size in enumerate(sizes)]
    made = list(bulk_requests(operations, documents, limit))
    assert [one for request in made for one in request.operations] == operations
    for request in made:
        assert 1 <= len(request.operations) <= documents
        assert len(request.operations) == 1 or sum(one.size for one in request.operations) <= limit


@given(st.integers(2, 50))
def test_halves_hold_everything(number):
    (request,) = bulk_requests([operation(place, 1) for place in range(number)], 100, 10_000)
    one, other = request.halves()
    assert one.operations + other.operations == request.operations
    assert one.operations
    assert other.operations


def test_an_article_on_the_wire():
    (article,) = articles(1)
    article.first_seen_at = article.published_at + timedelta(minutes=5)
    sent = operation_for(Waiting(article.id, article, 7, 0))
    assert json.loads(sent.action) == {
        "index": {"_id": article.id, "version": 7, "version_type": "external_gte"}
    }
    document = json.loads(sent.source)
    assert document["body"] == article.body
    assert document["lag_seconds"] == 300
    assert "summary" not in document  # what is empty would be a term of its own
    assert sent.size == len(sent.action.encode()) + len(sent.source.encode()) + 2
