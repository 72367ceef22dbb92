"""Lines that people and programs read, in which no foreign text controls a terminal; and times as typed."""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

_SPACE = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\ud800-\udfff]")
"""What moves a terminal's cursor, colours it or sets its title; what overrides the direction of text
(UAX #9) or would end our isolates; and halves of characters, which cannot be written. The marks of
direction that Arabic text needs (LRM, RLM, ALM) and its joiners are none of these."""
_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"  # isolates: Unicode Bidirectional Algorithm, UAX #9
_COLOURS = {"": "", "red": "31", "green": "32", "yellow": "33"}


def printable(text: str) -> str:
    r"""Foreign text (a title, a URL, a server's words) as one line that cannot control a terminal.

    >>> printable("one\x1b[2J\ntwo")
    'one[2J two'
    """
    return _CONTROL.sub("", _SPACE.sub(" ", text))


def without_controls(text: str) -> str:
    """`printable`, for text of several lines: line breaks and tabs stay."""
    return _CONTROL.sub(lambda found: found[0] if found[0] in "\n\t" else "", text)


# --- one line of output ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Styled:
    """Pieces of a line, and what stands before and after them on a terminal alone."""

    pieces: tuple[Piece, ...]
    before: str
    after: str


Piece: TypeAlias = str | Styled


def styled(*pieces: Piece, bold: bool = False, struck: bool = False, colour: str = "") -> Styled:
    """Pieces in bold, struck out, or in a colour (red, green, yellow), where the output is a terminal."""
    codes = ";".join(filter(None, ["1" * bold, "9" * struck, "" if _colourless() else _COLOURS[colour]]))
    return Styled(pieces, f"\x1b[{codes}m" if codes else "", "\x1b[0m" if codes else "")


def coloured() -> bool:
    """Whether what is printed has colours: on a terminal whose user has not set NO_COLOR."""
    return sys.stdout.isatty() and not _colourless()


def _colourless() -> bool:
    return bool(os.environ.get("NO_COLOR"))  # no-color.org


def isolated(*pieces: Piece) -> Styled:
    """Pieces that keep their own direction among Latin letters, where the output is a terminal."""
    return Styled(pieces, _RIGHT_TO_LEFT, _END)


def rendered(*pieces: Piece, terminal: bool) -> str:
    """Pieces as one line: whatever is not a style of ours is made `printable`."""
    return "".join(
        printable(one)
        if isinstance(one, str)
        else f"{one.before * terminal}{rendered(*one.pieces, terminal=terminal)}{one.after * terminal}"
        for one in pieces
    )


def say(*pieces: Piece, err: bool = False) -> None:
    """Print one line, in which no foreign text can control a terminal or begin a line of its own.

    Args:
        pieces: texts, foreign or not, and what `styled` and `isolated` give.
        err: to standard error.
    """
    stream = sys.stderr if err else sys.stdout
    stream.write(rendered(*pieces, terminal=stream.isatty()) + "\n")
    stream.flush()  # lines of both streams in their order, and each when it is said


def say_row(*cells: str) -> None:
    """Print one line of cells with tabs between them, for programs such as cut and awk."""
    sys.stdout.write("\t".join(map(printable, cells)) + "\n")


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a message of several lines."""
    for line in text.splitlines():
        say(line, err=err)


def json_text(values: Any, indent: int | None = None, *, ascii_only: bool = False) -> str:
    r"""Values as JSON in which Arabic stays readable, and what could control a terminal is escaped.

    >>> json_text({"title": "أ\x9b2J"})
    '{"title": "أ\\u009b2J"}'
    """
    text = json.dumps(values, ensure_ascii=ascii_only, indent=indent)
    return _CONTROL.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def say_json(values: Any, indent: int | None = None) -> None:
    """Print values as one JSON object or list; a standard output that is not UTF-8 gets ASCII."""
    utf8 = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json_text(values, indent, ascii_only=not utf8) + "\n")


def amount(number: int, noun: str) -> str:
    """A number of things in words.

    >>> amount(1, "article"), amount(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


# --- times as typed -------------------------------------------------------------------------------

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
