"""The queue of articles whose copies are to be looked for, or whose cluster is to be described anew.

Whoever stores a text puts it in, in the same transaction; who compares takes it out only for the very change
that it has compared. So no article is left out, whenever a process is killed.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.store.given import given
from newscrawl.store.schema import articles, fingerprints, likenesses, shingles, unclustered


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article to be compared, and the change that made it wait."""

    number: int
    version: int
    body: str | None
    """Only where there is no sample yet."""
    sample: bytes | None
    """Where it is made already."""


_QUEUE = insert(unclustered)
_QUEUE = _QUEUE.on_conflict_do_update(
    index_elements=[unclustered.c.number],
    set_={name: _QUEUE.excluded[name] for name in ("version", "sample", "compared")},
)


def queue(connection: sa.Connection, some: Mapping[int, tuple[int, bytes | None]]) -> None:
    """Have articles compared with others before the run ends.

    Args:
        connection: in a write transaction.
        some: by their numbers, the version of the change under way, and the sample of the text, where a
            worker has made it.
    """
    rows = [
        {"number": number, "version": version, "sample": sample, "compared": False}
        for number, (version, sample) in some.items()
    ]
    if rows:
        connection.execute(_QUEUE, rows)


def queue_all(connection: sa.Connection) -> int:
    """Have all articles compared anew, as if none ever was. Returns how many there are."""
    for table in (likenesses, shingles, fingerprints, unclustered):
        connection.execute(sa.delete(table))
    rows = sa.select(articles.c.number, articles.c.version)
    connection.execute(unclustered.insert().from_select(["number", "version"], rows))
    return connection.execute(sa.select(sa.func.count()).select_from(unclustered)).scalar_one()


def count(connection: sa.Connection, *, compared: bool | None = None) -> int:
    """How many articles wait: to be compared, for their cluster to be described, or both."""
    query = sa.select(sa.func.count()).select_from(unclustered)
    if compared is not None:
        query = query.where(unclustered.c.compared.is_(compared))
    return connection.execute(query).scalar_one()


def waiting(connection: sa.Connection, after: int, limit: int) -> list[Waiting]:
    """The next articles to be compared, by number."""
    found = connection.execute(_WAITING, {"after": after, "limit": limit})
    return [Waiting(*row) for row in found]


_WAITING = (
    sa.select(
        unclustered.c.number,
        unclustered.c.version,
        sa.case((unclustered.c.sample.is_(None), articles.c.body)),
        unclustered.c.sample,
    )
    .join(articles, articles.c.number == unclustered.c.number)
    .where(unclustered.c.number > sa.bindparam("after"), unclustered.c.compared.is_(False))
    .order_by(unclustered.c.number)
    .limit(sa.bindparam("limit"))
)


def still(connection: sa.Connection, versions: Mapping[int, int]) -> set[int]:
    """Those that wait for the same change as they did."""
    found = connection.execute(_STILL, {"numbers": json.dumps(list(versions))})
    return {number for number, version in found if versions[number] == version}


_ITS = unclustered.c.number.in_(given("numbers"))
_STILL = sa.select(unclustered.c.number, unclustered.c.version).where(_ITS, unclustered.c.compared.is_(False))


def end_comparing(connection: sa.Connection, numbers: Collection[int], *, alone: Collection[int]) -> None:
    """Note that articles were compared; they wait for their clusters to be described.

    Args:
        connection: in a write transaction.
        numbers: of the articles.
        alone: those of them that are linked to no other; where the row says so already, they are done.
    """
    connection.execute(_DONE, {"numbers": json.dumps(list(alone))})
    connection.execute(_COMPARED, {"numbers": json.dumps(list(numbers))})


_ALONE = (articles.c.cluster_id == articles.c.id, articles.c.cluster_size == 1, articles.c.copy_of == "")
_DONE = sa.delete(unclustered).where(
    unclustered.c.number.in_(
        sa.select(articles.c.number).where(articles.c.number.in_(given("numbers")), *_ALONE)
    )
)
_COMPARED = sa.update(unclustered).where(_ITS).values(compared=True)


def end_describing(connection: sa.Connection, numbers: Collection[int]) -> None:
    """Note that the clusters of articles were described."""
    connection.execute(_DESCRIBED, {"numbers": json.dumps(list(numbers))})


_DESCRIBED = sa.delete(unclustered).where(_ITS, unclustered.c.compared.is_(True))


def describe_again(connection: sa.Connection, number: int) -> None:
    """Have the cluster of an article described anew, unless it waits already."""
    rows = sa.select(articles.c.number, articles.c.version, sa.true()).where(articles.c.number == number)
    columns = ["number", "version", "compared"]
    # SQLite would read ON CONFLICT as a join's condition, were there no WHERE.
    connection.execute(insert(unclustered).from_select(columns, rows).on_conflict_do_nothing())
