"""Times as machines write them on pages: ISO 8601 and RFC 5322, with the offset kept.

What is written for people (month names, Hijri dates) is not read here: it gives None, never a guess.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from newscrawl.article import PublishedSource

_ISO = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$",
    re.IGNORECASE,
)
_URL_DAY = re.compile(r"/(20\d{2}|19\d{2})[/-](\d{1,2})[/-](\d{1,2})(?:[/-]|$)")
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MARKS = re.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
FUTURE = timedelta(days=2)
OLDEST_YEAR = 1995


def read_time(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    """A machine-readable time; without an offset it is the outlet's local time, without an hour its midnight.

    Returns:
        An aware datetime, or None: not machine-readable, before 1995, or more than two days ahead of `now`.
    """
    text = _MARKS.sub("", text).translate(_DIGITS).strip()
    moment = _iso(text, zone) or _rfc5322(text, zone)
    if moment is None or moment.year < OLDEST_YEAR or moment > now + FUTURE:
        return None
    return moment


def _iso(text: str, zone: tzinfo) -> datetime | None:
    match = _ISO.match(text)
    if not match:
        return None
    year, month, day, hour, minute, second, offset = match.groups()
    try:
        moment = datetime(
            int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0), tzinfo=zone
        )
        if not offset:
            return moment
        if offset in "Zz":
            return moment.replace(tzinfo=UTC)
        return moment.replace(tzinfo=datetime.strptime(offset.ljust(5, "0"), "%z").tzinfo)
    except (ValueError, OverflowError):
        return None


def _rfc5322(text: str, zone: tzinfo) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=zone) if moment.tzinfo is None else moment
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def day_in_url(url: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The day that a URL's path states as year/month/day, at local midnight, or None."""
    match = _URL_DAY.search(url)
    return read_time("-".join(match.groups()), zone, now) if match else None


def first_readable(
    stated: list[tuple[str, str]], zone: tzinfo, now: datetime
) -> tuple[datetime | None, PublishedSource | None]:
    """The first time that can be read, with its source."""
    for source, text in stated:
        moment = read_time(text, zone, now)
        if moment is not None:
            return moment, source  # type: ignore[return-value]  # sources are written in metadata.py alone
    return None, None
