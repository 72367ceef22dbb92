"""What commands share: configuration, archive, times, filters, tagger, Elasticsearch's errors."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import update_wrapper
from typing import IO, TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

import click

from newscrawl.config import Config, ConfigError, load_config, unknown_variables, variable
from newscrawl.terminal import amount, parse_when, say, say_json

if TYPE_CHECKING:
    from newscrawl.entities.taggers import TaggerChoice, TaggerKind
    from newscrawl.filters import Filters
    from newscrawl.store import Archive
    from newscrawl.store.articles import Snapshot

P = ParamSpec("P")
T = TypeVar("T")
FC = TypeVar("FC", bound=Callable[..., Any])


# --- configuration --------------------------------------------------------------------------------


class WrongConfig(click.ClickException):
    """Settings that cannot be used: one line for each on standard error, and exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the faults, without the command's usage, which is not to blame."""
        (file or sys.stderr).write(f"{self.message}\n")


def pass_config(command: Callable[Concatenate[Config, P], T]) -> Callable[P, T]:
    """Give a command the configuration as its first argument; a wrong one ends it with exit code 2."""

    def with_config(*args: P.args, **kwargs: P.kwargs) -> T:
        _warn_once()
        return command(checked_config(), *args, **kwargs)

    return name_variables(update_wrapper(with_config, command))


def checked_config() -> Config:
    """The configuration.

    Raises:
        WrongConfig: a value cannot be used.
    """
    try:
        return load_config()
    except ConfigError as error:
        raise WrongConfig(str(error)) from error


def _warn_once() -> None:
    """Say which variables are no settings: once, also where a group and its command both ask."""
    said = click.get_current_context().meta
    if not said.setdefault(__name__, False):
        said[__name__] = True
        for sentence in unknown_variables():
            say(sentence, err=True)


def name_variables(function: Callable[P, T]) -> Callable[P, T]:
    """Put a setting's variable in the place of its `$name` in a help text."""
    function.__doc__ = re.sub(r"\$([a-z_]+)", lambda found: variable(found[1]), function.__doc__ or "")
    return function


# --- the archive ----------------------------------------------------------------------------------


def open_archive(config: Config, *, create: bool = False) -> Archive:
    """The configured archive; a line on standard error says to people where it is.

    Raises:
        click.UsageError: it cannot be opened, or there is none (exit code 2).
    """
    from newscrawl.store import StoreError, open_store

    try:
        archive = open_store(config.store_url, create=create, drop_copies=config.drops_copies)
    except StoreError as error:
        raise click.UsageError(str(error)) from error
    if not _for_programs():
        say(f"Archive: {config.archive_place}", err=True)
    return archive


def article_at(archive: Archive, url: str) -> str | None:
    """The id of the article at an address, as a listing had it or canonical; None if the archive has none.

    Raises:
        click.UsageError: it is no address.
    """
    return next(filter(None, map(archive.id_behind, ids_at(url))), None)


def ids_at(url: str) -> list[str]:
    """The ids that an address may have in the archive, by its outlet's rules, by none, and as it stands.

    Raises:
        click.UsageError: it is no address.
    """
    from newscrawl.article import article_id
    from newscrawl.dedupe.canonical import canonical_url
    from newscrawl.outlets import OutletIndex, outlets_from_environment

    try:
        outlet = OutletIndex(outlets_from_environment().values()).outlet_for_url(url)
        addresses = [canonical_url(url, outlet.canonical if outlet else None), canonical_url(url), url]
    except ValueError as error:
        raise click.UsageError(f"{url}: {error}") from error
    return [article_id(address) for address in addresses]


def _for_programs() -> bool:
    """Whether the command prints JSON: then it prints nothing else, for whoever joins both outputs."""
    context = click.get_current_context(silent=True)
    return bool(context and context.params.get("as_json"))


def warn_of_unknown_outlets(snapshot: Snapshot, filters: Filters) -> None:
    """Say on standard error which outlets asked for have no article: mistyped, or never crawled."""
    for name in snapshot.outlets_without_articles(filters):
        say(f"The archive has no article of outlet {name}.", err=True)


# --- options --------------------------------------------------------------------------------------


def _moment(_context: click.Context, option: click.Parameter, value: str | None) -> datetime | None:
    """The value of the option as a time, in this machine's zone; a whole day ends `until` with its end."""
    try:
        return parse_when(value, datetime.now().astimezone(), end=option.name == "until") if value else None
    except ValueError as error:
        raise click.BadParameter(str(error), param=option) from error


def _countries(_context: click.Context, _option: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Country codes as the archive has them: EG, but pan for outlets of many countries."""
    return tuple(code.lower() if code.lower() == "pan" else code.upper() for code in value)


_FILTERS = {
    "outlet": click.option("--outlet", multiple=True, help="Only this outlet's (several: repeat)."),
    "country": click.option(
        "--country", multiple=True, callback=_countries, help="Only outlets of this country: EG, SA …"
    ),
    "section": click.option("--section", multiple=True, help="Only this section, as the outlet names it."),
    "person": click.option(
        "--person", multiple=True, help="Only articles that name this person (all, if repeated)."
    ),
    "org": click.option("--org", multiple=True, help="… this organisation."),
    "place": click.option("--place", multiple=True, help="… this place."),
    "since": click.option("--since", callback=_moment, help="Not older than: 2d, 12h, 2026-11-01."),
    "until": click.option("--until", callback=_moment, help="Not newer than, same forms."),
    "originals": click.option("--originals", is_flag=True, help="No copies of other articles."),
    "collapse": click.option("--collapse", is_flag=True, help="Of an article and its copies, only one."),
}


def filter_options(*names: str) -> Callable[[FC], FC]:
    """Give a command the filters of these names; `Filters.from_options` takes their values."""

    def decorate(command: FC) -> FC:
        for name in reversed(names):
            command = _FILTERS[name](command)
        return command

    return decorate


RECENT = timedelta(days=7)
"""What a command lists that shows what is new, where no --since is given."""


def since_option(meaning: str) -> Callable[[FC], FC]:
    """`--since` with a command's own words for it."""
    return click.option("--since", callback=_moment, help=meaning)


# --- tagger and Elasticsearch ---------------------------------------------------------------------


def chosen_tagger(config: Config, choice: TaggerChoice | None = None) -> TaggerKind | None:
    """The tagger of a choice, or else the configured one; None if that is off.

    Raises:
        click.UsageError: it is not installed (exit code 2).
    """
    from newscrawl.entities import TaggerUnavailable
    from newscrawl.entities.taggers import settle

    wanted = choice or config.tagger
    try:
        return None if wanted == "off" else settle(wanted)
    except TaggerUnavailable as error:
        raise click.UsageError(str(error)) from error


@contextmanager
def reported_errors(config: Config) -> Iterator[None]:
    """What Elasticsearch answers, as one sentence and exit code 1."""
    import elastic_transport
    from elasticsearch import ApiError

    from newscrawl.search.elastic import ElasticError, explain
    from newscrawl.search.elastic.connection import shown_url

    try:
        yield
    except ElasticError as error:
        raise click.ClickException(str(error)) from error
    except (ApiError, elastic_transport.TransportError) as error:
        raise click.ClickException(explain(error, shown_url(config))) from error


def say_waiting(config: Config, archive: Archive) -> None:
    """Print how many articles wait for Elasticsearch; nothing where none does, or none is configured."""
    number = archive.pending() if config.elasticsearch_url else 0
    if number:
        say(f"{amount_waiting(number)} for Elasticsearch (newscrawl index)")


def amount_waiting(number: int) -> str:
    """How many articles wait, as the beginning of a sentence.

    >>> amount_waiting(1), amount_waiting(1200)
    ('1 article waits', '1,200 articles wait')
    """
    return f"{amount(number, 'article')} wait{'s' if number == 1 else ''}"


def print_json(values: Any) -> None:
    """Print values as one JSON object or list, for programs and people."""
    say_json(values, indent=2)
