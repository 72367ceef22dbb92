"""`newscrawl outlets check ID [FILES…]`: how well an outlet's pages are read, here or in its last crawls."""

from __future__ import annotations

import dataclasses
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from newscrawl.cli.archive import open_archive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.extraction.scorecard import PageCard, Summary
    from newscrawl.outlets import Outlet
    from newscrawl.store import Health, Numbers

_SHORT = 40
"""Characters of a title in the table."""


@click.command()
@click.argument("outlet_id", metavar="ID")
@click.argument(
    "files", metavar="[FILES]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--url", default="", help="The address of the one FILE; else its canonical link or og:url.")
@click.option(
    "--fetched",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day (UTC) on which FILES were fetched, which decides on the layouts. Default: today.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def check(
    outlet_id: str, files: tuple[Path, ...], url: str, fetched: datetime | None, *, as_json: bool
) -> None:
    """Check how well an outlet's pages are read.

    With FILES (saved pages), each is read as a crawl would; exit code 0 if all are articles with title, body
    and date and without the site's furniture in the body, else 1, and every fault is named with its mend.

    Without FILES, the numbers of the outlet's last crawls beside those of the 30 days before.
    """
    if url and len(files) != 1:
        raise click.UsageError("--url is the address of one page; give it with one FILE")
    outlet = _outlet(outlet_id)
    if files:
        _check_pages(outlet, files, url, fetched, as_json=as_json)
    else:
        _show_health(outlet, as_json=as_json)


def _outlet(outlet_id: str) -> Outlet:
    from newscrawl.outlets import OutletError, outlets_from_environment

    try:
        return outlets_from_environment(only=[outlet_id])[outlet_id]
    except OutletError as error:
        raise click.UsageError(str(error)) from error


def _check_pages(
    outlet: Outlet, files: Sequence[Path], url: str, fetched: datetime | None, *, as_json: bool
) -> None:
    from newscrawl.extraction.scorecard import score_page, summarise

    moment = fetched.replace(hour=12, tzinfo=UTC) if fetched else None
    cards = [score_page(file.name, file.read_bytes(), outlet, url=url, fetched_at=moment) for file in files]
    total = summarise(cards)
    if as_json:
        pages = [card.to_json() for card in cards]
        _print_json({"outlet": outlet.id, "pages": pages, "summary": total.to_json()})
    else:
        _print_cards(cards)
        click.echo(_sentence(total))
    sys.exit(0 if total.sound == total.pages else 1)


def _print_cards(cards: Sequence[PageCard]) -> None:
    from newscrawl.cli.tables import plain_table, print_table

    headings = ("page", "title", "words", "published", "authors", "section", "tags", "image", "agency")
    table = plain_table(*headings, "leaks", "layout")
    for card in cards:
        table.add_row(card.file, *_cells(card), str(len(card.leaks) or "·"), card.layout or "·")
    print_table(table)
    for card in cards:
        for fault in card.faults:
            click.echo(f"{card.file}: {fault}")
        for note in card.notes:
            click.echo(f"{card.file}: ({note})")


def _cells(card: PageCard) -> list[str]:
    """An article's fields, short; what is missing is a dot."""
    article = card.article
    if article is None:
        return [card.rejection.outcome.value if card.rejection else "·", *["·"] * 7]
    moment = article.published_at
    published = f"{moment:%Y-%m-%d %H:%M} {article.published_source}" if moment else ""
    title = article.title if len(article.title) <= _SHORT else f"{article.title[: _SHORT - 1]}…"
    found = (
        title,
        str(article.word_count),
        published,
        "، ".join(article.authors),
        article.section,
        str(len(article.tags) or ""),
        "yes" if article.image else "",
        article.agency,
    )
    return [text or "·" for text in found]


def _sentence(total: Summary) -> str:
    """The last line: how many pages are sound, and the share of articles that had each field."""
    text = (
        f"{total.sound} of {total.pages} pages without fault; {total.articles} articles, {total.leaks} leaks"
    )
    if total.articles:
        shares = (f"{name} {number / total.articles:.0%}" for name, number in total.fields.items())
        text += f", {total.words // total.articles} words in the mean; found: {', '.join(shares)}"
    return f"{text}."


def _show_health(outlet: Outlet, *, as_json: bool) -> None:
    archive = open_archive()
    health = archive.health(outlet.id)
    archive.close()
    if health is None:
        raise click.UsageError(
            f"no crawl has numbers of {outlet.id} yet; run `scrapy crawl {outlet.id}`, or give saved pages"
        )
    if as_json:
        _print_json(_health_values(health))
    else:
        _print_health(health)


def _health_values(health: Health) -> dict[str, Any]:
    return {
        "outlet": health.outlet,
        "runs": health.run_ids,
        "latest": dataclasses.asdict(health.latest),
        "before": dataclasses.asdict(health.before),
        "drift": [dataclasses.asdict(drift) for drift in health.drifts],
    }


def _print_health(health: Health) -> None:
    from newscrawl.cli.tables import plain_table, print_table
    from newscrawl.report import flags
    from newscrawl.store.health import ENOUGH_BEFORE, ENOUGH_LATEST, FIELDS, WINDOW

    several = len(health.run_ids) > 1
    runs = f"runs {health.run_ids[-1]}–{health.run_ids[0]}" if several else f"run {health.run_ids[0]}"
    table = plain_table(health.outlet, runs, f"{WINDOW.days} days before")
    sides = (health.latest, health.before)
    table.add_row("articles", *(str(side.articles) for side in sides))
    table.add_row("of pages", *(_share(side.article_share, side.pages) for side in sides))
    table.add_row("words in a body", *(_mean(side) for side in sides))
    for name in FIELDS:
        table.add_row(name, *(_share(side.coverage(name), side.articles) for side in sides))
    print_table(table)
    for line in flags(health.drifts):
        click.echo(line)
    if health.latest.articles < ENOUGH_LATEST or health.before.articles < ENOUGH_BEFORE:
        click.echo(
            f"Too few to judge: it takes {ENOUGH_LATEST} articles, and {ENOUGH_BEFORE} in the days before."
        )


def _share(share: Any, of: int) -> str:
    return f"{float(share):.0%}" if of else "·"


def _mean(numbers: Numbers) -> str:
    return f"{float(numbers.mean_words):.0f}" if numbers.articles else "·"


def _print_json(values: Any) -> None:
    click.echo(json.dumps(values, ensure_ascii=False, indent=2))
