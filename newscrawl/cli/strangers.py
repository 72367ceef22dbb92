"""A word on outlets that were asked for and that the archive does not have."""

from __future__ import annotations

import click

from newscrawl.store.changes import Selection, Snapshot


def warn_of_strangers(snapshot: Snapshot, selection: Selection) -> None:
    """Say on standard error which outlets of a selection have no article: mistyped, or never crawled."""
    for name in snapshot.outlets_without_articles(selection):
        click.echo(f"The archive has no article of outlet {name}.", err=True)
