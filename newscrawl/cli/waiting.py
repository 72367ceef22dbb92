"""The line that tells what waits for Elasticsearch, where one is configured."""

from __future__ import annotations

import click

from newscrawl.search import is_configured
from newscrawl.store import Archive


def say_waiting(archive: Archive) -> None:
    """Print how many articles wait for Elasticsearch; nothing where none does, or none is configured."""
    number = archive.pending() if is_configured() else 0
    if number:
        click.echo(f"{amount_waiting(number)} for Elasticsearch (newscrawl index)")


def amount_waiting(number: int) -> str:
    """How many articles wait, as the beginning of a sentence.

    >>> amount_waiting(1), amount_waiting(1200)
    ('1 article waits', '1,200 articles wait')
    """
    return "1 article waits" if number == 1 else f"{number:,} articles wait"
