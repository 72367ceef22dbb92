"""One reader for every date that an Arabic page shows: to machines, to readers, in any calendar and digits.

A date that cannot be read for certain is `Unreadable` with its reason: a year or a month alone is never
1 January, an impossible day is not moved, two dates that contradict are not chosen between.

>>> from datetime import UTC
>>> read_moment("الثلاثاء ٤ يوليو/تموز ٢٠٢٣ - ١٠:١٥ مساءً", UTC, datetime.now(UTC)).at.isoformat()
'2023-07-04T22:15:00+00:00'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import Literal

from newscrawl.arabic.dates.calendar_days import read_day
from newscrawl.arabic.dates.date_words import shorthand
from newscrawl.arabic.dates.times import (
    Clock,
    ClockReading,
    TooVague,
    read_ago,
    read_clocks,
    read_day_word,
    read_rarer_clocks,
)
from newscrawl.arabic.normalise import normalise

EARLIEST_YEAR = 1995
"""The first Arabic newspapers went online then; an older date is a default value of some program."""
FUTURE_ALLOWANCE = timedelta(days=2)
"""Wrong offsets and embargoed items reach into tomorrow; anything later is a mistake."""
MAX_CHARACTERS = 300
"""A longer text is prose, whose dates are of what it tells."""

Precision = Literal["day", "hour", "minute", "second"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment as stated: aware, and how exactly; a day alone is its midnight."""

    at: datetime
    precision: Precision
    zoned: bool
    """Whether the text itself stated the offset or zone."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why a text gives no moment: a sentence for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stamp:
    """What one line under a headline says: when it was published, when updated, or both."""

    published: Moment | None
    updated: Moment | None
    labelled: bool = False
    """Whether `published` is called so in words; else it is a date without a name."""
    words: int = 0
    """How many words stand beside the dates: a byline has a few, a sentence many."""


def read_moment(text: str, zone: tzinfo, now: datetime) -> Moment | Unreadable:
    """The one moment a text names: of publication, where it names one of update too. Never raises.

    Args:
        text: as written, up to 300 characters.
        zone: the outlet's, for what states no offset.
        now: when the page was fetched (aware), from which "three hours ago" counts.
    """
    stamp = read_stamp(text, zone, now)
    if isinstance(stamp, Unreadable):
        return stamp
    return stamp.published or stamp.updated or Unreadable("no date in it")


def read_stamp(text: str, zone: tzinfo, now: datetime) -> Stamp | Unreadable:
    """What a text says of publication and of update, told apart by its words for them. Never raises."""
    text = " ".join(text[: 10 * MAX_CHARACTERS].split())
    if len(text) > MAX_CHARACTERS:
        return Unreadable(f"longer than {MAX_CHARACTERS} characters: prose, not a date")
    return _read(text, zone, now)


@lru_cache(maxsize=64)  # a page says the same date in five places
def _read(text: str, zone: tzinfo, now: datetime) -> Stamp | Unreadable:
    reader = _Reader(zone, now)
    plain = _punctuated(normalise(text))
    coded = shorthand(plain)
    reader.english = plain.isascii() and bool(_ENGLISH_HALF.search(plain))
    pieces = _merged([reader.piece(label, part) for label, part in _labelled_parts(coded)], reader)
    stamp = _stamp(pieces)
    if isinstance(stamp, Stamp):
        return replace(stamp, words=len(_WORD.findall(coded)))
    return stamp


_PUNCTUATION = str.maketrans(
    {
        "،": ",", "؛": ";", "؍": "/", "⁄": "/", "∕": "/", "\\": "/", "∶": ":", "꞉": ":", "：": ":",
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)  # fmt: skip
_BASIC_DAY = re.compile(r"^(\d{4})(\d\d)(\d\d)(?=t\d{4}|$)")
_BASIC_TIME = re.compile(r"t(\d\d)(\d\d)(\d\d)?(?=z|[+-]|$)")
_ENGLISH_HALF = re.compile(r"\d\s?[ap]\.?m\b")
_WORD = re.compile(r"[^\W\d_A-Z]{2,}")
_LABEL = re.compile(r"\b([UB])\b")


def _punctuated(text: str) -> str:
    """Punctuation in one form, and ISO 8601's basic form (20201109T183447Z) with its marks put in."""
    text = text.translate(_PUNCTUATION)
    if not _BASIC_DAY.match(text):
        return text
    day, _, clock = _BASIC_DAY.sub(r"\1-\2-\3", text).partition("t")
    clock = _BASIC_TIME.sub(lambda match: ":".join(filter(None, match.groups())), f"t{clock}")
    return f"{day}t{clock}" if clock != "t" else day


@dataclass(slots=True)
class _Piece:
    """What stands behind one label, up to the next; a moment, a time without its day, or why neither."""

    label: str
    moment: Moment | None = None
    clock: Clock | None = None
    reason: str = ""


def _labelled_parts(coded: str) -> list[tuple[str, str]]:
    first, *rest = _LABEL.split(coded)
    parts = [("", first), *zip(rest[::2], rest[1::2], strict=True)]
    return [(label, part) for label, part in parts if label or part.strip()]


@dataclass(slots=True)
class _Reader:
    """The zone and the day from which one text is read."""

    zone: tzinfo
    now: datetime
    english: bool = False

    def piece(self, label: str, text: str) -> _Piece:
        """Read one part of a shorthand."""
        clocks = read_clocks(text)
        day, clocks.rest = read_day(clocks.rest, self.now.year, english=self.english)
        read_rarer_clocks(clocks)
        if clocks.impossible:
            return _Piece(label, reason="there is no such time of day")
        if isinstance(day, date):
            return self._at(label, day, clocks)
        if day.reason:
            return _Piece(label, reason=day.reason)
        return self._relative(label, clocks)

    def _relative(self, label: str, clocks: ClockReading) -> _Piece:
        here = self.now.astimezone(self.zone)
        try:
            ago = read_ago(clocks.rest, here)
        except (TooVague, OverflowError):
            return _Piece(label, reason="it counts in units too vague for a date")
        if ago:
            at, precision = ago
            if precision == "day":
                return self._at(label, at.date(), clocks)
            return self._checked(label, Moment(at, "hour" if precision == "hour" else "minute", zoned=False))
        named = read_day_word(clocks.rest, here)
        if named and named[1]:
            return self._checked(label, Moment(here, "minute", zoned=False))
        if named:
            return self._at(label, named[0], clocks)
        clock = _one_clock(clocks)
        return _Piece(label, clock=clock, reason="a time without its day" if clock else "")

    def _at(self, label: str, day: date, clocks: ClockReading) -> _Piece:
        return self.on_day(label, day, _one_clock(clocks))

    def on_day(self, label: str, day: date, clock: Clock | None) -> _Piece:
        """A day with its time, if any."""
        zone = (clock.zone if clock else None) or self.zone
        at = datetime.combine(day, clock.time if clock else time(), tzinfo=zone)
        zoned = clock is not None and clock.zone is not None
        return self._checked(label, Moment(at, clock.precision if clock else "day", zoned))

    def _checked(self, label: str, moment: Moment) -> _Piece:
        year = moment.at.year
        if year < EARLIEST_YEAR:
            return _Piece(label, reason=f"the year {year} is before Arabic news went online")
        if year > self.now.year + 1 or moment.at > self.now + FUTURE_ALLOWANCE:
            return _Piece(label, reason="it lies in the future")
        return _Piece(label, moment)


def _one_clock(found: ClockReading) -> Clock | None:
    """The one time beside a day; of several the one that states its zone, and none where that is not clear.

    Broadcasters write local time and Greenwich beside each other.
    """
    if found.unknown_zone or not found.clocks:
        return None
    zoned = dict.fromkeys(clock for clock in found.clocks if clock.zone)
    clocks = zoned or dict.fromkeys(found.clocks)
    return next(iter(clocks)) if len(clocks) == 1 else None


def _merged(pieces: list[_Piece], reader: _Reader) -> list[_Piece]:
    """Pieces with what belongs together put together.

    "28 آب 2013، آخر تحديث 14:00" is one stamp of update; "نشر 28 آب 2013، آخر تحديث 14:00" is two on one
    day; a label behind its date names it.
    """
    merged: list[_Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is None or piece.moment or (piece.reason and piece.clock is None):
            if last and last.clock and last.moment is None and piece.moment and _is_day(piece.moment):
                merged.pop()
                piece = reader.on_day(piece.label, piece.moment.at.date(), last.clock)  # noqa: PLW2901
            merged.append(piece)
        elif piece.clock and last.moment:
            unnamed = not last.label and _is_day(last.moment)
            day = last.moment.at.date()
            if unnamed:
                merged.pop()
            merged.append(reader.on_day(piece.label, day, piece.clock))
        elif not last.label and last.moment:
            last.label = piece.label
        else:
            merged.append(piece)
    return merged


def _is_day(moment: Moment) -> bool:
    return moment.precision == "day"


def _stamp(pieces: list[_Piece]) -> Stamp | Unreadable:
    updated = [piece.moment for piece in pieces if piece.label == "U" and piece.moment]
    named = [piece.moment for piece in pieces if piece.label == "B" and piece.moment]
    unnamed = [piece.moment for piece in pieces if not piece.label and piece.moment]
    published = named or unnamed
    if len({moment.at for moment in published}) > 1:
        return Unreadable("it states two different dates")
    if published or updated:
        return Stamp(next(iter(published), None), next(iter(updated), None), bool(named))
    return Unreadable(next((piece.reason for piece in pieces if piece.reason), "no date in it"))
