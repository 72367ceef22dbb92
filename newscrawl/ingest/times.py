"""When a row's article was published: a written date, or seconds, ms, µs or ns since 1970 by magnitude."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from newscrawl.arabic.dates import EARLIEST_YEAR, FUTURE_ALLOWANCE, Moment, read_moment

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PER_SECOND = (1, 1_000, 1_000_000, 1_000_000_000)
"""Units of an epoch time: seconds; JavaScript's and pandas' ms; µs; pandas' ns. The spans of years that news
can be from do not meet: what is a likely time in one unit is 1970 or the far future in the others."""
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?(e[+-]?\d+)?", re.IGNORECASE)
_WRITTEN_DAY = re.compile(r"\d{4}(\d{4})?")
"""20180218; and a year alone, which the reader of dates refuses in words."""
_SHOWN = 40


class UnreadableTimeError(ValueError):
    """A time that is stated and cannot be read; the message shows it and says why."""


def read_time(value: Any, now: datetime) -> datetime | None:
    """Read a time as files state it; None where the value says that there is none (null, NaN, NaT, "").

    Args:
        value: a string, or a number of seconds, ms, µs or ns since 1970, or such a number as a string.
        now: what is later than this and two days is no time of publication.

    Raises:
        UnreadableTimeError: neither a date nor a number of such a time.

    >>> now = datetime(2026, 11, 1, tzinfo=UTC)
    >>> {read_time(value, now).isoformat() for value in (1518989743, "1518989743000", 1518989743e6)}
    {'2018-02-18T21:35:43+00:00'}
    """
    if _is_missing(value):
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(value, now)
    if not isinstance(value, str):
        raise _unreadable(value, "neither text nor a number")
    text = value.strip()
    if _NUMBER.fullmatch(text) and not _WRITTEN_DAY.fullmatch(text):
        return _of_number(_number(text), now)
    moment = read_moment(text, UTC, now)
    if not isinstance(moment, Moment):
        raise _unreadable(value, moment.reason)
    return moment.at


def _is_missing(value: Any) -> bool:
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    return isinstance(value, str) and value.strip().lower() in _NO_TIME


_NO_TIME = frozenset(("", "nan", "nat", "none", "null", "<na>", "n/a", "-"))
"""What pandas and people write where there is no time."""


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _of_number(number: float, now: datetime) -> datetime:
    if 10**7 <= number < 10**8 and number == int(number):
        return _of_day(int(number), now)
    for unit in _PER_SECOND:
        try:
            # Whole numbers exactly: a float has not the digits of so many nanoseconds.
            micros = number * 1_000_000 // unit if isinstance(number, int) else round(number / unit * 1e6)
            moment = _EPOCH + timedelta(microseconds=micros)
        except (OverflowError, ValueError):
            continue
        if moment.year >= EARLIEST_YEAR and moment <= now + FUTURE_ALLOWANCE:
            return moment
    raise _unreadable(number, f"no time from {EARLIEST_YEAR} to now in seconds, ms, µs or ns since 1970")


def _of_day(number: int, now: datetime) -> datetime:
    """20180218, as a number: no news is from the years that it means in seconds."""
    moment = read_moment(str(number), UTC, now)
    if not isinstance(moment, Moment):
        raise _unreadable(number, moment.reason)
    return moment.at


def _unreadable(value: Any, why: str) -> UnreadableTimeError:
    shown = str(value) if len(str(value)) <= _SHOWN else f"{str(value)[:_SHOWN]}…"
    return UnreadableTimeError(f"{shown!r}: {why}")
