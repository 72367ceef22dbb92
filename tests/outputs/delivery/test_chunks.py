"""Chunks: bounded by documents and bytes, in order, and nothing left out."""

import json
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.outputs.delivery.chunks import Parcel, chunks, pack
from newscrawl.store import Waiting
from tests.outputs.delivery.world import articles


def parcel(number, size):
    return Parcel(str(number), 1, 0, "{}", "x" * size)


@given(st.lists(st.integers(1, 300), max_size=60), st.integers(1, 10), st.integers(1, 500))
def test_every_parcel_is_in_one_chunk_within_the_bounds(sizes, documents, limit):
    parcels = [parcel(number, size) for number, size in enumerate(sizes)]
    made = list(chunks(parcels, documents, limit))
    assert [one for chunk in made for one in chunk.parcels] == parcels
    for chunk in made:
        assert 1 <= len(chunk.parcels) <= documents
        assert len(chunk.parcels) == 1 or sum(one.size for one in chunk.parcels) <= limit


@given(st.integers(2, 50))
def test_halves_hold_everything(number):
    (chunk,) = chunks([parcel(place, 1) for place in range(number)], 100, 10_000)
    one, other = chunk.halves()
    assert one.parcels + other.parcels == chunk.parcels
    assert one.parcels
    assert other.parcels


def test_an_article_on_the_wire():
    (article,) = articles(1)
    article.first_seen_at = article.published_at + timedelta(minutes=5)
    parcel = pack(Waiting(article, 7, 0))
    assert json.loads(parcel.action) == {
        "index": {"_id": article.id, "version": 7, "version_type": "external_gte"}
    }
    document = json.loads(parcel.source)
    assert document["body"] == article.body
    assert document["lag_seconds"] == 300
    assert "summary" not in document  # what is empty would be a term of its own
    assert parcel.size == len(parcel.action.encode()) + len(parcel.source.encode()) + 2
