"""The run's table and its sentence, for the end of a crawl, an ingest, and `newscrawl runs`."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, TextIO

from newscrawl.article import Outcome
from newscrawl.store import Run

if TYPE_CHECKING:  # rich is slow to import, and `scrapy list` must not pay for it
    from rich.console import Console


def console(stream: TextIO = sys.stdout) -> Console:
    """A console that colours only a terminal, and cuts nothing off when piped."""
    from rich.console import Console

    width = None if stream.isatty() or os.environ.get("COLUMNS") else 200
    return Console(file=stream, width=width, highlight=False, soft_wrap=False)


def print_run(run: Run, stream: TextIO = sys.stdout) -> None:
    """Print where every URL of a run ended, per outlet, and one sentence."""
    from rich import box
    from rich.table import Table

    out = console(stream)
    used = [outcome for outcome in Outcome if any(tally.counts.get(outcome) for tally in run.tallies)]
    table = Table(
        title=f"Run {run.id}: {run.name}", title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0)
    )
    table.add_column("outlet", no_wrap=True)
    table.add_column("URLs", justify="right")
    for outcome in used:
        table.add_column(outcome.value.replace("_", " "), justify="right")
    table.add_column("listings", no_wrap=True)
    for tally in run.tallies:
        listings = f"{tally.listings_read} read, {tally.listings_unchanged} as before"
        listings += f", {tally.listings_failed} failed" if tally.listings_failed else ""
        table.add_row(
            tally.outlet,
            str(tally.candidates),
            *(str(tally.counts.get(outcome) or "·") for outcome in used),
            listings,
            style="red" if tally.empty and run.kind == "crawl" else None,
        )
    if len(run.tallies) > 1:
        table.add_section()
        table.add_row(
            "all",
            str(sum(tally.candidates for tally in run.tallies)),
            *(str(sum(tally.counts.get(outcome, 0) for tally in run.tallies)) for outcome in used),
            "",
        )
    if run.tallies:
        out.print(table)
    for tally in run.tallies:
        for problem in tally.problems:
            out.print(f"{tally.outlet}: {problem}", style="yellow", markup=False, soft_wrap=True)
    out.print(sentence(run), soft_wrap=True, markup=False)


def without_names(number: int) -> str:
    """What to say, and to do, of articles whose names could not be found.

    >>> without_names(1)
    '1 article was stored without names: newscrawl retag'
    """
    were = "1 article was" if number == 1 else f"{number:,} articles were"
    return f"{were} stored without names: newscrawl retag"


def sentence(run: Run) -> str:
    """What happened, in one line."""
    total = {outcome: sum(t.counts.get(outcome, 0) for t in run.tallies) for outcome in Outcome}
    took = f" in {(run.ended_at - run.started_at).total_seconds():.0f} s" if run.ended_at else ""
    text = (
        f"{total[Outcome.STORED]} new articles, {total[Outcome.UPDATED]} updated, "
        f"{total[Outcome.UNCHANGED] + total[Outcome.KNOWN]} as before, of {sum(total.values())} URLs{took}."
    )
    if run.status != "finished":
        text += (
            f" The run was {run.status} ({run.reason}); {total[Outcome.INTERRUPTED]} URLs wait for the next."
        )
    empty = [tally.outlet for tally in run.tallies if tally.empty] if run.kind == "crawl" else []
    if empty:
        text += f" Yielded nothing: {', '.join(empty)}."
    return text
