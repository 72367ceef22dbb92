"""`newscrawl reextract`: read the kept pages again by today's rules."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from newscrawl.article import Rejected
from newscrawl.cli.common import (
    chosen_tagger,
    open_archive,
    pass_config,
    print_json,
    say_waiting,
    since_option,
)
from newscrawl.cli.stopping import Stopping
from newscrawl.config import Config, variable
from newscrawl.store.runs import FINISHED, STOPPED
from newscrawl.tables import plain_table, print_table, progress
from newscrawl.terminal import amount, isolated, say, styled
from newscrawl.workers import NoWorkersError

if TYPE_CHECKING:
    from newscrawl.extraction.differences import Difference
    from newscrawl.steps.session import Session, Tallies
    from newscrawl.store import Reading

AHEAD = 4
"""Chunks of pages that are read, and chunks whose names are found, before their turn to be stored."""
SAMPLES = 3
"""Pages of each kind that --dry-run shows."""


@dataclass(slots=True)
class Tally:
    """What differs so far."""

    pages: int = 0
    same: int = 0
    failed: int = 0
    left: int = 0
    """Pages that cannot be read and are known not to be: pruned, or of an outlet without a file."""
    kinds: Counter[str] = field(default_factory=Counter)
    samples: dict[str, list[tuple[str, Difference]]] = field(default_factory=dict)
    """Of each kind, the first pages."""
    faults: list[str] = field(default_factory=list)
    """Why the first pages that failed could not be read."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why pages are left alone."""

    def count(self, reading: Reading, samples: int) -> None:
        """Count a page."""
        self.pages += 1
        self.failed += reading.failed and not reading.known
        self.left += reading.failed and reading.known
        self.same += not reading.failed and not reading.differences
        if reading.failed:
            assert isinstance(reading.now, Rejected)
            self._note_fault(reading.page.at.url, reading.now.reason, known=reading.known)
        for one in reading.differences:
            self.kinds[one.kind] += 1
            shown = self.samples.setdefault(one.kind, [])
            if len(shown) < samples:
                shown.append((reading.page.at.url, one))

    def _note_fault(self, url: str, reason: str, *, known: bool) -> None:
        if known:
            self.reasons[reason] += 1
        elif len(self.faults) < SAMPLES:
            self.faults.append(f"{url}: {reason}")


@click.command()
@since_option("Only pages fetched since then: 2026-11-01, 2d, 12h.")
@click.option("--outlet", multiple=True, help="Only pages of this outlet; may be given again.")
@click.option(
    "--rules-before", type=click.IntRange(1), help="Only pages last read by rules older than these."
)
@click.option("--all", "again", is_flag=True, help="Also pages that today's rules have read.")
@click.option("--dry-run", is_flag=True, help="Say what would change, with samples, and change nothing.")
@click.option("--samples", default=SAMPLES, show_default=True, type=click.IntRange(0), help="For --dry-run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for programs.")
@click.option("--workers", type=click.IntRange(1), help=f"Worker processes (default: {variable('workers')}).")
@pass_config
def command(
    config: Config,
    *,
    since: datetime | None,
    outlet: tuple[str, ...],
    rules_before: int | None,
    again: bool,
    dry_run: bool,
    samples: int,
    as_json: bool,
    workers: int | None,
) -> None:
    """Read the kept pages again by today's rules.

    The newest kept page of each article is read as a crawl would read it today, and so is every page that was
    refused. An article whose text changes by it gets a revision that is marked as ours: `newscrawl history`
    shows that the outlet changed nothing. Where only a date, an author or the like is read otherwise, the
    article is described anew, without a revision. What changes waits for Elasticsearch and the next export,
    and nothing else does. An article whose page would be refused today stays; `newscrawl runs` names it.

    By default those pages are read that rules older than today's have read. Stop it when you like, by Ctrl-C
    or SIGTERM: what is done is kept, and the same command goes on with the rest (with --all: from the start).
    It stops by itself with more memory in use than $memory_mb allows, and when nothing was read or stored for
    $stall_timeout seconds.

    Exits with 0 when all could be read but those that are known not to be (their original was pruned, or
    their outlet has no file), which are counted; 1 when others could not or it was stopped.
    """
    from newscrawl.extraction.rules import RULES
    from newscrawl.steps import read
    from newscrawl.steps.session import Session

    kind = None if dry_run else chosen_tagger(config)
    archive = open_archive(config)
    below = None if again else rules_before or RULES
    numbers = archive.to_reread(below=below, since=since, outlets=outlet)
    tally = Tally()
    with (
        Stopping() as stopping,
        Session(archive, config, tagger=kind, warm=read.WARM, workers=workers) as session,
    ):
        if dry_run:
            reason = _read(session, stopping, numbers, tally, samples=samples)
        else:
            reason = _run(session, stopping, numbers, tally, say_run=not as_json)
    if as_json:
        print_json(_as_json(tally, RULES, reason))
    else:
        _show(tally, RULES, dry_run=dry_run)
        if reason:
            say(f"{reason}; {amount(len(numbers) - tally.pages, 'page')} left: the same command goes on.")
        if not dry_run:
            say_waiting(config, archive)
    sys.exit(1 if reason or tally.failed else 0)


def _run(session: Session, stopping: Stopping, numbers: Sequence[int], tally: Tally, *, say_run: bool) -> str:
    """Read and store, as a run; why it was stopped, "" where it was not."""
    from newscrawl.report import print_run
    from newscrawl.steps.session import Tallies

    if not numbers:
        return ""
    tallies = Tallies()
    session.begin_run("reextract", "kept pages", {"pages": len(numbers)})
    reason, sentences = _read(session, stopping, numbers, tally, tallies=tallies), list[str]()
    if not reason:
        reason, sentences = _cluster(session, stopping)
    report = session.finish_run(STOPPED if reason else FINISHED, reason or "all pages read", tallies)
    if say_run:
        print_run(report)
        for sentence in sentences:
            say(sentence)
    return reason


def _cluster(session: Session, stopping: Stopping) -> tuple[str, list[str]]:
    """Look for copies of what was read otherwise: why that was stopped ("" if not), and what came of it."""
    from newscrawl.steps.cluster import cluster

    try:
        with stopping.work():
            return "", cluster(session).sentences()
    except KeyboardInterrupt:
        return stopping.reason, []
    except NoWorkersError as error:
        return str(error), []


def _read(
    session: Session,
    stopping: Stopping,
    numbers: Sequence[int],
    tally: Tally,
    *,
    tallies: Tallies | None = None,
    samples: int = 0,
) -> str:
    """Read the pages, and with `tallies` store what differs; why it was stopped, "" where it was not."""
    from newscrawl.outlets import outlets_from_environment
    from newscrawl.steps.guard import Guard
    from newscrawl.steps.keep import kept_in
    from newscrawl.steps.reextract import reextract

    outlets, folder = outlets_from_environment(), kept_in(session.config)
    try:
        with (
            Guard(session.config, lambda: (session.workers.answered, tally.pages), stopping.stop),
            stopping.work(),
            progress("kept pages", len(numbers)) as update,
        ):
            for readings in reextract(session, folder, numbers, outlets, ahead=AHEAD):
                if tallies is not None:
                    for end in session.run.apply(readings):
                        assert end.outcome is not None
                        tallies.count(end.outlet, end.outcome)
                for reading in readings:
                    tally.count(reading, samples)
                update(tally.pages, f"kept pages: {tally.pages:,} of {len(numbers):,}")
    except KeyboardInterrupt:
        return stopping.reason
    except NoWorkersError as error:
        return str(error)
    return ""


# --- what is said ---------------------------------------------------------------------------------


def _as_json(tally: Tally, rules: int, stopped: str) -> dict[str, Any]:
    return {
        "rules": rules,
        "pages": tally.pages,
        "same": tally.same,
        "failed": tally.failed,
        "left": tally.left,
        "stopped": stopped,
        "kinds": {
            kind: {
                "pages": number,
                "samples": [
                    {"url": url, "before": one.before, "now": one.now}
                    for url, one in tally.samples.get(kind, [])
                ],
            }
            for kind, number in tally.kinds.most_common()
        },
    }


def _show(tally: Tally, rules: int, *, dry_run: bool) -> None:
    if not tally.pages:
        say(f"No kept page waits for rules {rules}.")
        return
    if tally.kinds:
        table = plain_table("would change" if dry_run else "changed", "pages")
        for kind, number in tally.kinds.most_common():
            table.add_row(kind, f"{number:,}")
        print_table(table)
    for kind, shown in tally.samples.items():
        for url, one in shown:
            say()
            say(styled(kind, bold=True), f" · {url}")
            say("  before: ", isolated(one.before or "–"))
            say("  now:    ", isolated(one.now or "–"))
    for fault in tally.faults:
        say(f"cannot be read: {fault}", err=True)
    for reason, number in tally.reasons.most_common(SAMPLES):
        say(f"{amount(number, 'page')} left alone: {reason}", err=True)
    failed = f", {tally.failed:,} cannot be read" if tally.failed else ""
    failed += f", {tally.left:,} are left alone" if tally.left else ""
    say(f"{amount(tally.pages, 'page')} read by rules {rules}: {tally.same:,} as before{failed}.")
