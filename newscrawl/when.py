"""Times as people type them on a command line: 2d, 12h, yesterday, 2026-11-01."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

_AGO = re.compile(r"^(\d{1,5})\s*([mhdw])$", re.IGNORECASE)
_DAY = re.compile(r"^\d{4}-?\d\d-?\d\d$")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def parse_when(text: str, now: datetime, *, end: bool = False) -> datetime:
    """Read a point in time; a day or hour without an offset is in the zone of `now`.

    Args:
        text: one of the forms.
        now: an aware datetime.
        end: a whole day (2026-11-01, today, yesterday) means its last moment instead of its first, as
            "until" does.

    >>> from datetime import UTC
    >>> parse_when("2d", datetime(2026, 11, 24, 8, tzinfo=UTC)).isoformat()
    '2026-11-22T08:00:00+00:00'

    Raises:
        ValueError: none of the forms; the message shows them.
    """
    word = text.strip().lower()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    day = timedelta(days=1, microseconds=-1) if end else timedelta()
    named = {"now": now, "today": midnight + day, "yesterday": midnight - timedelta(days=1) + day}
    if word in named:
        return named[word]
    match = _AGO.match(word)
    try:
        if match:
            return now - timedelta(**{_UNITS[match[2].lower()]: int(match[1])})
        moment = datetime.fromisoformat(text.strip())
        if _DAY.match(word):
            moment += day
    except (ValueError, OverflowError):
        raise ValueError(
            f"{text!r} is no time; write 12h, 2d, 1w, yesterday, 2026-11-01 or 2026-11-01T10:00+03:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)
