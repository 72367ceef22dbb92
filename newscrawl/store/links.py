"""Which reports are alike: batches of those to be compared with what is around them, and the links found.

A link stands for two articles that are alike enough to be reports of one event (newscrawl/dedupe/reports.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.dedupe.reports import DAY, Alike, Reports, length
from newscrawl.dedupe.stories import DAYS_APART, DAYS_COUNTED
from newscrawl.store.given import given
from newscrawl.store.schema import report_links, reports

COMPARE, TELL = "compare", "tell"
"""What is to be done with a report."""
TOGETHER, SPAN = 2000, 7
"""Reports that are looked at in one go, at most, and days that they may be of."""
AROUND = 6000
"""Earlier ones, and as many later ones, that they are compared with at most: those next to them in time."""
REACH = (int(DAYS_APART) + DAYS_COUNTED) * DAY
"""Seconds before and behind them within which others are read, to be compared or to count words in."""

Place = tuple[int, int]
"""Of a report in time: when it was published, and its number."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Reports to be compared with those around them.

    Attributes:
        reports: all of them.
        versions: of those to be compared, by number.
        place: behind which the next ones stand.
    """

    reports: Reports
    versions: Mapping[int, int]
    place: Place


_ROWS = sa.select(*(reports.c[name] for name in ("number", "version", "at", "outlet", "terms", "due")))
_IN_ORDER = (reports.c.at, reports.c.number)
_place = sa.tuple_(*_IN_ORDER)


def count_due(connection: sa.Connection, due: str) -> int:
    """How many reports are to be compared, or told."""
    return connection.execute(sa.select(sa.func.count()).where(*_due(due))).scalar_one()


def first_due(connection: sa.Connection, due: str, limit: int) -> list[int]:
    """The first of them in time."""
    query = sa.select(reports.c.number).where(*_due(due)).order_by(*_IN_ORDER)
    return list(connection.execute(query.limit(limit)).scalars())


def _due(due: str) -> tuple[sa.ColumnElement[bool], ...]:
    # The second condition leads into the index, which has no others.
    return reports.c.due == due, sa.literal_column("due != ''", sa.Boolean)


def batch(connection: sa.Connection, after: Place) -> Batch | None:
    """The next reports that are to be compared, in order of time; None: there are none."""
    waiting = sa.select(*_IN_ORDER).where(*_due(COMPARE), _place > after).order_by(*_IN_ORDER)
    first = connection.execute(waiting.limit(1)).one_or_none()
    if first is None:
        return None
    begin = first.at // DAY * DAY
    own = _behind(connection, (first.at, first.number - 1), begin + SPAN * DAY, TOGETHER)
    place = own[-1].at, own[-1].number
    earlier = _ROWS.where(reports.c.at >= begin - REACH, _place < (first.at, first.number))
    earlier = earlier.order_by(reports.c.at.desc(), reports.c.number.desc()).limit(AROUND)
    every = [
        *connection.execute(earlier).all(),
        *own,
        *_behind(connection, place, place[0] + REACH + DAY, AROUND),
    ]
    versions = {row.number: row.version for row in own if row.due == COMPARE}
    return Batch(_packed(every, list(versions)), versions, place)


def _behind(connection: sa.Connection, place: Place, end: int, limit: int) -> Sequence[sa.Row[Any]]:
    """The reports behind a place, as far as an end."""
    query = _ROWS.where(reports.c.at < end, _place > place)
    return connection.execute(query.order_by(*_IN_ORDER).limit(limit)).all()


def _packed(rows: Sequence[sa.Row[Any]], wanted: Sequence[int]) -> Reports:
    numbers, _, at, outlets, terms, _ = zip(*rows, strict=True)
    return Reports(numbers, at, outlets, [length(one) for one in terms], b"".join(terms), wanted)


_SOME = given("some")
_STATE = sa.select(reports.c.number, reports.c.version, reports.c.due).where(reports.c.number.in_(_SOME))
_ENDED = sa.update(reports).where(reports.c.number.in_(_SOME)).values(due=TELL)
_TELL = sa.update(reports).where(reports.c.number.in_(_SOME), reports.c.due == "").values(due=TELL)
_LINK = insert(report_links)
_LINK = _LINK.on_conflict_do_update(
    index_elements=[report_links.c.one, report_links.c.other], set_={"likeness": _LINK.excluded.likeness}
)
_EITHER = (report_links.c.one, report_links.c.other)


def _given(numbers: Iterable[int]) -> dict[str, str]:
    return {"some": json.dumps(list(numbers))}


def join(connection: sa.Connection, versions: Mapping[int, int], found: Iterable[Alike]) -> None:
    """Note which reports are alike; one that changed while it was compared is compared again.

    Args:
        connection: in a write transaction.
        versions: of the reports that were compared, as they were.
        found: the pairs that are alike.
    """
    pairs = list(found)
    named = {*versions, *(number for pair in pairs for number in pair[:2])}
    known = {row.number: (row.due, row.version) for row in connection.execute(_STATE, _given(named))}
    done = {number for number, version in versions.items() if known.get(number) == (COMPARE, version)}
    linked = [
        pair for pair in pairs if done & {pair.one, pair.other} and known.keys() >= {pair.one, pair.other}
    ]
    if linked:
        connection.execute(_LINK, [pair._asdict() for pair in linked])
    connection.execute(_ENDED, _given(done))
    tell(connection, {number for pair in linked for number in pair[:2]})


def tell(connection: sa.Connection, numbers: Iterable[int]) -> None:
    """Have the stories of reports told anew; those that are to be compared are told afterwards."""
    connection.execute(_TELL, _given(numbers))


def links_of(connection: sa.Connection, numbers: Collection[int]) -> list[Alike]:
    """The pairs that are alike and have one of these reports."""
    found = set()
    for column in _EITHER if numbers else ():
        query = sa.select(report_links).where(column.in_(_SOME))
        found |= {Alike(*row) for row in connection.execute(query, _given(numbers))}
    return sorted(found)


def cut(connection: sa.Connection, numbers: Collection[int]) -> None:
    """Cut the links of reports; the stories of all that had one are told anew."""
    tell(connection, {number for link in links_of(connection, numbers) for number in link[:2]})
    for column in _EITHER if numbers else ():
        connection.execute(sa.delete(report_links).where(column.in_(_SOME)), _given(numbers))
