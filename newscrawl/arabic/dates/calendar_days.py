"""Days in shorthand (see `date_words`): 4 M07 2023, M11 9, 2020, 3/6/2020, 11 H10 1441, 2020-06-03."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Hijri

HIJRI_YEARS = range(1343, 1501)
"""The years of the Umm al-Qura tables in `hijridate`; none of them can be a Gregorian year of news."""
HIJRI_TOLERANCE = timedelta(days=2)
"""Umm al-Qura and the sighting of the moon, and two conventions of when a day begins, differ by so much."""
LONG_AGO = 1995

_JOIN = r"[\s,./-]{0,4}(?:(?:من|of|de|du|le|X0[67])[\s,]{0,2}){0,2}"
_PAIR = r"(?:\s?[/(,-]?\s?(?P<other>[MH]\d\d)\s?\)?)?"
_ERA = r"(?:\s?[JEG]\b)?"
_NUMBER_ENDING = r"(?:st|nd|rd|th|er)?"

_YEAR_FIRST = re.compile(
    r"(?<![\dA-Z])(?<!\d[./-])(?P<year>\d{4})\s?(?P<mark>[-/.])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?(?P<day>\d{1,2})"
    rf"(?!\d|\s?(?P=mark)\s?\d){_ERA}"
)
_DAY_FIRST = re.compile(
    r"(?<![\dA-Z])(?<!\d[./-])(?P<day>\d{1,2})\s?(?P<mark>[-/.])\s?(?P<month>\d{1,2})\s?(?P=mark)\s?"
    rf"(?P<year>\d{{4}}|\d\d)(?!\d|\s?(?P=mark)\s?\d){_ERA}"
)
_DAY_MONTH = re.compile(
    rf"(?P<range>(?<![\dA-Z])\d{{1,2}}\s?-\s?)?(?<![\dA-Z:])(?:(?P<day>\d{{1,2}}){_NUMBER_ENDING}|O(?P<ordinal>\d\d))"
    rf"{_JOIN}(?P<named>[MH]\d\d){_PAIR}{_JOIN}(?P<year>\d{{4}}|\d\d)(?!\d){_ERA}"
)
_MONTH_DAY = re.compile(
    rf"(?P<named>[MH]\d\d){_PAIR}[\s,.-]{{0,3}}(?P<day>\d{{1,2}}){_NUMBER_ENDING}[\s,-]{{1,3}}"
    r"(?:T\s)?(?:Z\d\d\s)?(?P<year>\d{4})(?!\d)"
    rf"{_ERA}"
)
_YEAR_MONTH_DAY = re.compile(
    rf"(?<![\dA-Z])(?P<year>\d{{4}})[\s,./-]{{1,3}}(?P<named>[MH]\d\d){_PAIR}[\s,./-]{{1,3}}(?P<day>\d{{1,2}})(?!\d)"
)

# Between a weekday and its day there may stand the time, an era, "the day of", "corresponding to".
_GAP = r"(?:[\s,./|()\[\]:;-]|T|J|X04|الموافق|موافق|ل)"
_WEEKDAY = re.compile(rf"W0(\d){_GAP}{{0,12}}D|D{_GAP}{{0,8}}W0(\d)")


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: the days it may mean, the likeliest first; none where there is no such day."""

    readings: tuple[date, ...]
    hijri: bool = False
    unsure: str = ""
    """Why it says no day, or none unless a weekday or another date beside it decides."""


@dataclass(frozen=True, slots=True)
class NoDay:
    """Why a text states no day, in words for a person; empty: it has none at all."""

    reason: str


def read_day(text: str, this_year: int, *, english: bool) -> tuple[date | NoDay, str]:
    """The one day that a shorthand states, and the shorthand with `D` in the place of each date.

    Args:
        text: shorthand whose times are `T`.
        this_year: the year of the fetch, for years of two digits.
        english: English with AM or PM, where 11/9/2020 may be American.
    """
    days: list[Day] = []
    rules: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Day]], ...] = (
        (_YEAR_FIRST, _year_first),
        (_DAY_FIRST, lambda match: _day_first(match, this_year, english=english)),
        (_DAY_MONTH, lambda match: _with_name(match, this_year)),
        (_MONTH_DAY, lambda match: _with_name(match, this_year)),
        (_YEAR_MONTH_DAY, lambda match: _with_name(match, this_year)),
    )
    for pattern, read in rules:

        def replace(match: re.Match[str], read: Callable[[re.Match[str]], Day] = read) -> str:
            days.append(read(match))
            return " D "

        text = pattern.sub(replace, text)
    text = " ".join(text.split())
    weekdays = [int(before or after) for before, after in _WEEKDAY.findall(text)]
    return _agreed(days, weekdays) if days else NoDay(""), text


def _agreed(days: list[Day], weekdays: list[int]) -> date | NoDay:
    """The one day on which all that is stated agrees."""
    for day in days:
        if not day.readings:
            return NoDay(day.unsure or "there is no such day in the calendar")
    gregorian = [day for day in days if not day.hijri]
    first, *others = gregorian or days
    candidates = first.readings
    if not gregorian and weekdays:
        candidates = tuple(day + timedelta(days=shift) for day in candidates for shift in (0, -1, 1))
    for other in others:
        candidates = tuple(day for day in candidates if day in other.readings)
    if not candidates:
        return NoDay("it states two different dates")
    for hijri in (day for day in days if day.hijri and gregorian):
        candidates = tuple(day for day in candidates if _near(day, hijri.readings))
    if not candidates:
        return NoDay("its Hijri and Gregorian dates contradict each other")
    candidates = tuple(day for day in candidates if all(day.weekday() == weekday for weekday in weekdays))
    if not candidates:
        return NoDay("its weekday contradicts its date")
    if first.unsure and (len(candidates) > 1 or not (weekdays or len(days) > 1)):
        return NoDay(first.unsure)
    return candidates[0]


def _near(day: date, others: tuple[date, ...]) -> bool:
    return any(abs(day - other) <= HIJRI_TOLERANCE for other in others)


def _year_first(match: re.Match[str]) -> Day:
    return _day(int(match["year"]), ((int(match["month"]), int(match["day"])),))


def _day_first(match: re.Match[str], this_year: int, *, english: bool) -> Day:
    """Day first, as all Arab outlets write; month first where nothing else can be or a weekday says so."""
    one, two = int(match["day"]), int(match["month"])
    short = len(match["year"]) == 2
    year = _century(int(match["year"]), this_year) if short else int(match["year"])
    unsure = ""
    if short and (one > 12) == (two > 12):
        unsure = "its year has two digits, and which number is the day is not clear"
    elif english and one != two and one <= 12 and two <= 12:
        unsure = "it may be read day first or month first"
    return _day(year, ((two, one), (one, two)), unsure)


def _with_name(match: re.Match[str], this_year: int) -> Day:
    part = match.groupdict()
    calendar, month = match["named"][0], int(match["named"][1:])
    other = part.get("other")
    if other and other != match["named"]:
        return Day((), unsure="its two names of the month differ")
    year = int(match["year"])
    if part.get("range"):
        return Day((), unsure="it is a span of days")
    unsure = ""
    if len(match["year"]) == 2:
        year, unsure = _century(year, this_year), "its year has two digits"
    if (calendar == "H") != (year in HIJRI_YEARS):
        return Day(())
    return _day(year, ((month, int(part.get("day") or part.get("ordinal") or 0)),), unsure)


def _day(year: int, orders: tuple[tuple[int, int], ...], unsure: str = "") -> Day:
    """A day from its year and its possible (month, day) pairs."""
    hijri = year in HIJRI_YEARS
    make = _hijri if hijri else _gregorian
    found = dict.fromkeys(day for month, number in orders if (day := make(year, month, number)))
    return Day(tuple(found), hijri, unsure)


def _gregorian(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _hijri(year: int, month: int, day: int) -> date | None:
    """A Hijri day by Umm al-Qura; a thirtieth that its month lacks there is the day behind the last."""
    if not 1 <= day <= 30:
        return None
    try:
        first = Hijri(year, month, 1).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date(first.year, first.month, first.day) + timedelta(days=day - 1)


def _century(year: int, this_year: int) -> int:
    return 2000 + year if 2000 + year <= this_year + 1 else 1900 + year
