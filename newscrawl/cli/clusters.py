"""`newscrawl clusters`: texts that several articles have in common."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from itertools import islice
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
from newscrawl.config import Config, variable
from newscrawl.filters import Filters
from newscrawl.store import Archive
from newscrawl.store.cluster_views import WantedClusters
from newscrawl.terminal import amount, say

if TYPE_CHECKING:
    from newscrawl.store.cluster_views import Listed


@click.command()
@since_option(f"Clusters that got an article since then: 2026-11-01, 2d, 12h.  [default: {RECENT.days}d]")
@filter_options("until", "outlet")
@click.option(
    "--agency", default="", help="Only what this agency wrote or is credited with, in any spelling."
)
@click.option("--min-size", default=2, show_default=True, type=click.IntRange(2), help="Articles, at least.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--rebuild", is_flag=True, help="First compare all articles anew.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    until: datetime | None,
    outlet: tuple[str, ...],
    agency: str,
    min_size: int,
    limit: int,
    rebuild: bool,
    as_json: bool,
) -> None:
    """List texts that several articles have in common, those of most articles first.

    Each is shown by its original: what the others credit, else the earliest by its date of publication.
    Crawl, ingest and reextract look for copies of what they bring; an archive of an older version has none
    until one of them ran. --rebuild compares all articles anew, as if none ever was; when it is stopped, the
    same command without it, or the next run, goes on. `newscrawl cluster ID` shows who published a text when.

    Exits with 1 when there is none.
    """
    since = since or datetime.now().astimezone() - RECENT
    wanted = WantedClusters(since=since, until=until, min_size=min_size, outlets=outlet, agency=agency)
    archive = open_archive(config)
    waiting = archive.clustering.count()
    if rebuild:
        _rebuild(config, archive)
        archive = open_archive(config)
        waiting = 0
    with archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, Filters(outlets=outlet))
    with archive.clusters() as clusters:
        found = list(islice(clusters.listed(wanted), limit + 1))
    archive.close()
    shown = found[:limit]
    if as_json:
        print_json({"since": since.isoformat(), "waiting": waiting, "clusters": list(map(_as_json, shown))})
    else:
        _show(shown, since, more=len(found) > limit)
        _say_waiting(waiting)
    sys.exit(0 if found else 1)


def _rebuild(config: Config, archive: Archive) -> None:
    """Compare all articles anew; closes the archive.

    Raises:
        click.ClickException: there is nobody to compare.
    """
    from newscrawl.steps.cluster import cluster
    from newscrawl.steps.session import Session
    from newscrawl.workers import NoWorkersError

    if config.copies == "off":
        archive.close()
        raise click.UsageError(f"{variable('copies')} is off: nothing is compared")
    with Session(archive, config, tagger=None) as session:
        archive.clustering.queue_all()
        try:
            done = cluster(session)
        except NoWorkersError as error:
            raise click.ClickException(str(error)) from error
    for sentence in done.sentences():
        say(sentence, err=True)


def _as_json(one: Listed) -> dict[str, Any]:
    return {
        "id": one.id,
        "size": one.size,
        "outlets": one.outlets,
        "published_at": one.at.isoformat(),
        "last_at": one.last_at.isoformat(),
        "outlet": one.outlet,
        "outlet_name": one.outlet_name,
        "agency": one.agency,
        "title": one.title,
        "url": one.url,
    }


def _show(found: list[Listed], since: datetime, *, more: bool) -> None:
    from newscrawl.tables import isolated_cell, plain_table, print_table

    if not found:
        say(f"No text of several articles since {since.astimezone():%Y-%m-%d %H:%M}.")
        return
    table = plain_table("articles", "outlets", "first", "for", "outlet", "credits", "headline", "cluster")
    for one in found:
        table.add_row(
            f"{one.size:,}",
            f"{one.outlets:,}",
            f"{one.at.astimezone():%Y-%m-%d %H:%M}",
            duration(one.last_at - one.at),
            one.outlet,
            isolated_cell(one.agency),
            isolated_cell(one.title),
            one.id,
        )
    print_table(table)
    if more:
        say("There are more: --limit shows them.", err=True)


def duration(span: timedelta) -> str:
    """A time span in its two largest units, for a table's cell.

    >>> duration(timedelta(minutes=75)), duration(timedelta(days=2, hours=1)), duration(timedelta(minutes=-9))
    ('1h 15m', '2d 1h', '-9m')
    """
    minutes = round(abs(span).total_seconds()) // 60
    days, hours = divmod(minutes // 60, 24)
    if days:
        told = f"{days:,}d {hours}h"
    elif hours:
        told = f"{hours}h {minutes % 60}m"
    else:
        told = f"{minutes}m"
    return f"-{told}" if span < timedelta(0) and minutes else told


def _say_waiting(waiting: int) -> None:
    if waiting:
        verb = "has" if waiting == 1 else "have"
        say(
            f"{amount(waiting, 'article')} {verb} not been compared with others yet; the next crawl, "
            "ingest or reextract does it, or --rebuild.",
            err=True,
        )
