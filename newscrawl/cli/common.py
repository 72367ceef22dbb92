"""What commands share: the configuration, the archive, times, filters, and the tagger that is used."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import IO, Any, Concatenate, ParamSpec, TypeVar

import click

from newscrawl.config import Config, ConfigError, load_config, unknown_variables

P = ParamSpec("P")
T = TypeVar("T")


class WrongConfig(click.ClickException):
    """Settings that cannot be used: one line for each on standard error, and exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the faults, without the command's usage, which is not to blame."""
        click.echo(self.message, file=file, err=file is None)


def pass_config(command: Callable[Concatenate[Config, P], T]) -> Callable[P, T]:
    """Give a command the configuration as its first argument; a wrong one ends it with exit code 2."""

    def with_config(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            config = load_config()
        except ConfigError as error:
            raise WrongConfig(str(error)) from error
        warn_of_unknown_settings()
        return command(config, *args, **kwargs)

    return update_wrapper(with_config, command)


def warn_of_unknown_settings() -> None:
    """Say on standard error which variables look like settings and are none: mistyped, mostly."""
    for sentence in unknown_variables():
        click.echo(sentence, err=True)
