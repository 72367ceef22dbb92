"""`newscrawl ingest FILE …`: a corpus of one's own, or somebody else's crawl, into the archive."""

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
    from newscrawl.ingest.corpus import Corpus
    from newscrawl.ingest.take_in import Taken
    from newscrawl.outlets import OutletIndex
    from newscrawl.steps.session import Session


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--outlet", default="", help="Outlet of rows and pages of none (default: the URL's domain).")
@click.option("--any-host", is_flag=True, help="Of WARC files, also pages of hosts that are no outlet's.")
@click.option(
    "--url-from",
    metavar="canonical|filename|CSV",
    help="Where the addresses of saved pages come from (default: canonical).",
)
@click.option("--keep", is_flag=True, help="Keep the pages as fetched, as a crawl does.")
@click.option("--workers", type=click.IntRange(1), help=f"Worker processes (default: {variable('workers')}).")
@pass_config
def command(
    config: Config,
    *,
    files: tuple[str, ...],
    outlet: str,
    any_host: bool,
    url_from: str | None,
    keep: bool,
    workers: int | None,
) -> None:
    """Take a corpus of your own, or somebody else's crawl, into the archive.

    Each FILE is a file, a folder, a pattern, a URL such as s3://bucket/folder (fsspec), or - for standard
    input. What it is, its first bytes and its ending tell:

    JSON Lines (.jsonl, .jsonl.gz): one JSON object a line, with at least url, title, and body or text;
    optional: outlet or source, published_at, time, day or date (a date in words or numbers, or seconds, ms,
    µs or ns since 1970), author, agency, section, summary, tags. A row that cannot be read is counted as
    bad_row with its line number and never ends the run; a time that cannot be read is reported, not guessed.
    Of a packed file that is cut or damaged all rows up to the fault are taken.

    WARC (.warc, .warc.gz), such as CC-NEWS: the pages of hosts that are an outlet's, or with --any-host of
    all; each as of the day when it was fetched. A damaged record is counted as bad_row with its place,
    old.warc.gz@1200, and reading goes on behind it.

    Saved pages (.html, .htm): --url-from says where their addresses come from: canonical, from the page;
    filename, from the file's name, percent-encoded, or from its path below FILE; or the name of a CSV file
    with the columns file and url, and if need be fetched_at and charset. With it a folder's files of all
    endings are taken.

    With --keep the pages of WARC files and saved pages are kept as those of a crawl are ($pages); without it,
    only their articles are.

    Running the same files again stores nothing twice, and an earlier text of an article never replaces a
    later one. The names in the articles are found as $tagger says (auto, camel, light, off).

    Ctrl-C or SIGTERM ends it in order: what was stored stays, and the same command goes on. So do more memory
    in use than $memory_mb allows, and $stall_timeout seconds in which nothing was read or stored. A row that
    kills the process twice is left out for a day and counted as quarantined.

    Exits with 1 when a FILE was not read to its end or none has anything that can be read, 2 when a setting,
    an option or a FILE is wrong.
    """
    from newscrawl.ingest.corpus import off_site
    from newscrawl.ingest.take_in import Taken
    from newscrawl.report import print_run, without_names
    from newscrawl.steps.guard import Guard
    from newscrawl.steps.session import Session

    if keep and not config.pages_place:
        raise click.UsageError(f"--keep: {variable('pages')} is off, so no pages are kept")
    outlets, corpus = _opened(config, files, outlet=outlet, any_host=any_host, url_from=url_from)
    kind = chosen_tagger(config)
    archive = open_archive(config, create=True)
    taken = Taken()
    session = Session(archive, config, tagger=kind, warm=corpus.warm, workers=workers)
    with Stopping() as stopping, session:
        session.begin_run("ingest", corpus.name, {"files": list(files), "outlet": outlet})
        if keep:
            session.keep_pages()
        with Guard(config, lambda: (session.workers.answered, taken.rows), stopping.stop) as guard:
            status, reason, related = _ingest(session, stopping, corpus, outlets, taken)
        if guard.too_large:
            session.run.accuse(guard.too_large)
        taken.note_unreadable_times()
        report = session.finish_run(status, reason, taken.tallies)
        print_run(report)
        for sentence in (*(session.keeping.end() if session.keeping else ()), *related):
            say(sentence)
        if taken.bad:
            say(f"{taken.bad} bad rows; see them with: newscrawl runs {report.id} --outcome bad_row")
        if left_out := off_site(taken):
            say(f"{amount(left_out, 'page')} of no outlet left out; --any-host takes them.")
        if taken.resting:
            rest = f"{amount(taken.resting, 'row')} left out, for two runs were killed of each"
            say(f"{rest}; see: newscrawl runs {report.id} --outcome quarantined")
        if session.tagging.unnamed:
            say(without_names(session.tagging.unnamed))
        say_waiting(config, archive)
    if status == FINISHED and not taken.readable:
        say(_nothing(corpus), err=True)
    sys.exit(0 if status == FINISHED and taken.readable else 1)


def _opened(
    config: Config, files: tuple[str, ...], *, outlet: str, any_host: bool, url_from: str | None
) -> tuple[OutletIndex, Corpus]:
    """The outlets there are, and the files.

    Raises:
        click.UsageError: some of them cannot be used (exit code 2).
    """
    from newscrawl.ingest.corpus import Corpus, Wishes
    from newscrawl.ingest.saved import CANONICAL, FILENAME, Manifest, ManifestError
    from newscrawl.ingest.sources import NoFileError, find_sources
    from newscrawl.outlets import OutletError, OutletIndex, load_outlets

    try:
        index = OutletIndex(load_outlets(config.outlets_dir).values())
        known = url_from in (CANONICAL, FILENAME, None)
        wishes = Wishes(outlet, any_host, url_from if known else Manifest(Path(str(url_from))))
        return index, Corpus(find_sources(files, all_files=url_from is not None), wishes)
    except (OutletError, NoFileError, ManifestError) as error:
        raise click.UsageError(str(error)) from error


def _ingest(
    session: Session, stopping: Stopping, corpus: Corpus, outlets: OutletIndex, taken: Taken
) -> tuple[str, str, list[str]]:
    """Take the files in, as far as they can be read; its status, the reason for it, and what its end says."""
    from newscrawl.steps.relate import relate
    from newscrawl.store.faults import ending

    related: list[str] = []
    try:
        with stopping.work():
            with progress(corpus.name, corpus.size) as update:
                for at in corpus.take(session, outlets, taken):
                    update(at.done, f"{at.source.name}: {taken.rows:,} rows")
            related = relate(session)
    except KeyboardInterrupt:
        return STOPPED, stopping.reason, related
    except NoWorkersError as error:
        return STOPPED, str(error), related
    except Exception as error:
        if fault := ending(error, session.config.archive_place):
            session.give_up(fault, taken.tallies)
        raise
    if corpus.faults:
        more = len(corpus.faults) - 1
        why = corpus.faults[0] + (f"; and {amount(more, 'file')} more" if more else "")
        return STOPPED, why, related
    return FINISHED, "end of file", related


def _nothing(corpus: Corpus) -> str:
    """What to say where there was nothing to take in."""
    if corpus.only_rows:
        return f"{corpus.name} has no row that can be read; it should hold one JSON object a line."
    return f"{corpus.name} has no row and no page that can be read."
