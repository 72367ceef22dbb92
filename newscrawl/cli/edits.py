"""`newscrawl edits`: what outlets changed in their articles after these were out."""

from __future__ import annotations

import sys
from datetime import datetime
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
from newscrawl.config import Config
from newscrawl.filters import Filters
from newscrawl.terminal import amount, say

if TYPE_CHECKING:
    from newscrawl.store.versions import Edited


@click.command()
@since_option(f"From then to now: 2026-11-01, 2d, 12h.  [default: {RECENT.days}d]")
@filter_options("until", "outlet")
@click.option(
    "--min-words",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="Words of the body added and cut together, at least; another headline always counts.",
)
@click.option("--rules", "ours", is_flag=True, help="Instead, what our extraction changed, or may have.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    until: datetime | None,
    outlet: tuple[str, ...],
    min_words: int,
    ours: bool,
    limit: int,
    as_json: bool,
) -> None:
    """List what outlets changed in articles that the archive already had, the newest first.

    An edit is another headline, or words of the body added and cut; a moved comma, another spelling of hamza,
    a counter or a time stamp is none. The column "stated" tells whether the outlet says so, by another time
    of its last change: an edit without is a silent one. `newscrawl history URL` shows its words.

    An edit is an outlet's where the same rules read the article's page twice, and it changed. With --rules
    are listed those that `newscrawl reextract` made, those of pages that were read by other rules before and
    after, of which the archive cannot tell who changed them, and the steps from an article's print, AMP or
    mobile page to its own.

    Exits with 1 when there is none.
    """
    from newscrawl.store.versions import Wanted

    since = since or datetime.now().astimezone() - RECENT
    wanted = Wanted(since=since, until=until, outlets=outlet, min_words=min_words, ours=ours)
    archive = open_archive(config)
    with archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, Filters(outlets=outlet))
        found = list(islice(snapshot.edits(wanted), limit + 1))
        others = snapshot.count_other_edits(wanted)
    archive.close()
    shown = found[:limit]
    if as_json:
        print_json({"since": since.isoformat(), "edits": [_as_json(one) for one in shown], "others": others})
    else:
        _show(shown, since, ours=ours)
        _say_rest(others, more=len(found) > limit, ours=ours)
    sys.exit(0 if found else 1)


def _as_json(one: Edited) -> dict[str, Any]:
    return {
        "id": one.article_id,
        "revision": one.revision,
        "at": one.at.isoformat(),
        "outlet": one.outlet,
        "url": one.url,
        "title_before": one.title_before,
        "title": one.title,
        "headline_changed": one.edit.headline,
        "added": one.edit.added,
        "cut": one.edit.cut,
        "stated": one.stated,
        "cause": one.cause,
        "rules_before": one.rules_before,
        "rules": one.rules,
    }


def _show(found: list[Edited], since: datetime, *, ours: bool) -> None:
    from newscrawl.tables import isolated_cell, plain_table, print_table

    if not found:
        who = "Our extraction" if ours else "No outlet"
        nothing = "changed no article" if ours else "changed an article"
        say(f"{who} {nothing} since {since.astimezone():%Y-%m-%d %H:%M}.")
        return
    table = plain_table("when", "outlet", "headline", "added", "cut", "by" if ours else "stated", "URL")
    for one in found:
        headline = one.title if one.title == one.title_before else f"{one.title} ← {one.title_before}"
        last = _who(one) if ours else "yes" if one.stated else "no"
        table.add_row(
            f"{one.at.astimezone():%Y-%m-%d %H:%M}",
            one.outlet,
            isolated_cell(headline if one.edit.headline else one.title),
            f"{one.edit.added:,}",
            f"{one.edit.cut:,}",
            last,
            one.url,
        )
    print_table(table)


def _who(one: Edited) -> str:
    return {"rules": "rules", "page": "other page"}.get(one.cause, "outlet or rules")


def _say_rest(others: int, *, more: bool, ours: bool) -> None:
    if more:
        say("There are more: --limit shows them, --until goes back in time.", err=True)
    if others and not ours:
        say(f"{amount(others, 'more change')}, our extraction's or maybe so: --rules.", err=True)
