"""A word on outlets that were asked for and that the archive does not have."""

from __future__ import annotations

import click

from newscrawl.filters import Filters
from newscrawl.store.snapshot import Snapshot


def warn_of_strangers(snapshot: Snapshot, filters: Filters) -> None:
    """Say on standard error which of the outlets asked for have no article: mistyped, or never crawled."""
    for name in snapshot.outlets_without_articles(filters):
        click.echo(f"The archive has no article of outlet {name}.", err=True)
