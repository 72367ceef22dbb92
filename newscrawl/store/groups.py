"""Which articles belong together: groups of those that were found alike, and the links that hold them.

Links (`likenesses`) are a tree, or a little more, over each group. When a text changes, its links are tried
again; one that fails is cut, and of a group that falls apart all but the largest part is compared anew. So
the groups are those that all pairs would give, whatever came first, and each step costs as much as its group.
How a group is described as a cluster, clusters.py tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.comparing import Batch, Link
from newscrawl.store.schema import fingerprints, likenesses
from newscrawl.store.unclustered import again, end_comparing, parts, still

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
    found = {(link.one, link.other): link for link in links if done & {link.one, link.other}}
    for one in batch.articles:
        if one.number in done:
            pairs = [(min(one.number, other), max(one.number, other)) for other in one.linked]
            _cut(connection, one.number, [pair for pair in pairs if pair not in found])
    _link(connection, list(found.values()))
    end_comparing(connection, done)


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
    for group in now:
        if root(group) != group:
            moved = sa.update(fingerprints).where(fingerprints.c.cluster == group)
            connection.execute(moved.values(cluster=root(group)))


def _cut(connection: sa.Connection, number: int, pairs: Sequence[tuple[int, int]]) -> None:
    """Cut links of an article; where its group falls apart, all but the largest part is compared anew."""
    if not pairs:
        return
    for one, other in pairs:
        its = likenesses.c.one == one, likenesses.c.other == other
        connection.execute(sa.delete(likenesses).where(*its))
    group = groups_of(connection, [number])[number]
    query = sa.select(fingerprints.c.number).where(fingerprints.c.cluster == group)
    members = list(connection.execute(query).scalars())
    pieces = sorted(_hang_together(members, links_of(connection, members)), key=len, reverse=True)
    for place, part in enumerate(pieces):
        moved = sa.update(fingerprints).where(fingerprints.c.number.in_(part))
        connection.execute(moved.values(cluster=min(part)))
        if place:
            again(connection, part)
    if len(pieces) > 1:
        again(connection, pieces[0][:1], compared=True)


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


def groups_of(connection: sa.Connection, numbers: Collection[int]) -> dict[int, int]:
    """The group that each of these articles is in; those never compared are in none."""
    query = sa.select(fingerprints.c.number, fingerprints.c.cluster)
    return {
        number: group
        for some in parts(numbers)
        for number, group in connection.execute(query.where(fingerprints.c.number.in_(some)))
    }


def links_of(connection: sa.Connection, numbers: Collection[int]) -> defaultdict[int, list[int]]:
    """With whom each of these articles was found alike."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for some in parts(numbers):
        for mine, theirs in ((likenesses.c.one, likenesses.c.other), (likenesses.c.other, likenesses.c.one)):
            for number, other in connection.execute(sa.select(mine, theirs).where(mine.in_(some))):
                found[number].append(other)
    return found
