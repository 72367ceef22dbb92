"""`newscrawl outlets`: what this archive can read, and (`check`) how well it does."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from newscrawl.cli.common import open_archive, pass_config, print_json
from newscrawl.config import Config
from newscrawl.tables import plain_table, print_table
from newscrawl.terminal import amount, say, say_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from newscrawl.extraction.scorecard import PageCard, Summary
    from newscrawl.outlets import Outlet
    from newscrawl.store import Health, Numbers

SHORT_TITLE = 40
"""Characters of a title in the table."""


class _ShowUnlessNamed(click.Group):
    """A group whose command `show` needs no name: `outlets ID` is `outlets show ID`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the name in front of arguments that begin with no command's."""
        if not args or args[0] not in self.commands:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_ShowUnlessNamed)
def command() -> None:
    """Show the outlets this archive can read, or check how well one is read."""


@command.command()
@click.argument("outlet_id", metavar="[ID]", required=False)
@click.option("--country", metavar="CODE", help="Only this country's: EG, SA, … or pan.")
@click.option("--kind", metavar="KIND", help="Only this kind: agency, broadcaster, newspaper, …")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: one object with ID, a list without.")
@pass_config
def show(
    config: Config, outlet_id: str | None, country: str | None, kind: str | None, *, as_json: bool
) -> None:
    """Show the outlets this archive can read, or one of them (ID) in full.

    Your own outlets, one TOML file each, are read from the folder in $outlets_dir. How well an
    outlet's pages are read is shown by `newscrawl outlets check ID`.

    Exits with 2 when there is no such outlet, or an outlet's file is faulty.
    """
    outlets = _load(config)
    if outlet_id is not None:
        _show_one(outlets, outlet_id, as_json=as_json)
        return
    chosen = _only(list(outlets.values()), "country", country)
    chosen = _only(chosen, "kind", kind)
    if as_json:
        print_json([outlet.model_dump(mode="json") for outlet in chosen])
    else:
        _print_table(chosen)


def _load(config: Config, only: Iterable[str] | None = None) -> dict[str, Outlet]:
    from newscrawl.outlets import OutletError, load_outlets

    try:
        return load_outlets(config.outlets_dir, only=only)
    except OutletError as error:
        _stop(str(error))


def _stop(message: str) -> NoReturn:
    say_lines(message, err=True)
    sys.exit(2)


def _only(outlets: list[Outlet], field: str, wanted: str | None) -> list[Outlet]:
    if wanted is None:
        return outlets
    chosen = [one for one in outlets if getattr(one, field).lower() == wanted.lower()]
    if not chosen:
        there_are = ", ".join(sorted({getattr(one, field) for one in outlets}))
        _stop(f"no outlet with {field} {wanted!r}; there are {there_are}")
    return chosen


def _show_one(outlets: dict[str, Outlet], outlet_id: str, *, as_json: bool) -> None:
    from newscrawl.outlets.registry import unknown_outlet

    outlet = outlets.get(outlet_id)
    if outlet is None:
        _stop(unknown_outlet(outlet_id, outlets))
    values = outlet.model_dump(mode="json")
    if as_json:
        print_json(values)
        return
    width = max(map(len, values)) + 2
    for key, value in values.items():
        for number, line in enumerate(_lines(value)):
            say(f"{'' if number else key:<{width}}{line}".rstrip())


def _lines(value: Any) -> Iterable[str]:
    if isinstance(value, dict):
        joint = " → " if all(isinstance(inner, str) for inner in value.values()) else ": "
        return [f"{key}{joint}{line}" for key, inner in value.items() for line in _lines(inner)] or ["-"]
    if isinstance(value, list):
        return [_line(one) for one in value] or ["-"]
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return ["-" if value is None else str(value)]


def _line(value: Any) -> str:
    """One of a list's values: a pair of a rewrite, a layout's table, or a text."""
    if isinstance(value, list):
        return " → ".join(value)
    if isinstance(value, dict):
        return "; ".join(f"{key} {', '.join(_lines(inner))}" for key, inner in value.items() if inner)
    return str(value)


def _print_table(outlets: list[Outlet]) -> None:
    table = plain_table("id", "name", "name in Latin letters", "country", "kind")
    for heading in ("feeds", "sitemaps", "sections"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in outlets:
        counts = (len(one.feeds), len(one.sitemaps), len(one.sections))
        table.add_row(one.id, one.name, one.name_en, one.country, one.kind, *map(str, counts))
    print_table(table)
    say(amount(len(outlets), "outlet"))


# --- check ----------------------------------------------------------------------------------------


@command.command()
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
@pass_config
def check(
    config: Config,
    outlet_id: str,
    files: tuple[Path, ...],
    url: str,
    fetched: datetime | None,
    *,
    as_json: bool,
) -> None:
    """Check how well an outlet's pages are read.

    With FILES (saved pages), each is read as a crawl would; exit code 0 if all are articles with title, body
    and date and without the site's furniture in the body, else 1, and every fault is named with its mend.

    Without FILES, the numbers of the outlet's last crawls beside those of the 30 days before.
    """
    if url and len(files) != 1:
        raise click.UsageError("--url is the address of one page; give it with one FILE")
    outlet = _load(config, [outlet_id])[outlet_id]
    if files:
        _check_pages(outlet, files, url, fetched, as_json=as_json)
    else:
        _show_health(config, outlet, as_json=as_json)


def _check_pages(
    outlet: Outlet, files: Sequence[Path], url: str, fetched: datetime | None, *, as_json: bool
) -> None:
    from newscrawl.extraction.scorecard import score_page, summarise

    moment = fetched.replace(hour=12, tzinfo=UTC) if fetched else None
    cards = [score_page(file.name, file.read_bytes(), outlet, url=url, fetched_at=moment) for file in files]
    total = summarise(cards)
    if as_json:
        pages = [card.to_json() for card in cards]
        print_json({"outlet": outlet.id, "pages": pages, "summary": total.to_json()})
    else:
        _print_cards(cards)
        say(_sentence(total))
    sys.exit(0 if total.sound == total.pages else 1)


def _print_cards(cards: Sequence[PageCard]) -> None:
    headings = ("page", "title", "words", "published", "authors", "section", "tags", "image", "agency")
    table = plain_table(*headings, "leaks", "layout")
    for card in cards:
        table.add_row(card.file, *_cells(card), str(len(card.leaks) or "·"), card.layout or "·")
    print_table(table)
    for card in cards:
        for fault in card.faults:
            say(f"{card.file}: {fault}")
        for note in card.notes:
            say(f"{card.file}: ({note})")


def _cells(card: PageCard) -> list[str]:
    """An article's fields, short; what is missing is a dot."""
    article = card.article
    if article is None:
        return [card.rejection.outcome.value if card.rejection else "·", *["·"] * 7]
    moment = article.published_at
    published = f"{moment:%Y-%m-%d %H:%M} {article.published_source}" if moment else ""
    title = article.title if len(article.title) <= SHORT_TITLE else f"{article.title[: SHORT_TITLE - 1]}…"
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
    if total.guarded:
        text += f", {total.guarded} with trafilatura's text"
    if total.articles:
        shares = (f"{name} {number / total.articles:.0%}" for name, number in total.fields.items())
        text += f", {total.words // total.articles} words in the mean; found: {', '.join(shares)}"
    return f"{text}."


def _show_health(config: Config, outlet: Outlet, *, as_json: bool) -> None:
    archive = open_archive(config)
    health = archive.health(outlet.id)
    archive.close()
    if health is None:
        raise click.UsageError(
            f"no crawl has numbers of {outlet.id} yet; run `newscrawl crawl {outlet.id}`, or give saved pages"
        )
    if as_json:
        print_json(_health_values(health))
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
    from newscrawl.report import flags
    from newscrawl.store.health import ENOUGH_BEFORE, ENOUGH_LATEST, FIELDS, WINDOW

    several = len(health.run_ids) > 1
    runs = f"runs {health.run_ids[-1]}–{health.run_ids[0]}" if several else f"run {health.run_ids[0]}"
    table = plain_table(health.outlet, runs, f"{WINDOW.days} days before")
    sides = (health.latest, health.before)
    table.add_row("articles", *(str(side.articles) for side in sides))
    table.add_row("of pages", *(_share(side.article_share, side.pages) for side in sides))
    table.add_row("words in a body", *(_mean(side) for side in sides))
    table.add_row("trafilatura's text", *(_share(side.guarded_share, side.articles) for side in sides))
    for name in FIELDS:
        table.add_row(name, *(_share(side.coverage(name), side.articles) for side in sides))
    print_table(table)
    for line in flags(health.drifts):
        say(line)
    if health.latest.articles < ENOUGH_LATEST or health.before.articles < ENOUGH_BEFORE:
        say(f"Too few to judge: it takes {ENOUGH_LATEST} articles, and {ENOUGH_BEFORE} in the days before.")


def _share(share: Any, of: int) -> str:
    return f"{float(share):.0%}" if of else "·"


def _mean(numbers: Numbers) -> str:
    return f"{float(numbers.mean_words):.0f}" if numbers.articles else "·"
