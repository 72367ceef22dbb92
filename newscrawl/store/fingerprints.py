"""What articles are found by: shingles of their texts, and who may be alike with whom.

`take` writes the shingles of articles that wait to be compared and hands out all that comparing needs; a
worker compares (newscrawl/dedupe/comparing.py), and groups.py notes what it found.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.candidates import HOLDERS, SHARED
from newscrawl.dedupe.clusters import COMPARED
from newscrawl.dedupe.comparing import Batch, Compared, Sourced, sample_from
from newscrawl.store.groups import links_of
from newscrawl.store.schema import articles, fingerprints, shingles
from newscrawl.store.unclustered import parts


def take(connection: sa.Connection, samples: Mapping[int, bytes]) -> Batch:
    """Write what articles are found by, and say which others may be alike, with all that comparing needs.

    Args:
        connection: in a write transaction.
        samples: of the articles to compare, by number; those of one batch may be alike, too.
    """
    ours = {number: sample_from(sample) for number, sample in samples.items()}
    _forget(connection, ours)
    holders = _holders(connection, {shingle for sample in ours.values() for shingle in sample})
    linked = links_of(connection, ours)
    rows = []
    for number, sample in ours.items():
        for shingle in sample:
            if len(holders[shingle]) < HOLDERS:
                holders[shingle].append(number)
                rows.append({"shingle": shingle, "number": number})
    if rows:
        connection.execute(_SHINGLE, rows)
    _put(connection, samples)
    compared = [
        Compared(number, tuple({*_candidates(number, sample, holders), *linked[number]}))
        for number, sample in ours.items()
    ]
    return Batch(
        compared, sourced(connection, {n for one in compared for n in (one.number, *one.candidates)})
    )


_SHINGLE = insert(shingles).on_conflict_do_nothing()
_PUT = insert(fingerprints)
_PUT = _PUT.on_conflict_do_update(
    index_elements=[fingerprints.c.number], set_={"sample": _PUT.excluded.sample}
)


def _put(connection: sa.Connection, samples: Mapping[int, bytes]) -> None:
    """Note the samples; an article that is new is a group of its own."""
    rows = [{"number": number, "sample": sample, "cluster": number} for number, sample in samples.items()]
    if rows:
        connection.execute(_PUT, rows)


def _forget(connection: sa.Connection, numbers: Collection[int]) -> None:
    """Take out the shingles of articles that were compared before."""
    query = sa.select(fingerprints.c.number, fingerprints.c.sample)
    gone = [
        {"its_shingle": shingle, "its_number": row.number}
        for some in parts(numbers)
        for row in connection.execute(query.where(fingerprints.c.number.in_(some)))
        for shingle in sample_from(row.sample)
    ]
    if gone:
        table = shingles.c
        its = table.shingle == sa.bindparam("its_shingle"), table.number == sa.bindparam("its_number")
        connection.execute(sa.delete(shingles).where(*its), gone)


def _holders(connection: sa.Connection, wanted: Collection[int]) -> defaultdict[int, list[int]]:
    """The articles that have each of these shingles, the earliest first."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for some in parts(wanted):
        query = sa.select(shingles.c.shingle, shingles.c.number).where(shingles.c.shingle.in_(some))
        for shingle, number in connection.execute(query):
            found[shingle].append(number)
    return found


def _candidates(number: int, sample: Iterable[int], holders: Mapping[int, list[int]]) -> tuple[int, ...]:
    """Who shares enough with an article: those that share most, and of these the earliest."""
    shared = Counter(other for shingle in sample for other in holders[shingle])
    del shared[number]
    enough = [(-times, other) for other, times in shared.items() if times >= SHARED]
    return tuple(other for _, other in sorted(enough)[:COMPARED])


def sourced(connection: sa.Connection, numbers: Collection[int]) -> dict[int, Sourced]:
    """Outlet and body of articles, by number."""
    query = sa.select(articles.c.number, articles.c.outlet, articles.c.body)
    return {
        row.number: (row.outlet, row.body)
        for some in parts(numbers)
        for row in connection.execute(query.where(articles.c.number.in_(some)))
    }
