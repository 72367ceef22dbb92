"""`newscrawl story ID`: who reported an event, when, and who in words of their own."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.clusters import duration
from newscrawl.cli.common import named_article, open_archive, pass_config, print_json
from newscrawl.config import Config
from newscrawl.terminal import isolated, say

if TYPE_CHECKING:
    from newscrawl.store.story_views import Report


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Articles.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(config: Config, *, article: str, limit: int, as_json: bool) -> None:
    """Show who reported an event, when, under which headline, and whether in words of their own.

    ID is the id of any article of the story, which is also the way to call a story; its URL will do. The
    first report comes first, the others by their times. Copies stand among them, with the outlet that they
    copy.

    Exits with 1 when the archive has no such article.
    """
    archive = open_archive(config)
    id = named_article(archive, article)
    with archive.stories() as stories:
        story = stories.of(id) if id else None
        found = stories.reports(story or id, limit + 1) if id and story is not None else []
    archive.close()
    if not found:
        say(f"The archive has no article {article}.", err=True)
        sys.exit(1)
    shown = found[:limit]
    if as_json:
        print_json({"id": story, "more": len(found) > limit, "articles": list(map(_as_json, shown))})
    else:
        _show(shown, more=len(found) > limit)


def _as_json(one: Report) -> dict[str, Any]:
    return {
        "id": one.id,
        "url": one.url,
        "outlet": one.outlet,
        "outlet_name": one.outlet_name,
        "title": one.title,
        "published_at": one.at.isoformat(),
        "agency": one.agency,
        "copy_of": one.copy_of,
        "similarity": one.similarity,
    }


def _show(found: list[Report], *, more: bool) -> None:
    from newscrawl.tables import isolated_cell, plain_table, print_table

    first, by_id = found[0], {one.id: one for one in found}
    say(isolated(first.title))
    table = plain_table("when", "after", "outlet", "words", "headline", "URL")
    for one in found:
        of = by_id.get(one.copy_of)
        table.add_row(
            f"{one.at.astimezone():%Y-%m-%d %H:%M}",
            duration(one.at - first.at) if one is not first else "",
            one.outlet,
            f"copy of {of.outlet}" if of else "copy" if one.copy_of else "own",
            isolated_cell(one.title),
            one.url,
        )
    print_table(table)
    if len(found) == 1:
        say("No other article is known to report this.")
    if more:
        say("There are more: --limit shows them.", err=True)
