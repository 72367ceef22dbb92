"""Tables and progress bars: rich, made so that no foreign text in a cell can control a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TextIO

from rich import box
from rich.console import Console, ConsoleOptions, RenderableType
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from newscrawl.terminal import isolated, rendered, without_controls

PIPE_COLUMNS = 10_000
"""Columns of a table where no screen sets a limit: a pipe gets whole rows."""
_ISOLATE = Style(meta={"isolate": True})


class _CleanConsole(Console):
    """A console that strips controls from every text, and adds styles and isolates of ours afterwards."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is printed, piece by piece; rich calls this for each cell, too."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(self._clean(segment), segment.style)

    def _clean(self, segment: Segment) -> str:
        text, style = without_controls(segment.text), segment.style
        if self.is_terminal and style is not None and style.meta.get("isolate") and text.strip():
            return rendered(isolated(text), terminal=True)
        return text


def console(stream: TextIO | None = None) -> Console:
    """A console (None: standard output) that colours only a terminal, and cuts nothing off when piped."""
    stream = stream or sys.stdout
    width = None if stream.isatty() or os.environ.get("COLUMNS") else 200
    return _CleanConsole(file=stream, width=width, highlight=False, markup=False, soft_wrap=False)


def isolated_cell(text: str) -> Text:
    """A cell whose text keeps its own direction; no bracket in it is markup."""
    return Text(text, _ISOLATE)


def plain_table(*headings: str) -> Table:
    """An empty table with these headings, whose cells are folded rather than cut."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def width_of(table: Table) -> int:
    """How many characters wide a table is where no cell is folded."""
    return _CleanConsole(width=PIPE_COLUMNS).measure(table).maximum


def print_table(table: Table) -> None:
    """Print a table. Text in brackets is text: outlets write titles like `[صور]`."""
    screen = sys.stdout.isatty()
    console = _CleanConsole(width=None if screen else PIPE_COLUMNS, force_terminal=screen, markup=False)
    with console.capture() as captured:
        console.print(table, highlight=False)
    for line in captured.get().splitlines():
        sys.stdout.write(f"{line.rstrip()}\n")


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
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
    )
    hidden = not (show and sys.stderr.isatty())
    with Progress(*columns, console=console(sys.stderr), disable=hidden) as bar:
        task = bar.add_task(what, total=total)

        def update(done: int, what: str | None = None, total: int | None = None) -> None:
            bar.update(task, completed=done, description=what, total=total)

        yield update
