"""`newscrawl ingest FILE.jsonl[.gz]`: a corpus of one's own into the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.article import Outcome
from newscrawl.cli.common import chosen_tagger, open_archive, pass_config, say_waiting
from newscrawl.config import Config, variable
from newscrawl.store.runs import FINISHED, STOPPED
from newscrawl.tables import progress
from newscrawl.terminal import say
from newscrawl.workers import NoWorkersError

if TYPE_CHECKING:
    from newscrawl.steps.session import Session, Tallies


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", default="", help="Outlet of rows that name none (default: the URL's domain).")
@click.option("--workers", type=click.IntRange(1), help=f"Worker processes (default: {variable('workers')}).")
@pass_config
def command(config: Config, file: Path, outlet: str, workers: int | None) -> None:
    """Take a corpus of your own into the archive.

    FILE holds one JSON object a line, with at least url, title, and body or text; optional: outlet or
    source, published_at, time or day, author, section, summary. A row that cannot be read is counted as
    bad_row with its line number and never ends the run; running the same file again stores nothing twice.
    The names in the articles are found as $tagger says (auto, camel, light, off).

    Exits with 1 when FILE was not read to its end, 2 when a setting or option is wrong.
    """
    from newscrawl.ingest import WARM
    from newscrawl.report import print_run, without_names
    from newscrawl.steps.session import Session, Tallies

    kind = chosen_tagger(config)
    archive = open_archive(config, create=True)
    tallies = Tallies()
    with Session(archive, config, tagger=kind, warm=WARM, workers=workers) as session:
        session.begin_run("ingest", file.name, {"file": file.name, "outlet": outlet})
        status, reason = _ingest(session, file, outlet, tallies)
        report = session.finish_run(status, reason, tallies)
        print_run(report)
        bad = sum(tally.counts.get(Outcome.BAD_ROW, 0) for tally in report.tallies)
        if bad:
            say(f"{bad} bad rows; see them with: newscrawl runs {report.id} --outcome bad_row")
        if session.tagging.unnamed:
            say(without_names(session.tagging.unnamed))
        say_waiting(config, archive)
    sys.exit(0 if status == FINISHED else 1)


def _ingest(session: Session, file: Path, outlet: str, tallies: Tallies) -> tuple[str, str]:
    """Take the file in, as far as it can be read; the run's status and the reason for it."""
    from newscrawl.ingest import ingest, read_lines

    done = 0
    try:
        with file.open("rb") as stream, progress(file.name, file.stat().st_size) as update:
            for ends in ingest(read_lines(file, stream), session, file=file.name, outlet=outlet):
                for name, outcome in ends:
                    tallies.count(name, outcome)
                done += len(ends)
                update(stream.tell(), f"{file.name}: {done:,} rows")
    except KeyboardInterrupt:
        return STOPPED, "interrupted"
    except NoWorkersError as error:
        return STOPPED, str(error)
    except (OSError, EOFError) as error:
        return STOPPED, f"{file.name} cannot be read to its end: {error}"
    return FINISHED, "end of file"
