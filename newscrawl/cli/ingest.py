"""`newscrawl ingest FILE.jsonl[.gz]`: a corpus of one's own into the archive."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from newscrawl.cli.common import chosen_tagger, open_archive, pass_config, say_waiting
from newscrawl.cli.stopping import Stopping
from newscrawl.config import Config, variable
from newscrawl.store.runs import FINISHED, STOPPED
from newscrawl.tables import progress
from newscrawl.terminal import amount, say
from newscrawl.workers import NoWorkersError

if TYPE_CHECKING:
    from newscrawl.ingest.take_in import Taken
    from newscrawl.steps.session import Session


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--outlet", default="", help="Outlet of rows that name none (default: the URL's domain).")
@click.option("--workers", type=click.IntRange(1), help=f"Worker processes (default: {variable('workers')}).")
@pass_config
def command(config: Config, file: Path, outlet: str, workers: int | None) -> None:
    """Take a corpus of your own into the archive.

    FILE holds one JSON object a line, with at least url, title, and body or text; optional: outlet or
    source, published_at, time, day or date (a date in words or numbers, or seconds, ms, µs or ns since 1970),
    author, agency, section, summary, tags. A row that cannot be read is counted as bad_row with its line
    number and never ends the run; a time that cannot be read is reported, not guessed. Of a packed file that
    is cut or damaged all rows up to the fault are taken. Running the same file again stores nothing twice.
    The names in the articles are found as $tagger says (auto, camel, light, off).

    Ctrl-C or SIGTERM ends it in order: what was stored stays, and the same command goes on.

    Exits with 1 when FILE was not read to its end or has no row that can be read, 2 when a setting or option
    is wrong.
    """
    from newscrawl.ingest.take_in import WARM, Taken
    from newscrawl.report import print_run, without_names
    from newscrawl.steps.session import Session

    kind = chosen_tagger(config)
    archive = open_archive(config, create=True)
    taken = Taken()
    session = Session(archive, config, tagger=kind, warm=WARM, workers=workers)
    with Stopping() as stopping, session:
        session.begin_run("ingest", file.name, {"file": file.name, "outlet": outlet})
        status, reason = _ingest(session, stopping, file, outlet, taken)
        taken.note_unreadable_times()
        report = session.finish_run(status, reason, taken.tallies)
        print_run(report)
        if taken.bad:
            say(f"{taken.bad} bad rows; see them with: newscrawl runs {report.id} --outcome bad_row")
        if taken.resting:
            rest = f"{amount(taken.resting, 'row')} left out, for two runs were killed of each"
            say(f"{rest}; see: newscrawl runs {report.id} --outcome quarantined")
        if session.tagging.unnamed:
            say(without_names(session.tagging.unnamed))
        say_waiting(config, archive)
    if status == FINISHED and not taken.readable:
        say(f"{file.name} has no row that can be read; it should hold one JSON object a line.", err=True)
    sys.exit(0 if status == FINISHED and taken.readable else 1)


def _ingest(session: Session, stopping: Stopping, file: Path, outlet: str, taken: Taken) -> tuple[str, str]:
    """Take the file in, as far as it can be read; the run's status and the reason for it."""
    from newscrawl.ingest.lines import DamagedFileError, read_lines
    from newscrawl.ingest.take_in import take_in

    try:
        with stopping.work(), file.open("rb") as stream, progress(file.name, file.stat().st_size) as update:
            for ends in take_in(read_lines(stream), session, file=file.name, outlet=outlet):
                for end in ends:
                    taken.count(end)
                update(stream.tell(), f"{file.name}: {taken.rows:,} rows")
    except KeyboardInterrupt:
        return STOPPED, f"interrupted by {stopping.signal or 'Ctrl-C'}"
    except NoWorkersError as error:
        return STOPPED, str(error)
    except (OSError, DamagedFileError) as error:
        return STOPPED, f"{file.name} cannot be read to its end: {error}"
    return FINISHED, "end of file"
