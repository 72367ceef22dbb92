"""Which sitemaps of an index to read first, where there are more than a run may read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from urllib.parse import urlsplit

from newscrawl.discovery.dates import last_instant
from newscrawl.discovery.listing import ChildSitemap

_OLDEST = datetime.min.replace(tzinfo=UTC)
_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d{5})")


def in_order(children: Sequence[ChildSitemap], *, since: datetime | None, zone: tzinfo) -> list[ChildSitemap]:
    """The children that may hold what is wanted, the most promising first.

    Dated ones come first, the newest at the head; a day without a time is the whole of that day. Undated ones
    follow: by the dates in their names where those have years, else from both ends of their numbering by
    turns, for some sites count up from their oldest articles and others from their newest.

    Args:
        children: as the index names them.
        since: nothing older is wanted; None: no bound.
        zone: the outlet's.
    """
    dated = [
        child
        for child in children
        if child.modified_at is not None and (since is None or last_instant(child.modified_at, zone) >= since)
    ]
    dated.sort(key=lambda child: child.modified_at or _OLDEST, reverse=True)
    return dated + _by_name([child for child in children if child.modified_at is None])


def _by_name(children: list[ChildSitemap]) -> list[ChildSitemap]:
    with_year = [child for child in children if _YEAR.search(_name(child))]
    with_year.sort(key=lambda child: _numbers(child, from_year=True), reverse=True)
    rest = sorted((child for child in children if not _YEAR.search(_name(child))), key=_numbers, reverse=True)
    turns = [rest[place // 2] if place % 2 == 0 else rest[-1 - place // 2] for place in range(len(rest))]
    return with_year + turns


def _name(child: ChildSitemap) -> str:
    parts = urlsplit(child.url)
    return f"{parts.path}?{parts.query}"


def _numbers(child: ChildSitemap, *, from_year: bool = False) -> list[int]:
    """The numbers of a name, in order; what stands before its year says nothing of time."""
    name = _name(child)
    year = _YEAR.search(name) if from_year else None
    return [int(number) for number in _NUMBER.findall(name[year.start() if year else 0 :])]
