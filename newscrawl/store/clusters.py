"""Groups of articles described as clusters: the original, how large, who copies whom and how much.

What an article's row says of its cluster is made here and nowhere else. It is written anew only where it
differs, and an article whose row changes waits for Elasticsearch and the next export once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import sqlalchemy as sa

from newscrawl.dedupe.comparing import Sourced
from newscrawl.dedupe.copies import Likeness
from newscrawl.dedupe.originals import Member, in_order
from newscrawl.store import outbox
from newscrawl.store.articles import OF_CLUSTER
from newscrawl.store.schema import articles, fingerprints, likenesses, unclustered
from newscrawl.store.unclustered import parts

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
class Group:
    """Articles that belong together, in the order in which each may be the original of those behind it.

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
    for some in parts(groups):
        for row in connection.execute(_MEMBERS.where(fingerprints.c.cluster.in_(some))):
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


_MEMBERS = sa.select(
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
).select_from(
    fingerprints.join(articles, articles.c.number == fingerprints.c.number).join(
        unclustered, unclustered.c.number == fingerprints.c.number, isouter=True
    )
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
    by_id = {copy.id: copy for copy in copies}
    ordered = [by_id[member.id] for member in in_order([copy.member for copy in copies])]
    first = ordered[0]
    asked = [
        copy
        for copy in ordered[1:]
        if _pair(first, copy) not in links
        and (copy.described.copy_of != first.id or changed & {first.number, copy.number})
    ]
    return Group(ordered, links, asked)


def _likenesses(connection: sa.Connection, numbers: Collection[int]) -> dict[Pair, Likeness]:
    found = {}
    for some in parts(numbers):
        for row in connection.execute(sa.select(likenesses).where(likenesses.c.one.in_(some))):
            found[row.one, row.other] = Likeness(row.jaccard, row.contained)
    return found


def _pair(one: Copy, other: Copy) -> Pair:
    return min(one.number, other.number), max(one.number, other.number)


def sourced(connection: sa.Connection, pairs: Iterable[Pair]) -> dict[int, Sourced]:
    """Outlet and body of all articles of some pairs, by number."""
    numbers = {number for pair in pairs for number in pair}
    query = sa.select(articles.c.number, articles.c.outlet, articles.c.body)
    return {
        row.number: (row.outlet, row.body)
        for some in parts(numbers)
        for row in connection.execute(query.where(articles.c.number.in_(some)))
    }


# --- described ------------------------------------------------------------------------------------


class Done(NamedTuple):
    """How many groups could not be described yet, and of how many articles the row has changed."""

    left: int
    changed: int


def describe(
    connection: sa.Connection, groups: Sequence[Group], found: Mapping[Pair, Likeness | None]
) -> Done:
    """Write down clusters; a group that changed since it was read is left for the next time.

    Args:
        connection: in a write transaction.
        groups: as they were read.
        found: likeness of their `pairs`.
    """
    now = _versions(connection, [copy.number for group in groups for copy in group.copies])
    still = [
        group
        for group in groups
        if {copy.number: copy.version for copy in group.copies} == now.get(group.original.number)
    ]
    changes = [
        (copy, described)
        for group in still
        for copy, described in zip(group.copies, _described(group, found), strict=True)
        if copy.described != described
    ]
    _write(connection, changes)
    for some in parts([copy.number for group in still for copy in group.copies]):
        ended = unclustered.c.number.in_(some), unclustered.c.compared.is_(True)
        connection.execute(sa.delete(unclustered).where(*ended))
    return Done(len(groups) - len(still), len(changes))


def _versions(connection: sa.Connection, numbers: Sequence[int]) -> dict[int, dict[int, int]]:
    """By article: those of its group, with their versions."""
    its = sa.select(fingerprints.c.cluster, articles.c.number, articles.c.version).join(
        articles, articles.c.number == fingerprints.c.number
    )
    groups: dict[int, dict[int, int]] = {}
    for some in parts(numbers):
        mine = sa.select(fingerprints.c.cluster).where(fingerprints.c.number.in_(some))
        for row in connection.execute(its.where(fingerprints.c.cluster.in_(mine))):
            groups.setdefault(row.cluster, {})[row.number] = row.version
    return {number: members for members in groups.values() for number in members}


def _described(group: Group, found: Mapping[Pair, Likeness | None]) -> list[Described]:
    """What is to be said of each article of a group, in their order."""
    first, size = group.original, len(group.copies)
    copied: dict[int, tuple[Copy, float]] = {}
    for copy in group.copies[1:]:
        link = group.links.get(_pair(first, copy)) or found.get((first.number, copy.number))
        if link:
            copied[copy.number] = first, link.jaccard
        elif copy.described.copy_of == first.id and copy not in group.asked:
            assert copy.described.similarity is not None
            copied[copy.number] = first, copy.described.similarity
    _place_the_rest(group, copied)
    described = []
    for copy in group.copies:
        of, similarity = copied.get(copy.number, (None, None))
        described.append(Described(first.id, size, of.id if of else "", similarity))
    return described


def _place_the_rest(group: Group, copied: dict[int, tuple[Copy, float]]) -> None:
    """Say of copies that are not alike with the original of which other copy they are one.

    Of the earliest that they are linked to, on the way to the original: they copy its changed text.
    """
    by_number = {copy.number: copy for copy in group.copies}
    near: dict[int, list[tuple[Copy, float]]] = {}
    for (one, other), link in group.links.items():
        near.setdefault(one, []).append((by_number[other], link.jaccard))
        near.setdefault(other, []).append((by_number[one], link.jaccard))
    reached = deque(copy for copy in group.copies if copy is group.original or copy.number in copied)
    while reached:
        of = reached.popleft()
        for copy, similarity in sorted(near.get(of.number, ()), key=lambda pair: pair[0].member.at):
            if copy.number not in copied and copy is not group.original:
                copied[copy.number] = of, similarity
                reached.append(copy)


def _write(connection: sa.Connection, changes: Sequence[tuple[Copy, Described]]) -> None:
    if not changes:
        return
    version = outbox.next_version(connection)
    rows = [
        {"its_number": copy.number, "version": version + place, **described._asdict()}
        for place, (copy, described) in enumerate(changes)
    ]
    connection.execute(sa.update(articles).where(articles.c.number == sa.bindparam("its_number")), rows)
    outbox.enqueue_many(connection, [(copy.id, version + place) for place, (copy, _) in enumerate(changes)])
