"""`newscrawl cluster ID`: who published a text when, and what each added or cut."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.clusters import duration
from newscrawl.cli.common import named_article, open_archive, pass_config, print_json
from newscrawl.cli.diff import diff_lines
from newscrawl.config import Config
from newscrawl.dedupe.changes import Change, changes, count
from newscrawl.dedupe.originals import credits_outlet
from newscrawl.terminal import amount, isolated, say, styled

if TYPE_CHECKING:
    from newscrawl.store.cluster_views import Clusters, Placed


@dataclass(frozen=True, slots=True)
class Shown:
    """An article of a cluster, and the way to its text from that which it copies."""

    placed: Placed
    of: Placed | None
    """What it copies; None for the original, and where that is not among those shown."""
    steps: list[Change]

    @property
    def credited(self) -> bool:
        """Whether it names the outlet that it copies."""
        if self.of is None:
            return False
        return credits_outlet(self.placed.agency, self.of.outlet, self.of.outlet_name, self.of.domain)


@click.command()
@click.argument("article", metavar="ID|URL")
@click.option("--diff", is_flag=True, help="Show the words that each added and cut.")
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1, 10_000), help="Articles.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@pass_config
def command(config: Config, *, article: str, diff: bool, limit: int, as_json: bool) -> None:
    """Show who published a text when, how alike each copy is, and how many words it added and cut.

    ID is the id of any article of the cluster, which is also the way to call a cluster; its URL will do. The
    original comes first: what the others credit, else the earliest. Likeness is the share of all runs of
    three words that both texts have (Jaccard): a copy that was cut to a half has .5. Words are counted from
    the text that it copies, which is the original's, or where it says so, another copy's.

    Exits with 1 when the archive has no such article.
    """
    archive = open_archive(config)
    id = named_article(archive, article)
    with archive.clusters() as clusters:
        cluster = clusters.of(id) if id else None
        found = clusters.placed(cluster, limit + 1) if cluster else []
        shown = _compared(clusters, found[:limit])
    archive.close()
    if not shown:
        say(f"The archive has no article {article}.", err=True)
        sys.exit(1)
    if as_json:
        print_json({"id": cluster, "more": len(found) > limit, "articles": list(map(_as_json, shown))})
    else:
        _show(shown, more=len(found) > limit, diff=diff)


def _compared(clusters: Clusters, found: Sequence[Placed]) -> list[Shown]:
    by_id = {one.id: one for one in found}
    shown = []
    for one in found:
        of = by_id.get(one.copy_of)
        texts = clusters.bodies([one.id, of.id]) if of else {}
        steps = changes(texts[of.id], texts[one.id]) if of else []
        shown.append(Shown(one, of, steps))
    return shown


def _as_json(one: Shown) -> dict[str, Any]:
    placed = one.placed
    return {
        "id": placed.id,
        "url": placed.url,
        "outlet": placed.outlet,
        "outlet_name": placed.outlet_name,
        "title": placed.title,
        "published_at": placed.at.isoformat(),
        "agency": placed.agency,
        "copy_of": placed.copy_of,
        "similarity": placed.similarity,
        "credited": one.credited if one.of else None,
        "added": count(one.steps, "added") if one.of else None,
        "cut": count(one.steps, "cut") if one.of else None,
    }


def _show(found: list[Shown], *, more: bool, diff: bool) -> None:
    from newscrawl.tables import isolated_cell, plain_table, print_table

    first = found[0].placed
    say(isolated(first.title))
    table = plain_table("when", "after", "outlet", "likeness", "added", "cut", "credits", "headline", "URL")
    for one in found:
        placed, of = one.placed, one.of
        table.add_row(
            f"{placed.at.astimezone():%Y-%m-%d %H:%M}",
            duration(placed.at - first.at) if placed is not first else "",
            placed.outlet,
            _likeness(one, first),
            f"{count(one.steps, 'added'):,}" if of else "",
            f"{count(one.steps, 'cut'):,}" if of else "",
            isolated_cell(placed.agency),
            isolated_cell("" if placed.title == first.title and placed is not first else placed.title),
            placed.url,
        )
    print_table(table)
    if diff:
        _show_words(found)
    if len(found) == 1:
        say("No other article has this text.")
    if more:
        say("There are more: --limit shows them.", err=True)


def _likeness(one: Shown, first: Placed) -> str:
    placed = one.placed
    if placed is first:
        return "original"
    told = "" if placed.similarity is None else f"{placed.similarity:.2f}"
    other = f" of {one.of.outlet}" if one.of and one.of.id != first.id else ""
    return told + other


def _show_words(found: list[Shown]) -> None:
    for one in found:
        if one.of:
            added, cut = count(one.steps, "added"), count(one.steps, "cut")
            say()
            words = f" · {amount(added, 'word')} added, {amount(cut, 'word')} cut"
            say(styled(one.placed.outlet, bold=True), words)
            for line in diff_lines(one.steps):
                say("  ", line)
