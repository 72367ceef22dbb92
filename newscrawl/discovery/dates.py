"""Dates as feeds and sitemaps write them: RFC 822, the W3C's ISO 8601, Arabic words, and nothing guessed.

A date's own offset is kept. A date without one is in the outlet's zone; a day without a time is
that day's midnight there. A year or a month alone is not a date (it would become 1 January). What some
feeds write in Arabic for readers is left to `newscrawl.arabic.dates`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newscrawl.arabic.dates import EARLIEST_YEAR, FUTURE_ALLOWANCE, Moment, read_moment
from newscrawl.arabic.dates.date_words import ABBREVIATIONS
from newscrawl.arabic.dates.months import ENGLISH
from newscrawl.arabic.letters import arabic_share

__all__ = ["FUTURE_ALLOWANCE", "DateReader", "read_date"]

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp][Mm])?"
_ZONE = r"(?P<zone>(?:GMT|UTC|UT|Z)?\s*[+-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})?(?:\s*\([^()]*\))?"
_ISO = re.compile(
    rf"(?P<year>\d{{4}})[-/](?P<month>\d{{1,2}})[-/](?P<day>\d{{1,2}})(?:(?:\s*T\s*|\s+){_CLOCK}\s*{_ZONE})?"
)
_RFC822 = re.compile(
    rf"(?:[A-Za-z]{{2,9}}\.?\s*,?\s*)?(?P<day>\d{{1,2}})[\s-]+(?P<month>[A-Za-z]{{3,9}})\.?,?[\s-]+"
    rf"(?P<year>\d{{4}}|\d{{2}})(?:,?\s+{_CLOCK}\s*{_ZONE})?"
)
_OFFSET = re.compile(r"([+-])(\d{1,2}):?(\d{2})?")
_MONTHS = tuple(names[0][:3] for names in ENGLISH)


def read_date(text: str | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return the moment `text` names, with an offset, or None when it names none we can trust.

    None also for a date before 1995 and one more than two days after `now`. Never raises.

    >>> cairo, now = ZoneInfo("Africa/Cairo"), datetime(2026, 10, 1, tzinfo=UTC)
    >>> read_date("Sun, 27 Sep 2026 20:01:18 +0400", cairo, now).isoformat()
    '2026-09-27T20:01:18+04:00'
    >>> read_date("2026-09-27 20:01", cairo, now).isoformat(), read_date("2026-09", cairo, now)
    ('2026-09-27T20:01:00+03:00', None)
    """
    text = " ".join((text or "")[:100].split())
    match = _ISO.fullmatch(text) or _RFC822.fullmatch(text)
    if match is None:
        return _in_words(text, zone, now)
    try:
        moment = _moment(match, zone)
        in_range = moment.year >= EARLIEST_YEAR and moment - now <= FUTURE_ALLOWANCE
    except (ValueError, OverflowError):
        return None
    return moment if in_range else None


def _in_words(text: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return the moment that Arabic words with a day's number name."""
    if not arabic_share(text) or not any(map(str.isdigit, text)):
        return None
    moment = read_moment(text, zone, now)
    return moment.at if isinstance(moment, Moment) else None


def _moment(match: re.Match[str], zone: ZoneInfo) -> datetime:
    """Build the matched date.

    Raises:
        ValueError: no such month, day, hour or offset.

    """
    year = int(match["year"])
    if len(match["year"]) == 2:
        year += 2000 if year < 69 else 1900  # as RFC 2822 and POSIX have it
    month = int(match["month"]) if match["month"].isdigit() else _month_number(match["month"])
    hour = int(match["hour"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"hour {hour} with {match['half']}")
        hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
    second = int(match["second"] or 0)
    if second == 60:  # a leap second, allowed by RFC 822; datetime knows none
        second = 59
    return datetime(
        year, month, int(match["day"]), hour, int(match["minute"] or 0), second,
        tzinfo=_offset(match["zone"], zone),
    )  # fmt: skip


def _month_number(name: str) -> int:
    """Return 1 to 12 for an English month name.

    Raises:
        ValueError: no such month.

    """
    return _MONTHS.index(name[:3].lower()) + 1


def _offset(text: str | None, zone: ZoneInfo) -> tzinfo:
    """Return the zone a date states, or the outlet's.

    Raises:
        ValueError: an offset of a day or more.

    """
    offset = _OFFSET.search(text or "")
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3] or 0)
        return timezone(timedelta(minutes=-minutes if offset[1] == "-" else minutes)) if minutes else UTC
    hours = ABBREVIATIONS.get((text or "").upper())
    return zone if hours is None else timezone(timedelta(hours=hours)) if hours else UTC


@dataclass(slots=True)
class DateReader:
    """`read_date` for one listing, counting what it could not read so that it is said once."""

    zone: ZoneInfo
    now: datetime
    unread: int = 0
    example: str = field(default="")

    def read(self, text: str | None) -> datetime | None:
        """Return the moment, or None; empty text is no date and not counted."""
        if not text or not text.strip():
            return None
        moment = read_date(text, self.zone, self.now)
        if moment is None:
            self.unread += 1
            self.example = self.example or " ".join(text.split())[:60]
        return moment

    def problems(self, url: str) -> list[str]:
        """Say in one sentence that dates could not be read, if so."""
        if not self.unread:
            return []
        return [
            f"{url}: {self.unread} date(s) could not be used, such as “{self.example}”; those links count as "
            "undated and the article page decides. Nothing to do unless they are all wrong."
        ]


_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)(?:[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?|"
    r"(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)(?=[/-]|$)",
    re.ASCII,
)


def day_in_url(url: str) -> tuple[int, ...] | None:
    """The year and month, and the day if it is there, that an address has in its path.

    >>> day_in_url("https://news.example/2019/01/07/x"), day_in_url("https://news.example/201912/x")
    ((2019, 1, 7), (2019, 12))
    >>> day_in_url("https://news.example/2019123456"), day_in_url("https://news.example/news/2019")
    (None, None)
    """
    match = _URL_DAY.search(urlsplit(url).path)
    return tuple(int(number) for number in match.groups() if number) if match else None


def last_instant(moment: datetime, zone: tzinfo) -> datetime:
    """The last instant that a listing's time may mean: midnight is how a day without a time is read.

    Some write a day as midnight themselves, in UTC (`2026-11-28T00:00:00Z`), whatever their zone.

    Args:
        moment: aware.
        zone: the outlet's.
    """
    spellings = (moment, moment.astimezone(zone))
    if any(at == at.replace(hour=0, minute=0, second=0, microsecond=0) for at in spellings):
        return moment + timedelta(days=1) - timedelta(microseconds=1)
    return moment
