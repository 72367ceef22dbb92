"""What articles are found by: shingles of their texts, and who may be alike with whom.

`take` writes the shingles of articles that wait to be compared and hands out all that comparing needs; a
worker compares (newscrawl/dedupe/comparing.py), and groups.py notes what it found.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.candidates import HOLDERS, SHARED, Sampled, enough
from newscrawl.dedupe.clusters import COMPARED
from newscrawl.dedupe.comparing import SAMPLED, Batch, Compared, Sourced, sample_from
from newscrawl.store.given import given, given_pairs
from newscrawl.store.groups import links_of
from newscrawl.store.schema import articles, fingerprints, shingles


def take(connection: sa.Connection, samples: Mapping[int, bytes]) -> Batch:
    """Write what articles are found by, and say which others may be alike, with all that comparing needs.

    Args:
        connection: in a write transaction.
        samples: of the articles to compare, by number; those of one batch may be alike, too.
    """
    if not samples:
        return Batch([], {})
    _forget(connection, samples)
    _put(connection, samples)
    pairs = _pairs(samples)
    connection.execute(_HOLD, {"pairs": pairs})
    candidates, linked = _candidates(connection, pairs, samples), links_of(connection, samples)
    compared = [Compared(number, tuple({*candidates[number], *linked[number]})) for number in samples]
    named = {number for one in compared if one.candidates for number in (one.number, *one.candidates)}
    return Batch(compared, sourced(connection, named))


def _pairs(samples: Mapping[int, bytes]) -> str:
    """Each shingle with its article, as a statement is given them."""
    return json.dumps(
        [(shingle, number) for number, kept in samples.items() for shingle in sample_from(kept)]
    )


_PAIRS = given_pairs("pairs")
_HOLDING = sa.select(sa.func.count()).where(shingles.c.shingle == _PAIRS.c.one).scalar_subquery()
_HOLD = (
    insert(shingles)
    .from_select(["shingle", "number"], sa.select(_PAIRS.c.one, _PAIRS.c.other).where(_HOLDING < HOLDERS))
    .on_conflict_do_nothing()
)
"""Articles that hold a shingle already are counted before those of the batch are put in."""
_PUT = insert(fingerprints)
_PUT = _PUT.on_conflict_do_update(
    index_elements=[fingerprints.c.number], set_={"sample": _PUT.excluded.sample}
)


def _put(connection: sa.Connection, samples: Mapping[int, bytes]) -> None:
    """Note the samples; an article that is new is a group of its own."""
    rows = [{"number": number, "sample": sample, "cluster": number} for number, sample in samples.items()]
    connection.execute(_PUT, rows)


_SAMPLES = sa.select(fingerprints.c.number, fingerprints.c.sample).where(
    fingerprints.c.number.in_(given("numbers"))
)
_HELD = sa.tuple_(shingles.c.shingle, shingles.c.number)
_FORGET = sa.delete(shingles).where(_HELD.in_(sa.select(_PAIRS.c.one, _PAIRS.c.other)))


def _forget(connection: sa.Connection, numbers: Collection[int]) -> None:
    """Take out the shingles of articles that were compared before."""
    found = connection.execute(_SAMPLES, {"numbers": json.dumps(list(numbers))})
    before = {row.number: row.sample for row in found}
    if before:
        connection.execute(_FORGET, {"pairs": _pairs(before)})


_SHARED = (
    sa.select(
        _PAIRS.c.other.label("number"), shingles.c.number.label("other"), sa.func.count().label("shared")
    )
    .join(shingles, shingles.c.shingle == _PAIRS.c.one)
    .where(shingles.c.number != _PAIRS.c.other)
    .group_by(_PAIRS.c.other, shingles.c.number)
    .having(sa.func.count() >= SHARED)
    .subquery()
)
_OTHER, _OTHERS = fingerprints.alias(), articles.alias()
_CANDIDATES = (
    sa.select(
        _SHARED,
        sa.func.length(fingerprints.c.sample) // SAMPLED,
        articles.c.word_count,
        sa.func.length(_OTHER.c.sample) // SAMPLED,
        _OTHERS.c.word_count,
    )
    .join(fingerprints, fingerprints.c.number == _SHARED.c.number)
    .join(articles, articles.c.number == _SHARED.c.number)
    .join(_OTHER, _OTHER.c.number == _SHARED.c.other)
    .join(_OTHERS, _OTHERS.c.number == _SHARED.c.other)
)


def _candidates(connection: sa.Connection, pairs: str, ours: Collection[int]) -> defaultdict[int, list[int]]:
    """Who shares enough with each article: those that share most, and of these the earliest.

    Two articles of one batch are compared once, as a candidate of the later one.
    """
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, other, shared, *sampled in connection.execute(_CANDIDATES, {"pairs": pairs}):
        if (other < number or other not in ours) and enough(
            shared, Sampled(*sampled[:2]), Sampled(*sampled[2:])
        ):
            found[number].append((-shared, other))
    likest = defaultdict(list)
    for number, others in found.items():
        likest[number] = [other for _, other in sorted(others)[:COMPARED]]
    return likest


_SOURCED = sa.select(articles.c.number, articles.c.outlet, articles.c.body).where(
    articles.c.number.in_(given("numbers"))
)


def sourced(connection: sa.Connection, numbers: Collection[int]) -> dict[int, Sourced]:
    """Outlet and body of articles, by number."""
    found = connection.execute(_SOURCED, {"numbers": json.dumps(list(numbers))})
    return {row.number: (row.outlet, row.body) for row in found}
