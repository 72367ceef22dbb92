"""`newscrawl crawl OUTLET…`: `scrapy crawl` from any folder, with or without a project."""

from __future__ import annotations

import os

import click

from newscrawl.cli.common import checked_config, name_variables

SPIDERS = ("news", "site")
"""Spiders that are no outlet's."""


@click.command()
@click.argument("outlets", metavar="[OUTLET]...", nargs=-1)
@click.option(
    "--country", metavar="CODE", multiple=True, help="All outlets of this country: EG, SA, … (repeat)."
)
@click.option("--kind", metavar="KIND", multiple=True, help="All outlets of this kind: agency, newspaper, …")
@click.option("--all", "every", is_flag=True, help="All outlets.")
@click.option(
    "-a",
    "arguments",
    metavar="NAME=VALUE",
    multiple=True,
    help="since=2d, until=2026-11-07, limit=100, urls=… …",
)
@click.option(
    "-s", "settings", metavar="NAME=VALUE", multiple=True, help="A setting of Scrapy's, or of ours."
)
@name_variables
def command(
    outlets: tuple[str, ...],
    country: tuple[str, ...],
    kind: tuple[str, ...],
    arguments: tuple[str, ...],
    settings: tuple[str, ...],
    *,
    every: bool,
) -> None:
    """Crawl outlets into the archive: what is new or changed since the last time.

    OUTLET is an id, as `newscrawl outlets` lists them. `newscrawl crawl site -a url=https://example.org/`
    reads a site that nobody has described. It is `scrapy crawl` from any folder, and takes its arguments: -a
    since= and -a until= for a backfill, -a limit= for the newest so many of each outlet, -a urls= for
    these pages alone, whatever is known of them. At the end stands where every URL ended. Ctrl-C ends it in
    order, and the next crawl goes on.

    In a folder with a scrapy.cfg, or below one, the archive is data/newscrawl.db beside that file; elsewhere
    it is in your data folder. $store_url puts it anywhere.

    An outlet that another run is reading is left to that run, and the table says which it is. After a run
    that was killed it is free at once, or, where its process cannot be looked up, in two minutes.

    Exits with 1 when an outlet yielded nothing or something of ours broke, 2 for a wrong argument or setting;
    an outlet left to another run is no fault.
    """
    checked_config()
    words = spider_words(outlets, country, kind, every=every)
    for option, pairs in (("-a", arguments), ("-s", settings)):
        for pair in pairs:
            words += [option, pair]
    _run(words)


def spider_words(
    outlets: tuple[str, ...], country: tuple[str, ...], kind: tuple[str, ...], *, every: bool
) -> list[str]:
    """The spider that reads what was chosen, and the arguments that choose it.

    Raises:
        click.UsageError: nothing was chosen, or what does not go together.
    """
    chosen = {"outlets": outlets, "country": country, "kind": kind}
    if not every and not any(chosen.values()):
        raise click.UsageError("name outlets (`newscrawl outlets` lists them), or --country, --kind or --all")
    if every and any(chosen.values()):
        raise click.UsageError("--all is every outlet; leave out the other choices")
    special = set(outlets) & set(SPIDERS)
    if special and (len(outlets) > 1 or country or kind):
        raise click.UsageError(f"{special.pop()} is a spider of its own; name it alone, and choose with -a")
    if len(outlets) == 1 and not country and not kind:
        return [outlets[0]]
    words = ["news"]
    for name, values in chosen.items():
        words += ["-a", f"{name}={','.join(values)}"] if values else []
    return words


def _run(words: list[str]) -> None:
    """Have Scrapy run its command `crawl`, which is ours, and end with its exit code."""
    os.environ["SCRAPY_SETTINGS_MODULE"] = "newscrawl.settings"  # by name: there may be no scrapy.cfg
    from scrapy.cmdline import execute

    execute(["newscrawl", "crawl", *words])
