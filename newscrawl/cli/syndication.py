"""`newscrawl syndication`: which outlet republishes how much of which other."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.clusters import duration
from newscrawl.cli.common import (
    filter_options,
    open_archive,
    pass_config,
    print_json,
    since_option,
    warn_of_unknown_outlets,
)
from newscrawl.config import Config
from newscrawl.filters import Filters
from newscrawl.terminal import amount, say

if TYPE_CHECKING:
    from newscrawl.store.cluster_views import Republished

PERIOD = timedelta(days=30)
"""Longer than what is listed as new elsewhere: shares of a week say little of an outlet."""


@click.command()
@since_option(f"Copies from then to now: 2026-11-01, 2d, 12h.  [default: {PERIOD.days}d]")
@filter_options("until", "outlet", "country")
@click.option("--source", multiple=True, help="Only what is this outlet's (several: repeat).")
@click.option("--min-copies", default=1, show_default=True, type=click.IntRange(1), help="At least so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    until: datetime | None,
    outlet: tuple[str, ...],
    country: tuple[str, ...],
    source: tuple[str, ...],
    min_copies: int,
    as_json: bool,
) -> None:
    """Show which outlet republishes how much of which other, after how long, and whether it says so.

    An outlet's copies are counted by the outlet that their original is from, as far as the archive has that
    original; "of its articles" is their share in all of the outlet's articles of that time. "credited" are
    those that name the source as their agency or source. "after" is the median time from the original to the
    copy; it is negative where copies are dated before the original that they credit.

    Exits with 1 when there is none.
    """
    since = since or datetime.now().astimezone() - PERIOD
    filters = Filters(outlets=outlet, countries=country, since=since, until=until)
    archive = open_archive(config)
    with archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, Filters(outlets=outlet + source))
    with archive.clusters() as clusters:
        found = [one for one in clusters.republished(filters, source) if one.copies >= min_copies]
        articles = clusters.count_by_outlet(filters)
    archive.close()
    found.sort(key=lambda one: (-one.copies, one.outlet, one.source))
    if as_json:
        told = [_as_json(one, articles) for one in found]
        print_json({"since": since.isoformat(), "outlets": articles, "syndication": told})
    elif found:
        _show(found, articles)
    else:
        say(f"No outlet has another's text since {since.astimezone():%Y-%m-%d %H:%M}.")
    sys.exit(0 if found else 1)


def _as_json(one: Republished, articles: Mapping[str, int]) -> dict[str, Any]:
    return {
        "outlet": one.outlet,
        "source": one.source,
        "copies": one.copies,
        "share": round(one.copies / articles[one.outlet], 4),
        "credited": one.credited,
        "delay_seconds": round(one.delay.total_seconds()),
    }


def _show(found: list[Republished], articles: Mapping[str, int]) -> None:
    from newscrawl.tables import plain_table, print_table

    table = plain_table("outlet", "republishes", "copies", "of its articles", "credited", "after")
    for one in found:
        table.add_row(
            one.outlet,
            one.source,
            f"{one.copies:,}",
            f"{one.copies / articles[one.outlet]:.0%}",
            f"{one.credited / one.copies:.0%}",
            duration(one.delay),
        )
    print_table(table)
    total = sum(one.copies for one in found)
    copies = "1 copy" if total == 1 else f"{total:,} copies"
    say(f"{copies} of {amount(sum(articles.values()), 'article')} in all.")
