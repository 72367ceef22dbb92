"""Which sitemaps of an index to read first, where there are more than a run may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from itertools import chain, zip_longest
from urllib.parse import urlsplit

from newscrawl.discovery.dates import last_instant
from newscrawl.discovery.listing import ChildSitemap

_OLDEST = datetime.min.replace(tzinfo=UTC)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{5})")
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)?")


def in_order(
    children: Iterable[ChildSitemap],
    *,
    since: datetime | None,
    until: datetime | None = None,
    zone: tzinfo,
) -> list[ChildSitemap]:
    """The children that may hold what is wanted, the most promising first.

    Dated ones come first, the newest at the head; a day without a time is the whole of that day. Those that
    changed after `until` may hold what is older: they follow, the nearest first. Undated ones come last: by
    the dates in their names where those have years, else each kind of name in its turn, and of each from both
    ends of its numbering, for some sites count up from their oldest articles and others from their newest.

    Where nothing has changed since `since`, the newest is read all the same: there are indexes whose dates
    stand still.

    Args:
        children: as the index names them.
        since: nothing older is wanted; None: no bound.
        until: nothing newer is wanted; None: no bound.
        zone: the outlet's.
    """
    children = list(children)
    dated = sorted(
        (child for child in children if child.modified_at is not None), key=_modified, reverse=True
    )
    fresh = [child for child in dated if since is None or last_instant(_modified(child), zone) >= since]
    if until is not None:
        later = [child for child in fresh if _modified(child) > until]
        fresh = fresh[len(later) :] + later[::-1]
    undated = [child for child in children if child.modified_at is None]
    found = fresh + _by_name(undated, _day_of(since, zone), _day_of(until, zone))
    return found or dated[:1]


def _modified(child: ChildSitemap) -> datetime:
    return child.modified_at or _OLDEST


def _day_of(moment: datetime | None, zone: tzinfo) -> tuple[int, ...] | None:
    local = moment.astimezone(zone) if moment else None
    return (local.year, local.month, local.day) if local else None


def _by_name(
    children: list[ChildSitemap], first: tuple[int, ...] | None, last: tuple[int, ...] | None
) -> list[ChildSitemap]:
    """The undated; those whose names state a time outside of the two days come after those within."""
    with_year = [child for child in children if _YEAR.search(_name(child))]
    with_year.sort(key=_period, reverse=True)
    later = [child for child in with_year if last and _period(child) > last[: len(_period(child))]]
    rest = with_year[len(later) :]
    within = [child for child in rest if not first or _period(child) >= first[: len(_period(child))]]
    earlier = rest[len(within) :]
    kinds: dict[str, list[ChildSitemap]] = {}
    for child in children:
        if not _YEAR.search(_name(child)):
            kinds.setdefault(_NUMBER.sub("", _name(child)), []).append(child)
    turns = chain.from_iterable(zip_longest(*map(_from_both_ends, kinds.values())))
    return within + [child for child in turns if child is not None] + later[::-1] + earlier


def _from_both_ends(children: list[ChildSitemap]) -> list[ChildSitemap]:
    ordered = sorted(children, key=_numbers, reverse=True)
    return [ordered[place // 2 if place % 2 == 0 else -1 - place // 2] for place in range(len(ordered))]


def _name(child: ChildSitemap) -> str:
    parts = urlsplit(child.url)
    return f"{parts.path}?{parts.query}"


def _numbers(child: ChildSitemap) -> list[int]:
    return [int(number) for number in _NUMBER.findall(_name(child))]


def _period(child: ChildSitemap) -> tuple[int, ...]:
    """Year, month and day of a name, as far as it has them; what stands before the year is no time."""
    name = _name(child)
    year = _YEAR.search(name)
    numbers = _NUMBER.findall(name[year.start() :]) if year else []
    joined = _DIGITS.fullmatch(numbers[0]) if numbers else None
    if joined:
        numbers = [*filter(None, joined.groups()), *numbers[1:]]
    return tuple(map(int, numbers[:4]))
