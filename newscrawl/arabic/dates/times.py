"""Times in shorthand (see `date_words`).

Times of day with the zone beside them (14:30, 14h30, 10:15 ص, 3 مساء), and times that a page counts from its
own day (منذ 3 ساعات, أمس 14:30).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Literal

from newscrawl.arabic.dates.date_words import UNKNOWN_ZONE, zone_of_code

# An ISO offset glued to the time is no offset where a date follows ("10:30-04 يوليو", "10:30-12/05/2020").
_NO_DATE = r"(?!\d|\s?[/.:-]\s?\d|\s?[MHO]\d\d)"
_HOURS, _MINUTES = r"(?:0\d|1[0-4])", r"[0-5]\d"
_ZONE = (
    rf"(?:(?P<glued>[+-]{_HOURS}(?::?{_MINUTES})?){_NO_DATE}"
    rf"|\s?\(?\s?(?P<spaced>[+-]{_HOURS}:?{_MINUTES}){_NO_DATE}"
    r"|\s?\(?(?P<zulu>z)\b"
    rf"|[\s|,]{{0,3}}\(?\s?(?:(?P<ahead>[+-]\s?\d{{1,2}})\s)?Z(?P<code>(?!{UNKNOWN_ZONE})\d\d)"
    rf"(?:\s?(?P<from>[+-]\s?\d{{1,2}}(?::?{_MINUTES})?){_NO_DATE})?)\s?\)?"
)
_CLOCK = re.compile(
    r"(?:(?<!\d)(?<!\d\s)(?P<before>[AEP])\s)?(?:C\s?[:,]?\s?)?(?:(?<=\d)t\s?)?"
    r"(?<![\dA-Z:.])(?P<hour>\d{1,2})\s?[:h]\s?(?P<minute>\d\d)(?!\d)(?:\s?:\s?(?P<second>\d\d)(?!\d)(?:[.,]\d+)?)?"
    rf"(?:\s?(?:من\s)?(?P<after>[APENL])\b)?(?:{_ZONE})?"
)
# The full stop is an hour's mark only behind "the hour" or right behind a day; so is a bare hour only
# with its half of the day.
_STOPPED = re.compile(
    r"(?:C\s?:?\s?|(?<=D)[\s,|()-]{1,4}(?:C\s?)?)(?P<hour>\d{1,2})\.(?P<minute>\d\d)(?![.\d])"
    rf"(?:\s?(?P<after>[APENL])\b)?(?:{_ZONE})?"
)
_BARE = re.compile(
    r"(?:C\s?:?\s?(?P<hour>\d{1,2})(?![\d.:/-])\s?(?:من\s)?(?P<after>[APENL])\b"
    r"|(?<![\dA-Z/.:-])(?P<hour2>\d{1,2})\s?(?P<after2>[APNL])\b)"
)
_NAMED_ZONE = re.compile(r"Z(\d\d)")


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `zone` is what the text says beside it, None where it says nothing."""

    time: time
    precision: Literal["hour", "minute", "second"]
    zone: tzinfo | None = None


@dataclass(slots=True)
class ClockReading:
    """What a shorthand says of times: the rest of it has `T` in the place of each."""

    rest: str
    clocks: list[Clock]
    impossible: bool = False
    """One of the times cannot be: 25:00, 14:30 before noon."""
    unknown_zone: bool = False
    """A zone is named that we do not know, so that the times mean nothing to us."""


def read_clocks(text: str) -> ClockReading:
    """Take the times with a colon out of a shorthand, and the zone that is named anywhere in it."""
    found = ClockReading(text, [])
    _take(_CLOCK, found)
    zone: tzinfo | None = None
    for code in map(int, _NAMED_ZONE.findall(found.rest)):
        if code == UNKNOWN_ZONE:
            found.unknown_zone = True
        elif zone_of_code(code)[1]:
            zone = zone or zone_of_code(code)[0]
    if zone:
        found.clocks = [
            clock if clock.zone else Clock(clock.time, clock.precision, zone) for clock in found.clocks
        ]
    return found


def read_rarer_clocks(found: ClockReading) -> None:
    """The times without a colon, in a shorthand whose days are `D` already, where there is none with one."""
    if not found.clocks:
        _take(_STOPPED, found)
    if not found.clocks:
        _take(_BARE, found)


def _take(pattern: re.Pattern[str], found: ClockReading) -> None:
    def replace(match: re.Match[str]) -> str:
        clock = _clock(match)
        if clock is None:
            found.impossible = True
        else:
            found.clocks.append(clock)
        return " T "

    found.rest = " ".join(pattern.sub(replace, found.rest).split())


def _clock(match: re.Match[str]) -> Clock | None:
    part = match.groupdict()
    half = part.get("after") or part.get("after2") or part.get("before")
    hour = hour_of_day(int(part.get("hour") or part.get("hour2") or 99), half)
    minute, second = int(part.get("minute") or 0), int(part.get("second") or 0)
    if second == 60:  # a leap second, allowed by RFC 5322; datetime knows none
        second = 59
    if hour is None or hour > 23 or minute > 59 or second > 59:
        return None
    precision: Literal["hour", "minute", "second"] = "minute"
    if part.get("second"):
        precision = "second"
    elif not part.get("minute"):
        precision = "hour"
    return Clock(time(hour, minute, second), precision, _zone(part))


def hour_of_day(hour: int, half: str | None) -> int | None:
    """The hour of 24, or None where the half of the day contradicts it.

    Args:
        hour: as stated.
        half: `A` before noon, `P` and `E` after, `N` about noon, `L` at night; None: 24 hours.

    >>> hour_of_day(12, "A"), hour_of_day(12, "P"), hour_of_day(1, "N"), hour_of_day(2, "L")
    (0, 12, 13, 2)
    """
    if half is None:
        return hour
    if half == "A":
        return hour % 12 if hour <= 12 else None
    if half == "N":
        return hour + 12 if 1 <= hour <= 4 else hour if 10 <= hour <= 16 else None
    if half == "L":
        return _at_night(hour)
    return None if hour == 0 else hour if hour >= 12 else hour + 12


def _at_night(hour: int) -> int | None:
    """Night runs from the evening past midnight: 9 is 21, 12 is 0, 2 is 2."""
    if hour in (0, 12):
        return 0
    if 6 <= hour < 12:
        return hour + 12
    return hour if hour < 6 or hour >= 18 else None


def _zone(part: dict[str, str | None]) -> tzinfo | None:
    if part.get("zulu"):
        return UTC
    offset = part.get("glued") or part.get("spaced")
    if offset is None and part.get("code"):
        code = int(part["code"] or 0)
        offset = part.get("from") or part.get("ahead")
        named = zone_of_code(code)[0]
        if offset is None or named is not UTC:
            return named
    return _offset(offset) if offset else None


def _offset(text: str) -> tzinfo | None:
    digits = "".join(character for character in text if character.isdigit())
    hours, minutes = int(digits[:2]), int(digits[2:4] or 0)
    if hours > 14:
        return None
    ahead = timedelta(hours=hours, minutes=minutes)
    if not ahead:
        return UTC
    return timezone(-ahead if text.startswith("-") else ahead)


_AMOUNT = r"(?:(?<![\dA-Z])(?P<number>\d{1,3})|Q(?P<word>\d\d))?"
_BEFORE = re.compile(
    rf"R\s(?:(?:حوالي|نحو)\s)?(?P<less>اقل\sمن\s)?{_AMOUNT}\s?X(?P<many>\d)(?P<unit>\d)(?:\sQ01)?"
    r"(?:\s?و\s?(?P<more>\d{1,2})\s?X\d(?P<more_unit>[12]))?"
)
_AFTER = re.compile(rf"{_AMOUNT}\s?X(?P<many>\d)(?P<unit>\d)\s(?:من\s)?K")
_DAY_WORD = re.compile(r"(?:Y0(\d)|V)")
_LETTERS = re.compile(r"[^\W\d_A-Z]{2,}")
_SMALL_WORDS = frozenset({"في", "من"})
_BESIDE_WEEKDAY = re.compile(r"W0(\d)")

MAX_WORDS = 3
"""A stamp has no more words beside its time; a sentence that says "three days ago" has."""

SECONDS = {1: 1, 2: 60, 3: 3600, 4: 86_400, 5: 604_800}


class TooVague(ValueError):  # noqa: N818  # it is an answer, not a fault
    """The words count in months or years, or count nothing."""


def read_ago(text: str, now: datetime) -> tuple[datetime, str] | None:
    """The moment that "so long ago" names, and its precision (minute, hour, day); None: no such words.

    Raises:
        TooVague: a month or more, or a unit in the plural without its number.
    """
    match = _BEFORE.search(text) or _AFTER.search(text)
    if match is None or len(_LETTERS.findall(text)) > MAX_WORDS:
        return None
    part = match.groupdict()
    unit = int(match["unit"])
    if part.get("less"):
        if unit > 2:
            raise TooVague
        return now, "minute"
    number = part["number"] or part["word"]
    if unit not in SECONDS or (match["many"] == "1" and not number):
        raise TooVague
    ago = int(number or 1) * SECONDS[unit]
    if part.get("more"):
        return now - timedelta(seconds=ago + int(part["more"]) * SECONDS[int(part["more_unit"])]), "minute"
    return now - timedelta(seconds=ago), {1: "minute", 2: "minute", 3: "hour"}.get(unit, "day")


def read_day_word(text: str, now: datetime) -> tuple[date, bool] | None:
    """The day that today, yesterday or now names, and whether the very moment is meant; None: no such words.

    Only where nothing else is said but a time and a weekday, and "today" only with a time: it is also a word
    of sentences, and اليوم a newspaper that signs its articles so. A weekday that contradicts makes it none.
    """
    match = _DAY_WORD.search(text)
    if match is None or not _SMALL_WORDS.issuperset(_LETTERS.findall(text)) or "O" in text:
        return None
    if match[1] is None:
        return now.date(), True
    if match[1] == "0" and "T" not in text:
        return None
    day = now.date() - timedelta(days=int(match[1]))
    if any(int(weekday) != day.weekday() for weekday in _BESIDE_WEEKDAY.findall(text)):
        return None
    return day, False
