"""Opening the archive for a command, with its errors as messages."""

from __future__ import annotations

import click

from newscrawl.store import Archive, StoreError, open_store


def open_archive(*, create: bool = False) -> Archive:
    """The archive that NEWSCRAWL_STORE_URL names.

    Raises:
        click.UsageError: it cannot be opened, or there is none (exit code 2).
    """
    try:
        return open_store(create=create)
    except StoreError as error:
        raise click.UsageError(str(error)) from error
