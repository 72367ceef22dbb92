"""What a terminal shows, and times as people type them there: 2d, 12h, yesterday, 2026-11-01."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:  # rich is slow to import, and `scrapy list` must not pay for it
    from rich.console import Console
    from rich.table import Table

PIPE_COLUMNS = 10_000
"""Columns of a table where no screen sets a limit: a pipe gets whole rows."""

_RIGHT_TO_LEFT, _END = "\u2067", "\u2069"  # isolates: Unicode Bidirectional Algorithm, UAX #9
_SPACE = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What moves a terminal's cursor, colours it or sets its title; and marks that would end our isolates."""


def printable(text: str) -> str:
    r"""Foreign text (a title, a URL, a server's words) as one line that cannot control a terminal.

    >>> printable("one\x1b[2J\ntwo")
    'one[2J two'
    """
    return _CONTROL.sub("", _SPACE.sub(" ", text))


def isolated(text: str, *, styled: bool = False) -> str:
    """Foreign text that keeps its direction among Latin letters, where the output is a terminal.

    Args:
        text: the text.
        styled: it is printable already, and has colours of ours.
    """
    text = text if styled else printable(text)
    return f"{_RIGHT_TO_LEFT}{text}{_END}" if sys.stdout.isatty() else text


def amount(number: int, noun: str) -> str:
    """A number of things in words.

    >>> amount(1, "article"), amount(1200, "article")
    ('1 article', '1,200 articles')
    """
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def console(stream: TextIO | None = None) -> Console:
    """A console (None: standard output) that colours only a terminal, and cuts nothing off when piped."""
    from rich.console import Console

    stream = stream or sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else 200
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def plain_table(*headings: str) -> Table:
    """An empty table with these headings, whose cells are folded rather than cut."""
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def print_table(table: Table) -> None:
    """Print a table. Text in brackets is text: outlets write titles like `[صور]`."""
    import click
    from rich.console import Console

    screen = sys.stdout.isatty()
    console = Console(width=None if screen else PIPE_COLUMNS, force_terminal=screen)
    with console.capture() as rendered:
        console.print(table, markup=False, highlight=False)
    for line in rendered.get().splitlines():
        click.echo(line.rstrip())


@contextmanager
def progress(what: str, total: int | None = None, *, show: bool = True) -> Iterator[Callable[..., None]]:
    """A progress bar on a terminal's standard error; nothing elsewhere.

    Args:
        what: the words before the bar.
        total: how much there is to do; None: not known yet.
        show: False: no bar even on a terminal.

    Yields:
        A function that takes how much is done, and by name new words (`what`) and a new `total`.
    """
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    hidden = not (show and sys.stderr.isatty())
    with Progress(*columns, console=console(sys.stderr), disable=hidden) as bar:
        task = bar.add_task(what, total=total)

        def update(done: int, what: str | None = None, total: int | None = None) -> None:
            bar.update(task, completed=done, description=what, total=total)

        yield update


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
