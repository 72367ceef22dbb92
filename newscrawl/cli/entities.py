"""`newscrawl entities`: whom and what the news names most, and how that changed."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.common import (
    RECENT,
    filter_options,
    open_archive,
    pass_config,
    print_json,
    since_option,
    warn_of_unknown_outlets,
)
from newscrawl.config import Config
from newscrawl.entities.name_lists import country_code
from newscrawl.filters import Filters
from newscrawl.store import Archive
from newscrawl.store.names import Counted
from newscrawl.terminal import say

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

KINDS = {"person": "People", "organization": "Organisations", "location": "Places", "misc": "Other names"}
"""Kind of name → its heading."""
USUAL = ("person", "organization", "location")


@dataclass(frozen=True, slots=True)
class Period:
    """The names of a span of time, and of the span of the same length before it."""

    since: datetime
    until: datetime
    articles: int
    articles_before: int
    names: list[Counted]
    before: dict[tuple[str, str], int]
    """(kind, key) → articles."""

    def top(self, kind: str, number: int) -> list[tuple[Counted, int]]:
        """The names of a kind in most articles, each with the articles of the span before."""
        chosen = [one for one in self.names if one.kind == kind][:number]
        return [(one, self.before.get((one.kind, one.key), 0)) for one in chosen]


@click.command()
@click.option("--type", "kinds", multiple=True, type=click.Choice([*KINDS]), help="Only these (repeat).")
@since_option(f"From then to now: 2026-11-01, 2d, 12h.  [default: {RECENT.days}d]")
@filter_options("outlet")
@click.option("--top", default=10, show_default=True, type=click.IntRange(1, 10_000), help="Names of a type.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    *,
    kinds: tuple[str, ...],
    since: datetime | None,
    outlet: tuple[str, ...],
    top: int,
    as_json: bool,
) -> None:
    """Show the people, organisations and places that most articles name.

    Next to each stands in how many articles it was in the span of the same length before, and the change. The
    time of an article is its publication, or where it states none, when it was fetched. Places have the ISO
    code of the country they are or lie in, where that is known.

    Exits with 1 when there is nothing to show.
    """
    now = datetime.now().astimezone()
    since = since or now - RECENT
    if since >= now:
        raise click.UsageError("--since lies in the future")
    archive = open_archive(config)
    filters = Filters(outlets=outlet, since=since, until=now)
    with archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, filters)
    period = _read(archive, filters, since, now, kinds or USUAL)
    if as_json:
        print_json(_as_json(period, kinds or USUAL, top))
    elif period.names:
        _show(period, kinds or USUAL, top)
    else:
        say(_why_nothing(archive, period, outlet))
    archive.close()
    sys.exit(0 if period.names else 1)


def _read(
    archive: Archive, filters: Filters, since: datetime, until: datetime, kinds: tuple[str, ...]
) -> Period:
    moment_before = since - timedelta(microseconds=1)
    earlier = replace(filters, since=since - (until - since), until=moment_before)
    with archive.named() as named:
        return Period(
            since,
            until,
            named.count_articles(filters),
            named.count_articles(earlier),
            named.count(filters, kinds),
            {(one.kind, one.key): one.articles for one in named.count(earlier, kinds)},
        )


def _as_json(period: Period, kinds: tuple[str, ...], top: int) -> dict[str, Any]:
    return {
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "articles": period.articles,
        "articles_before": period.articles_before,
        "entities": {
            kind: [
                {"name": one.name, "articles": one.articles, "mentions": one.mentions, "before": before}
                | ({"country": country_code(one.name)} if kind == "location" else {})
                for one, before in period.top(kind, top)
            ]
            for kind in kinds
        },
    }


def _why_nothing(archive: Archive, period: Period, outlets: tuple[str, ...]) -> str:
    if period.articles:
        return (
            f"None of the {period.articles:,} articles since {_clock(period.since)} has such names; "
            "if they were stored without: newscrawl retag"
        )
    with archive.named() as named:
        newest = named.newest(Filters(outlets=outlets))
    if newest is None:
        return (
            "There is no article; fill the archive with `newscrawl crawl OUTLET` or `newscrawl ingest FILE`"
        )
    day = newest.astimezone().date()
    return (
        f"No article since {_clock(period.since)}; the newest is of {day}: "
        f"newscrawl entities --since {day - RECENT}"
    )


def _show(period: Period, kinds: tuple[str, ...], top: int) -> None:
    from newscrawl.tables import console

    say(
        f"{period.articles:,} articles since {_clock(period.since)}; "
        f"{period.articles_before:,} in the same time before."
    )
    say()
    out = console()
    for kind in kinds:
        names = period.top(kind, top)
        out.print(
            _table(kind, names, compared=period.articles_before > 0) if names else f"{KINDS[kind]}: none\n"
        )


def _table(kind: str, names: list[tuple[Counted, int]], *, compared: bool) -> Table:
    """The names of a kind, each with its articles, and `compared` with those of the span before."""
    from rich import box
    from rich.table import Table

    from newscrawl.tables import isolated_cell

    table = Table(title=KINDS[kind], title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("#", justify="right")
    table.add_column("name")
    if kind == "location":
        table.add_column("country")
    for heading in ("articles", "mentions", *(["before"] if compared else [])):
        table.add_column(heading, justify="right")
    if compared:
        table.add_column("change", no_wrap=True)
    for rank, (one, before) in enumerate(names, 1):
        cells: list[str | Text] = [str(rank), isolated_cell(one.name)]
        cells += [country_code(one.name)] if kind == "location" else []
        cells += [f"{one.articles:,}", f"{one.mentions:,}"]
        cells += [f"{before:,}", _change(one.articles, before)] if compared else []
        table.add_row(*cells)
    return table


def _change(now: int, before: int) -> Text:
    from rich.text import Text

    if not before:
        return Text("▲ new", "green")
    if now == before:
        return Text("as before")
    if now > before:
        return Text(f"▲ {now - before:,} more", "green")
    return Text(f"▼ {before - now:,} fewer", "red")


def _clock(moment: datetime) -> str:
    """A time on this machine's clock."""
    return f"{moment.astimezone():%Y-%m-%d %H:%M}"
