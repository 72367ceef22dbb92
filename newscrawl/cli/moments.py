"""`--since` and `--until`: times as people type them."""

from __future__ import annotations

from datetime import datetime

import click

from newscrawl.when import parse_when


def moment(_context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """The value of the option as a time, in this machine's zone; a whole day ends `until` with its end.

    Raises:
        click.BadParameter: the value is no time.
    """
    try:
        return parse_when(value, datetime.now().astimezone(), end=option.name == "until") if value else None
    except ValueError as error:
        raise click.BadParameter(str(error), param=option) from error
