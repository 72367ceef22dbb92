"""`newscrawl export PATH`: the archive as JSON Lines or Parquet."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

import click

from newscrawl.cli.archive import open_archive
from newscrawl.cli.moments import moment
from newscrawl.cli.strangers import warn_of_strangers
from newscrawl.filters import Filters
from newscrawl.outputs.export.folder import Plan, carry_out, locked, make_plan
from newscrawl.outputs.export.manifest import ExportError
from newscrawl.outputs.export.schema import Format
from newscrawl.outputs.export.writers import Target, export_file, export_stream, read_target
from newscrawl.store import Archive


@click.command()
@click.argument("path")
@click.option("--format", "form", type=click.Choice(["jsonl", "parquet"]), help="Default: by PATH's ending.")
@click.option("--outlet", multiple=True, help="Only this outlet's (several: repeat).")
@click.option("--country", multiple=True, help="Only outlets of this country: EG, SA …")
@click.option("--person", multiple=True, help="Only articles that name this person (all, if repeated).")
@click.option("--org", multiple=True, help="… this organisation.")
@click.option("--place", multiple=True, help="… this place.")
@click.option("--since", callback=moment, help="Not older than: 2026-11-01, 2d, 12h.")
@click.option("--until", callback=moment, help="Not newer than, same forms.")
@click.option("--full", is_flag=True, help="Write a folder anew, whatever it holds.")
def command(
    *,
    path: str,
    form: Format | None,
    outlet: tuple[str, ...],
    country: tuple[str, ...],
    person: tuple[str, ...],
    org: tuple[str, ...],
    place: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    full: bool,
) -> None:
    """Write the archive out as JSON Lines or Parquet.

    PATH is a folder, one file (.parquet, .jsonl, .jsonl.gz), or - for JSON Lines on standard output. A folder
    holds one file a day (day=2026-11-24/articles.parquet); the same command again writes only the days that
    changed since. Files are put in their place whole: readers need not wait, and a killed export is mended by
    the next one. Days are in UTC. The page docs/export.md tells the columns and how to read them.
    """
    countries = tuple(code if code == "pan" else code.upper() for code in country)
    filters = Filters.from_options(
        outlet=outlet, country=countries, person=person, org=org, place=place, since=since, until=until
    )
    try:
        target = read_target(path, form, full=full)
        archive = open_archive()
        if target.kind == "folder":
            said = _to_folder(archive, target, filters, full=full)
        else:
            said = _to_file(archive, target, filters)
        archive.close()
    except ExportError as error:
        raise click.UsageError(str(error)) from error
    except BrokenPipeError:
        raise  # click ends quietly when `| head` has seen enough
    except OSError as error:
        raise click.ClickException(
            f"{path} cannot be written ({error.strerror or error}); no file that was there is lost"
        ) from error
    click.echo(said, err=target.kind == "stdout")


def _to_folder(archive: Archive, target: Target, filters: Filters, *, full: bool) -> str:
    # The lock before the snapshot: of two exports, the later one must see the later archive.
    with locked(target.path), archive.snapshot() as snapshot:
        warn_of_strangers(snapshot, filters)
        plan = make_plan(target.path, target.format, snapshot, filters, full=full)
        with _progress(str(target.path), sum(plan.write.values())) as advance:
            carry_out(plan, snapshot, advance)
    return _sentence(plan)


def _to_file(archive: Archive, target: Target, filters: Filters) -> str:
    with archive.snapshot() as snapshot:
        warn_of_strangers(snapshot, filters)
        cursor, _ = snapshot.newest()
        days = snapshot.count_by_day(filters)
        total = sum(days.values())
        with _progress(str(target.path), total) as advance:
            if target.kind == "stdout":
                stream = sys.stdout.buffer
                export_stream(stream, target.format, snapshot, filters, days, advance)
                stream.flush()  # here, where a reader that has gone away is no surprise
            else:
                export_file(target.path, target.format, snapshot, filters, days, advance)
    where = "" if target.kind == "stdout" else f" to {target.path}"
    return (
        f"{_amount(total, 'article')} of {_amount(len(days), 'day')} written{where}, up to cursor {cursor}."
    )


@contextmanager
def _progress(name: str, total: int) -> Iterator[Callable[[int], None]]:
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from newscrawl.report import console

    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console(sys.stderr),
        disable=not sys.stderr.isatty() or (name == "-" and sys.stdout.isatty()),
    )
    with bar:
        task = bar.add_task(name, total=total)
        yield lambda count: bar.advance(task, count)


def _sentence(plan: Plan) -> str:
    after = plan.after
    holds = f"{plan.folder} holds {_amount(sum(after.days.values()), 'article')}"
    holds += f" in {_amount(len(after.days), 'day')}, up to cursor {after.cursor}."
    if plan.write or plan.drop:
        emptied = f", {_amount(len(plan.drop), 'file')} removed" if plan.drop else ""
        written = _amount(sum(plan.write.values()), "article")
        return f"{written} written in {_amount(len(plan.write), 'day')}{emptied}; {holds}"
    if plan.before.exported_at is None:
        return f"No article to export; {holds}"
    return f"Nothing new since {plan.before.exported_at:%Y-%m-%d %H:%M:%S} UTC; {holds}"


def _amount(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
