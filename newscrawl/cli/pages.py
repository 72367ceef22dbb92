"""`newscrawl pages`: the files of kept pages, and deleting old ones."""

from __future__ import annotations

import dataclasses
from datetime import datetime
from typing import Any

import click

from newscrawl.cli.common import open_archive, pass_config
from newscrawl.config import Config, variable
from newscrawl.store import PageFile
from newscrawl.terminal import amount, say, say_json


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line and file.")
@click.pass_context
@pass_config
def command(config: Config, context: click.Context, *, as_json: bool) -> None:
    """Show the files in which pages are kept as they were fetched: sizes, times, and how many came again.

    They are WARC files (ISO 28500), one or more for every run, in the folder or at the URL that $pages names.
    A page whose body is the same as an earlier one's is kept without it ("as before"). `newscrawl page URL`
    gives one back.

    Exits with 2 when there is no archive.
    """
    if context.invoked_subcommand:
        return
    archive = open_archive(config)
    files = archive.pages.files()
    archive.close()
    if as_json:
        for file in files:
            say_json(_as_json(file))
        return
    if files:
        _show(files)
    say(_sentence(config, files))


@command.command()
@click.option("--days", type=click.FloatRange(min=0), help="Older files go (default: the setting); 0: none.")
@click.option("--gb", type=click.FloatRange(min=0), help="All files together (default: the setting); 0: any.")
@click.option("--dry-run", is_flag=True, help="Only show which files would go.")
@pass_config
def prune(config: Config, days: float | None, gb: float | None, *, dry_run: bool) -> None:
    """Delete files of pages that are too old, and the oldest while all together are too large.

    The settings are $pages_days and $pages_gb; each crawl ends with this. Whole files go, of runs that have
    ended; articles, texts and counts stay. A page that was kept without its body, because an earlier one had
    it, loses it with that one's file: `newscrawl page` then says so.
    """
    from newscrawl.steps.keep import excess, prune

    archive = open_archive(config)
    limits = config.pages_days if days is None else days, config.pages_gb if gb is None else gb
    if dry_run:
        files = excess(archive, *limits)
        if files:
            _show(files)
        say(f"{amount(len(files), 'file')} would be deleted.")
    else:
        say(prune(archive, *limits) or "No file is too old, and all together are small enough.")
    archive.close()


def _show(files: list[PageFile]) -> None:
    from newscrawl.tables import plain_table, print_table

    table = plain_table("file", "MB", "pages", "as before", "fetched (UTC)", "in")
    for column in table.columns[1:4]:
        column.justify = "right"
    for file in files:
        table.add_row(
            file.name + (" (being written)" if file.in_use else ""),
            f"{file.bytes / 1e6:,.1f}",
            f"{file.pages:,}",
            _share(file.revisits, file.pages),
            _span(file.first_at, file.last_at),
            file.place,
        )
    print_table(table)
    say()


def _sentence(config: Config, files: list[PageFile]) -> str:
    pages, again = sum(file.pages for file in files), sum(file.revisits for file in files)
    size = sum(file.bytes for file in files) / 1e6
    kept = (
        f"{amount(pages, 'page')} in {amount(len(files), 'file')}, {size:,.1f} MB; "
        f"{again:,} as before ({_share(again, pages)})."
        if files
        else "No pages are kept yet."
    )
    off = "" if config.pages_place else f" {variable('pages')}=off: crawls keep none."
    return kept + off


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "-"


def _span(first: datetime | None, last: datetime | None) -> str:
    if first is None or last is None:
        return "-"
    same = first.date() == last.date()
    return f"{first:%Y-%m-%d %H:%M} to {last:{'%H:%M' if same else '%Y-%m-%d %H:%M'}}"


def _as_json(file: PageFile) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in dataclasses.asdict(file).items()
    }
