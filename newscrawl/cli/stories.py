"""`newscrawl stories`: events that several articles report."""

from __future__ import annotations

import sys
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.clusters import duration
from newscrawl.cli.common import (
    RECENT,
    filter_options,
    open_archive,
    pass_config,
    print_json,
    since_option,
)
from newscrawl.config import Config
from newscrawl.store.story_views import WantedStories
from newscrawl.terminal import amount, say

if TYPE_CHECKING:
    from newscrawl.store.story_views import ListedStory


@click.command()
@since_option(f"Stories that got an article since then: 2026-11-01, 2d, 12h.  [default: {RECENT.days}d]")
@filter_options("until")
@click.option(
    "--min-outlets", default=1, show_default=True, type=click.IntRange(1), help="Outlets, at least."
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    until: datetime | None,
    min_outlets: int,
    limit: int,
    as_json: bool,
) -> None:
    """List events that several articles report, those of most outlets first.

    Each is shown by its first report. Beside articles stands how many of them have words of their own; the
    others are copies. Crawl, ingest and reextract look for stories of what they bring; what articles of one
    event have in common and what not, the page docs/stories.md tells. `newscrawl story ID` shows who reported
    an event when, and search and export take --story ID.

    Exits with 1 when there is none.
    """
    since = since or datetime.now().astimezone() - RECENT
    archive = open_archive(config)
    waiting = archive.reporting.count()
    with archive.stories() as stories:
        wanted = WantedStories(since=since, until=until, min_outlets=min_outlets)
        found = list(islice(stories.listed(wanted), limit + 1))
    archive.close()
    shown = found[:limit]
    if as_json:
        print_json({"since": since.isoformat(), "waiting": waiting, "stories": list(map(_as_json, shown))})
    else:
        _show(shown, since, more=len(found) > limit)
        _say_waiting(waiting)
    sys.exit(0 if found else 1)


def _as_json(one: ListedStory) -> dict[str, Any]:
    return {
        "id": one.id,
        "articles": one.size,
        "own_words": one.own,
        "outlets": one.outlets,
        "published_at": one.at.isoformat(),
        "last_at": one.last_at.isoformat(),
        "outlet": one.outlet,
        "outlet_name": one.outlet_name,
        "title": one.title,
        "url": one.url,
    }


def _show(found: list[ListedStory], since: datetime, *, more: bool) -> None:
    from newscrawl.tables import isolated_cell, plain_table, print_table

    if not found:
        say(f"No event that several articles report since {since.astimezone():%Y-%m-%d %H:%M}.")
        return
    table = plain_table("outlets", "articles", "own", "first", "for", "outlet", "headline", "story")
    for one in found:
        table.add_row(
            f"{one.outlets:,}",
            f"{one.size:,}",
            f"{one.own:,}",
            f"{one.at.astimezone():%Y-%m-%d %H:%M}",
            duration(one.last_at - one.at),
            one.outlet,
            isolated_cell(one.title),
            one.id,
        )
    print_table(table)
    if more:
        say("There are more: --limit shows them.", err=True)


def _say_waiting(waiting: int) -> None:
    if waiting:
        verb = "has" if waiting == 1 else "have"
        said = f"{amount(waiting, 'article')} {verb} not been looked at for stories yet"
        say(f"{said}; the next crawl, ingest or reextract does it.", err=True)
