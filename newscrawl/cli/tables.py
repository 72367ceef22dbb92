"""Tables of a command: fitted to a terminal, whole and plain in a pipe."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:  # rich is slow to import
    from rich.table import Table

_PLENTY = 10_000
"""Columns when nobody's screen sets a limit: a pipe gets whole rows."""


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
    from rich.console import Console

    screen = sys.stdout.isatty()
    console = Console(width=None if screen else _PLENTY, force_terminal=screen)
    with console.capture() as rendered:
        console.print(table, markup=False, highlight=False)
    for line in rendered.get().splitlines():
        click.echo(line.rstrip())
