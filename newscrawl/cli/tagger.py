"""Which tagger a command uses, with what speaks against it as a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from newscrawl.entities.taggers import TaggerChoice, TaggerKind


def chosen_tagger(choice: TaggerChoice | None = None) -> TaggerKind | None:
    """The tagger of a choice, or else the configured one; None if that is off.

    Raises:
        click.UsageError: it is not installed (exit code 2).
    """
    from newscrawl.entities import TaggerUnavailable
    from newscrawl.entities.taggers import chosen_kind, settle

    try:
        return settle(choice) if choice else chosen_kind()
    except TaggerUnavailable as error:
        raise click.UsageError(str(error)) from error
