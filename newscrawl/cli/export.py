"""`newscrawl export PATH`: the archive as JSON Lines or Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import click

from newscrawl.cli.common import filter_options, open_archive, pass_config, warn_of_unknown_outlets
from newscrawl.config import Config, variable
from newscrawl.filters import Filters
from newscrawl.outputs.export.contents import ARTICLES, REVISIONS, Content
from newscrawl.outputs.export.folder import Plan, carry_out, locked, make_plan
from newscrawl.outputs.export.manifest import ExportError
from newscrawl.outputs.export.schema import Format
from newscrawl.outputs.export.writers import Target, export_file, export_stream, read_target
from newscrawl.store import Archive
from newscrawl.streams import drop_output
from newscrawl.tables import progress
from newscrawl.terminal import amount, say


@click.command()
@click.argument("path")
@click.option("--format", "form", type=click.Choice(["jsonl", "parquet"]), help="Default: by PATH's ending.")
@filter_options("outlet", "country", "person", "org", "place", "since", "until")
@filter_options("story_id", "originals", "collapse")
@click.option("--with-copies", is_flag=True, help=f"Also the copies that {variable('copies')} leaves out.")
@click.option("--revisions", is_flag=True, help="All texts of the articles that changed, one a row.")
@click.option("--full", is_flag=True, help="Write a folder anew, whatever it holds.")
@pass_config
def command(
    config: Config,
    /,
    *,
    path: str,
    form: Format | None,
    with_copies: bool,
    revisions: bool,
    full: bool,
    **chosen: Any,
) -> None:
    """Write the archive out as JSON Lines or Parquet.

    PATH is a folder, one file (.parquet, .jsonl, .jsonl.gz), or - for JSON Lines on standard output. A folder
    holds one file a day (day=2026-11-24/articles.parquet); the same command again writes only the days that
    changed since. Files are put in their place whole: readers need not wait, and a killed export is mended by
    the next one. Days are in UTC. The page docs/export.md tells the columns and how to read them.

    Each article is written with its newest text. With --revisions, PATH gets the articles that changed
    instead, with every text that they had and what each changed: in a folder of its own.

    With --collapse, an article and its copies are one row: the original, where it is among those asked for,
    else the earliest of them. Its column cluster_size tells how many there are in the archive. Where $copies
    is drop, copies of other articles are left out, unless --with-copies asks for them.

    Exits with 1 when PATH cannot be written, 2 when it or an option does not fit, or there is no archive.
    """
    filters = Filters.from_options(**chosen)
    if with_copies and filters.originals:
        raise click.UsageError("--originals and --with-copies exclude each other")
    left_out = config.drops_copies and not with_copies
    filters = replace(filters, originals=filters.originals or left_out)
    if filters.collapse and revisions:
        raise click.UsageError("--collapse is for articles: with --revisions, each has texts of its own")
    content: Content[Any] = REVISIONS if revisions else ARTICLES
    try:
        target = read_target(path, form, full=full)
        archive = open_archive(config)
        if target.kind == "folder":
            said = _to_folder(archive, target, filters, content, full=full)
        else:
            said = _to_file(archive, target, filters, content)
        archive.close()
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        drop_output(sys.stdout)  # `| head` has seen enough
        return
    except OSError as error:
        if path == "-":
            drop_output(sys.stdout)
        raise click.ClickException(
            f"{path} cannot be written ({error.strerror or error}); no file that was there is lost"
        ) from error
    if left_out:
        said += f" Copies are left out ({variable('copies')}); --with-copies writes them, too."
    say(said, err=target.kind == "stdout")


def _to_folder(
    archive: Archive, target: Target, filters: Filters, content: Content[Any], *, full: bool
) -> str:
    # The lock before the snapshot: of two exports, the later one must see the later archive.
    with locked(target.path), archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, filters)
        plan = make_plan(target.path, target.format, snapshot, filters, content, full=full)
        with _progress(str(target.path), sum(plan.write.values())) as advance:
            carry_out(plan, snapshot, advance)
    return _sentence(plan)


def _to_file(archive: Archive, target: Target, filters: Filters, content: Content[Any]) -> str:
    with archive.snapshot() as snapshot:
        warn_of_unknown_outlets(snapshot, filters)
        cursor, _ = snapshot.newest()
        days = content.count(snapshot, filters)
        total = sum(days.values())
        with _progress(str(target.path), total) as advance:
            if target.kind == "stdout":
                stream = sys.stdout.buffer
                export_stream(stream, target.format, snapshot, filters, days, advance, content=content)
                stream.flush()  # here, where a reader that has gone away is no surprise
            else:
                export_file(target.path, target.format, snapshot, filters, days, advance, content=content)
    where = "" if target.kind == "stdout" else f" to {target.path}"
    return f"{amount(total, 'article')} of {amount(len(days), 'day')} written{where}, up to cursor {cursor}."


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[int], None]]:
    done = 0
    with progress(name, total, show=name != "-" or not sys.stdout.isatty()) as update:

        def advance(count: int) -> None:
            nonlocal done
            done += count
            update(done)

        yield advance


def _sentence(plan: Plan) -> str:
    after = plan.after
    holds = f"{plan.folder} holds {amount(sum(after.days.values()), 'article')}"
    holds += f" in {amount(len(after.days), 'day')}, up to cursor {after.cursor}."
    if plan.write or plan.drop:
        emptied = f", {amount(len(plan.drop), 'file')} removed" if plan.drop else ""
        written = amount(sum(plan.write.values()), "article")
        return f"{written} written in {amount(len(plan.write), 'day')}{emptied}; {holds}"
    if plan.before.exported_at is None:
        return f"No article to export; {holds}"
    return f"Nothing new since {plan.before.exported_at:%Y-%m-%d %H:%M:%S} UTC; {holds}"
