"""Which articles hang together: links between those of which one copies the other, and the groups they make.

A link (`likenesses`) stands for every pair that was compared and found alike; a group is all that links hold
together, whatever came first. Clusters are parts of a group (newscrawl/dedupe/clusters.py): it is what has to
be looked at anew when one of its articles changes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.comparing import Batch, Link
from newscrawl.store.given import given
from newscrawl.store.schema import fingerprints, likenesses
from newscrawl.store.unclustered import describe_again, end_comparing, still

_LINK = insert(likenesses)
_LINK = _LINK.on_conflict_do_update(
    index_elements=[likenesses.c.one, likenesses.c.other],
    set_={name: _LINK.excluded[name] for name in ("jaccard", "contained")},
)


def join(connection: sa.Connection, versions: Mapping[int, int], batch: Batch, links: Sequence[Link]) -> None:
    """Note what was found alike; an article that changed while it was compared stays in the queue.

    Args:
        connection: in a write transaction.
        versions: of the articles of the batch, as they waited.
        batch: as it was handed out.
        links: what a worker found in it.
    """
    done = still(connection, versions)
    compared = done & {one.number for one in batch.articles}
    found = {(link.one, link.other): link for link in links if compared & {link.one, link.other}}
    before = links_of(connection, compared)
    pairs = {(min(one, other), max(one, other)) for one in compared for other in before[one]}
    _cut(connection, pairs - found.keys())
    _link(connection, list(found.values()))
    left = links_of(connection, done)
    end_comparing(connection, done, alone={number for number in done if number not in left})


def _link(connection: sa.Connection, links: Sequence[Link]) -> None:
    """Note links, and make one group of what they link."""
    groups = groups_of(connection, {n for link in links for n in (link.one, link.other)})
    links = [link for link in links if link.one in groups and link.other in groups]
    if not links:
        return
    values = [
        {
            "one": link.one,
            "other": link.other,
            "jaccard": link.likeness.jaccard,
            "contained": link.likeness.contained,
        }
        for link in links
    ]
    connection.execute(_LINK, values)
    now = {group: group for group in groups.values()}

    def root(group: int) -> int:
        while now[group] != group:
            group = now[group]
        return group

    for link in links:
        first, second = sorted((root(groups[link.one]), root(groups[link.other])))
        now[second] = first
    moved = [{"its_group": group, "its_new": root(group)} for group in now if root(group) != group]
    if moved:
        connection.execute(_MOVE, moved)


_MOVE = (
    sa.update(fingerprints)
    .where(fingerprints.c.cluster == sa.bindparam("its_group"))
    .values(cluster=sa.bindparam("its_new"))
)


def _cut(connection: sa.Connection, pairs: Collection[tuple[int, int]]) -> None:
    """Cut links; groups that fall apart by it are several from now on, all of which are described anew."""
    if not pairs:
        return
    its = likenesses.c.one == sa.bindparam("its_one"), likenesses.c.other == sa.bindparam("its_other")
    values = [{"its_one": one, "its_other": other} for one, other in pairs]
    connection.execute(sa.delete(likenesses).where(*its), values)
    for group in set(groups_of(connection, {number for pair in pairs for number in pair}).values()):
        query = sa.select(fingerprints.c.number).where(fingerprints.c.cluster == group)
        members = list(connection.execute(query).scalars())
        for part in _hang_together(members, links_of(connection, members)):
            connection.execute(_PART, {"cluster": part[0], "numbers": json.dumps(part)})
            describe_again(connection, part[0])


_PART = sa.update(fingerprints).where(fingerprints.c.number.in_(given("numbers")))


def _hang_together(members: Iterable[int], links: Mapping[int, Sequence[int]]) -> list[list[int]]:
    """The parts of a group that its links hold together."""
    left, found = set(members), []
    while left:
        part, reached = [], [left.pop()]
        while reached:
            number = reached.pop()
            part.append(number)
            near = left.intersection(links.get(number, ()))
            left -= near
            reached += near
        found.append(sorted(part))
    return found


_GROUPS = sa.select(fingerprints.c.number, fingerprints.c.cluster).where(
    fingerprints.c.number.in_(given("numbers"))
)


def groups_of(connection: sa.Connection, numbers: Collection[int]) -> dict[int, int]:
    """The group that each of these articles is in; those never compared are in none."""
    found = connection.execute(_GROUPS, {"numbers": json.dumps(list(numbers))})
    return {row.number: row.cluster for row in found}


_LINKS = sa.union_all(
    sa.select(likenesses.c.one, likenesses.c.other).where(likenesses.c.one.in_(given("numbers"))),
    sa.select(likenesses.c.other, likenesses.c.one).where(likenesses.c.other.in_(given("numbers"))),
)


def links_of(connection: sa.Connection, numbers: Collection[int]) -> defaultdict[int, list[int]]:
    """With whom each of these articles was found alike."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for number, other in connection.execute(_LINKS, {"numbers": json.dumps(list(numbers))}):
        found[number].append(other)
    return found
