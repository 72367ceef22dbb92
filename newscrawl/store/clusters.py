"""Clusters as they are now: the articles of each, in the order in which each may be the original.

They are described anew where one of their articles changed (describing.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from newscrawl.dedupe.clusters import clusters as split_into_clusters
from newscrawl.dedupe.copies import Likeness
from newscrawl.dedupe.originals import Member, in_order
from newscrawl.store.articles import OF_CLUSTER
from newscrawl.store.given import given
from newscrawl.store.schema import articles, fingerprints, likenesses, unclustered

Pair = tuple[int, int]
"""Numbers of two articles."""


class Described(NamedTuple):
    """What an article's row says of its cluster."""

    cluster_id: str
    cluster_size: int
    copy_of: str
    similarity: float | None


def alone(article_id: str) -> Described:
    """What is said of an article that nobody copies, as far as is known."""
    return Described(article_id, 1, "", None)


@dataclass(frozen=True, slots=True)
class Copy:
    """An article of a group: where it stands, what is said of it, and what its place is found by."""

    number: int
    version: int
    member: Member
    described: Described

    @property
    def id(self) -> str:
        """The article's."""
        return self.member.id


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles that tell one text, in the order in which each may be the original of those behind it.

    Attributes:
        copies: the original first.
        links: how alike some of them were found, by their numbers, the smaller one first.
        asked: those whose likeness to the original is not known yet.
    """

    copies: Sequence[Copy]
    links: Mapping[Pair, Likeness]
    asked: Sequence[Copy]

    @property
    def original(self) -> Copy:
        """The original."""
        return self.copies[0]

    @property
    def pairs(self) -> list[Pair]:
        """Whose likeness is to be found out."""
        return [(self.original.number, copy.number) for copy in self.asked]


Group = Sequence[Cluster]
"""The clusters of articles that links hold together."""


def waiting_groups(connection: sa.Connection, limit: int) -> list[int]:
    """Groups that are to be described anew."""
    query = (
        sa.select(fingerprints.c.cluster)
        .join(unclustered, unclustered.c.number == fingerprints.c.number)
        .where(unclustered.c.compared.is_(True))
        .distinct()
        .order_by(fingerprints.c.cluster)
        .limit(limit)
    )
    return list(connection.execute(query).scalars())


def read_groups(
    connection: sa.Connection, groups: Collection[int], republishing: Collection[str]
) -> list[Group]:
    """Groups as they are now.

    Args:
        connection: to the store.
        groups: which ones.
        republishing: outlets that republish whole articles of others.
    """
    by_group: dict[int, list[Copy]] = {}
    changed: set[int] = set()
    for row in connection.execute(_MEMBERS, {"groups": json.dumps(list(groups))}):
        by_group.setdefault(row.cluster, []).append(_copy(row, republishing))
        if row.compared:
            changed.add(row.number)
    group_of = {
        copy.number: group for group, copies in by_group.items() for copy in copies if len(copies) > 1
    }
    links: dict[int, dict[Pair, Likeness]] = {group: {} for group in by_group}
    for (one, other), likeness in _likenesses(connection, group_of).items():
        links[group_of[one]][one, other] = likeness
    return [_group(copies, links[group], changed) for group, copies in by_group.items()]


_MEMBERS = (
    sa.select(
        fingerprints.c.cluster,
        articles.c.number,
        articles.c.version,
        articles.c.id,
        articles.c.outlet,
        articles.c.outlet_name,
        articles.c.domain,
        articles.c.agency,
        articles.c.event_time,
        *(articles.c[name] for name in OF_CLUSTER),
        unclustered.c.compared,
    )
    .join(articles, articles.c.number == fingerprints.c.number)
    .join(unclustered, unclustered.c.number == fingerprints.c.number, isouter=True)
    .where(fingerprints.c.cluster.in_(given("groups")))
)


def _copy(row: sa.Row[*tuple[Any, ...]], republishing: Collection[str]) -> Copy:
    values = row._mapping
    member = Member(
        values["id"],
        values["outlet"],
        values["outlet_name"],
        values["domain"],
        values["agency"],
        values["event_time"],
        values["outlet"] in republishing,
    )
    described = Described(*(values[name] for name in OF_CLUSTER))
    return Copy(values["number"], values["version"], member, described)


def _group(copies: Sequence[Copy], links: Mapping[Pair, Likeness], changed: set[int]) -> Group:
    by_number, by_id = {one.number: one for one in copies}, {one.id: one for one in copies}
    named = {(by_number[one].id, by_number[other].id): link for (one, other), link in links.items()}
    return [_cluster([by_id[id] for id in ids], links, changed) for ids in split_into_clusters(by_id, named)]


def _cluster(copies: Sequence[Copy], links: Mapping[Pair, Likeness], changed: set[int]) -> Cluster:
    by_id, numbers = {copy.id: copy for copy in copies}, {copy.number for copy in copies}
    ordered = [by_id[member.id] for member in in_order([copy.member for copy in copies])]
    first = ordered[0]
    asked = [
        copy
        for copy in ordered[1:]
        if pair_of(first, copy) not in links
        and (copy.described.copy_of != first.id or changed & {first.number, copy.number})
    ]
    own = {pair: link for pair, link in links.items() if numbers.issuperset(pair)}
    return Cluster(ordered, own, asked)


def _likenesses(connection: sa.Connection, numbers: Collection[int]) -> dict[Pair, Likeness]:
    found = connection.execute(_LINKS, {"numbers": json.dumps(list(numbers))})
    return {(row.one, row.other): Likeness(row.jaccard, row.contained) for row in found}


_LINKS = sa.select(likenesses).where(likenesses.c.one.in_(given("numbers")))


def pair_of(one: Copy, other: Copy) -> Pair:
    """Their numbers, the smaller one first."""
    return min(one.number, other.number), max(one.number, other.number)
