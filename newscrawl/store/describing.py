"""Clusters written down in the rows of their articles.

What an article's row says of its cluster is made here and nowhere else. It is written anew only where it
differs, and an article whose row changes waits for Elasticsearch and the next export once.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from newscrawl.dedupe.copies import Likeness
from newscrawl.store import outbox
from newscrawl.store.clusters import Cluster, Copy, Described, Group, Pair, pair_of
from newscrawl.store.given import given
from newscrawl.store.schema import articles, fingerprints
from newscrawl.store.unclustered import end_describing


class Done(NamedTuple):
    """How many groups could not be described yet, and of how many articles the row has changed."""

    left: int
    changed: int


def describe(
    connection: sa.Connection, groups: Sequence[Group], found: Mapping[Pair, Likeness | None]
) -> Done:
    """Write clusters down; a group that changed since it was read is left for the next time.

    Args:
        connection: in a write transaction.
        groups: as they were read.
        found: likeness of their `pairs`.
    """
    members = [[copy for cluster in group for copy in cluster.copies] for group in groups]
    now = _versions(connection, [copy.number for copies in members for copy in copies])
    still = [
        (group, copies)
        for group, copies in zip(groups, members, strict=True)
        if {copy.number: copy.version for copy in copies} == now.get(copies[0].number)
    ]
    changes = [
        (copy, described)
        for group, _ in still
        for cluster in group
        for copy, described in zip(cluster.copies, _described(cluster, found), strict=True)
        if copy.described != described
    ]
    _write(connection, changes)
    end_describing(connection, [copy.number for _, copies in still for copy in copies])
    return Done(len(groups) - len(still), len(changes))


def _versions(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, dict[int, int]]:
    """By article: those of its group, with their versions."""
    groups: dict[int, dict[int, int]] = {}
    for row in connection.execute(_VERSIONS, {"numbers": json.dumps(list(numbers))}):
        groups.setdefault(row.cluster, {})[row.number] = row.version
    return {number: members for members in groups.values() for number in members}


_MINE = sa.select(fingerprints.c.cluster).where(fingerprints.c.number.in_(given("numbers")))
_VERSIONS = (
    sa.select(fingerprints.c.cluster, articles.c.number, articles.c.version)
    .join(articles, articles.c.number == fingerprints.c.number)
    .where(fingerprints.c.cluster.in_(_MINE))
)


def _described(cluster: Cluster, found: Mapping[Pair, Likeness | None]) -> list[Described]:
    """What is to be said of each article of a cluster, in their order."""
    first, size = cluster.original, len(cluster.copies)
    copied: dict[int, tuple[Copy, float]] = {}
    for copy in cluster.copies[1:]:
        link = cluster.links.get(pair_of(first, copy)) or found.get((first.number, copy.number))
        if link:
            copied[copy.number] = first, link.jaccard
        elif copy.described.copy_of == first.id and copy not in cluster.asked:
            assert copy.described.similarity is not None
            copied[copy.number] = first, copy.described.similarity
    _place_the_rest(cluster, copied)
    described = []
    for copy in cluster.copies:
        of, similarity = copied.get(copy.number, (None, None))
        described.append(Described(first.id, size, of.id if of else "", similarity))
    return described


def _place_the_rest(cluster: Cluster, copied: dict[int, tuple[Copy, float]]) -> None:
    """Say of copies that are not alike with the original of which other copy they are one.

    Of the earliest that they are linked to, on the way to the original: they copy its changed text.
    """
    by_number = {copy.number: copy for copy in cluster.copies}
    near: dict[int, list[tuple[Copy, float]]] = {}
    for (one, other), link in cluster.links.items():
        near.setdefault(one, []).append((by_number[other], link.jaccard))
        near.setdefault(other, []).append((by_number[one], link.jaccard))
    reached = deque(copy for copy in cluster.copies if copy is cluster.original or copy.number in copied)
    while reached:
        of = reached.popleft()
        for copy, similarity in sorted(
            near.get(of.number, ()), key=lambda pair: (pair[0].member.at, pair[0].id)
        ):
            if copy.number not in copied and copy is not cluster.original:
                copied[copy.number] = of, similarity
                reached.append(copy)


def _write(connection: sa.Connection, changes: Sequence[tuple[Copy, Described]]) -> None:
    if not changes:
        return
    versions = [outbox.next_version(connection) for _ in changes]
    rows = [
        {"its_number": copy.number, "version": version, **described._asdict()}
        for version, (copy, described) in zip(versions, changes, strict=True)
    ]
    connection.execute(sa.update(articles).where(articles.c.number == sa.bindparam("its_number")), rows)
    ids = (copy.id for copy, _ in changes)
    outbox.enqueue_some(connection, dict(zip(ids, versions, strict=True)))
