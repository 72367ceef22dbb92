"""`newscrawl ingest FILE.jsonl[.gz]`: a corpus of one's own into the archive."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import click

from newscrawl.article import Outcome
from newscrawl.cli.archive import open_archive
from newscrawl.cli.common import pass_config
from newscrawl.cli.tagger import chosen_tagger
from newscrawl.cli.waiting import say_waiting
from newscrawl.config import Config


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", default="", help="Outlet of rows that name none (default: the URL's domain).")
@click.option("--workers", type=click.IntRange(1), help="Worker processes (default: the setting workers).")
@pass_config
def command(config: Config, file: Path, outlet: str, workers: int | None) -> None:
    """Take a corpus of your own into the archive.

    FILE holds one JSON object a line, with at least url, title, and body or text; optional: outlet or
    source, published_at, time or day, author, section, summary. A row that cannot be read is counted as
    bad_row with its line number and never ends the run; running the same file again stores nothing twice.
    The names in the articles are found as the setting tagger says (auto, camel, light, off).
    """
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    from newscrawl.entities.pool import TaggerPool, preparation
    from newscrawl.ingest import ingest, read_lines
    from newscrawl.report import console, print_run, without_names
    from newscrawl.store import OutletTally
    from newscrawl.workers import Workers

    kind = chosen_tagger()
    archive = open_archive(create=True)
    run = archive.begin_run("ingest", file.name, {"file": file.name, "outlet": outlet})
    tallies: dict[str, OutletTally] = {}
    status, reason = "finished", "end of file"
    pool = Workers(workers or config.workers, warm=("newscrawl.ingest",), prepare=preparation(kind))
    tagger = TaggerPool(kind, pool) if kind else None
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console(sys.stderr),
        disable=not sys.stderr.isatty(),
    )
    done = 0
    try:
        with file.open("rb") as stream, bar:
            task = bar.add_task(file.name, total=file.stat().st_size)
            chunks = ingest(read_lines(file, stream), run, pool, file=file.name, outlet=outlet, tagger=tagger)
            for ends in chunks:
                for name, outcome in ends:
                    counts = tallies.setdefault(name, OutletTally(name)).counts
                    counts[outcome] = counts.get(outcome, 0) + 1
                done += len(ends)
                bar.update(task, completed=stream.tell(), description=f"{file.name}: {done:,} rows")
    except KeyboardInterrupt:
        status, reason = "stopped", "interrupted"
    except (OSError, EOFError) as error:
        status, reason = "stopped", f"{file.name} cannot be read to its end: {error}"
    finally:
        if tagger:
            tagger.close()
        pool.close()
    report = run.finish(status, reason, list(tallies.values()), timedelta(days=30))
    print_run(report)
    bad = sum(tally.counts.get(Outcome.BAD_ROW, 0) for tally in report.tallies)
    if bad:
        click.echo(f"{bad} bad rows; see them with: newscrawl runs {report.id} --outcome bad_row")
    if tagger and tagger.unnamed:
        click.echo(without_names(tagger.unnamed))
    say_waiting(archive)
    archive.close()
    sys.exit(0 if status == "finished" else 1)
