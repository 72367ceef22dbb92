"""Sitemaps that an outlet keeps one a day: a template and a range of days → their addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

_PLACEHOLDER = re.compile(r"\{(yyyy-mm-dd|yyyy|mm|m|dd|d)\}")


def is_template(url: str) -> bool:
    """Tell whether a sitemap's address holds a day's placeholders.

    >>> is_template("https://news.example/Sitemap/{yyyy}/{m}/{d}"), is_template("https://news.example/s.xml")
    (True, False)
    """
    return bool(_PLACEHOLDER.search(url))


def expand(
    template: str,
    *,
    zone: ZoneInfo,
    now: datetime,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[str]:
    """Return the addresses for each day from `since` to `until`, both included, newest first.

    Days are the outlet's: the same moment is another day in Muscat than in Rabat. Without a range:
    today and yesterday. With `since` alone, up to today; with `until` alone, its day and the day
    before. Placeholders: {yyyy} {mm} {m} {dd} {d} {yyyy-mm-dd}. An address without any is returned
    as it is; one with a month but no day appears once a month. No day lies after today.

    Raises:
        ValueError: a time without an offset.

    >>> from datetime import UTC
    >>> late = datetime(2026, 3, 1, 22, tzinfo=UTC)
    >>> expand("https://n.example/{yyyy}/{m}/{d}", zone=ZoneInfo("Asia/Dubai"), now=late)
    ['https://n.example/2026/3/2', 'https://n.example/2026/3/1']
    """
    for moment in (now, since, until):
        if moment is not None and moment.tzinfo is None:
            raise ValueError(f"{moment.isoformat()} has no offset; give one, so that its day is certain")
    today = now.astimezone(zone).date()
    last = min(until.astimezone(zone).date(), today) if until else today
    first = since.astimezone(zone).date() if since else last - timedelta(days=1)
    if not is_template(template):
        return [template]
    return list(dict.fromkeys(_fill(template, day) for day in _days_back(last, first)))


def _days_back(last: date, first: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield last - timedelta(days=number)


def _fill(template: str, day: date) -> str:
    values = {
        "yyyy-mm-dd": day.isoformat(),
        "yyyy": f"{day:%Y}",
        "mm": f"{day:%m}",
        "m": str(day.month),
        "dd": f"{day:%d}",
        "d": str(day.day),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], template)
