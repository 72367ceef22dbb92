"""The run's table and its sentence, for the end of a crawl, an ingest, and `newscrawl runs`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from newscrawl.article import Outcome
from newscrawl.store import Drift, OutletTally, Run
from newscrawl.store.health import BODY, PAGES, WINDOW
from newscrawl.store.heartbeat import RUNNING
from newscrawl.tables import console, width_of
from newscrawl.terminal import printable

if TYPE_CHECKING:  # rich is slow to import, and `scrapy list` must not pay for it
    from rich.table import Table


_COMMON = (Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED, Outcome.KNOWN)
"""Outcomes with a column of their own on every screen."""


def print_run(run: Run, stream: TextIO | None = None) -> None:
    """Print where every URL of a run ended, per outlet, and one sentence."""
    out = console(stream)
    if run.tallies:
        out.print(_table(run, out.width))
    for tally in run.tallies:
        left = [f"left alone, for {tally.left_to}"] if tally.left_to else []
        for problem in tally.problems + left:
            out.print(printable(f"{tally.outlet}: {problem}"), style="yellow", soft_wrap=True)
    guarded = guard_line(run.tallies)
    if guarded:
        out.print(printable(guarded), soft_wrap=True)
    for line in flags(run.drift):
        out.print(printable(line), style="yellow", soft_wrap=True)
    out.print(printable(sentence(run)), soft_wrap=True)


def _table(run: Run, width: int) -> Table:
    """One row an outlet and one column an outcome that occurred; the sums below, where there are several.

    Where that is wider than `width` characters, one column says the rarer outcomes in words.
    """
    used = [outcome for outcome in Outcome if any(tally.counts.get(outcome) for tally in run.tallies)]
    wide = _table_of(run, used, ())
    if width_of(wide) <= width:
        return wide
    common = [outcome for outcome in used if outcome in _COMMON]
    return _table_of(run, common, [outcome for outcome in used if outcome not in _COMMON])


def _table_of(run: Run, columns: Sequence[Outcome], in_words: Sequence[Outcome]) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    # Names are Text, in which no bracket is markup: files and outlets of an ingest have any name.
    title = Text(printable(f"Run {run.id}: {run.name}"), "table.title")
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0))
    table.add_column("outlet", no_wrap=True)
    table.add_column("URLs", justify="right")
    for outcome in columns:
        table.add_column(_name(outcome), justify="right")
    if in_words:
        table.add_column("other outcomes")
    table.add_column("listings", no_wrap=not in_words)

    def add(name: str, candidates: int, counts: Mapping[Outcome, int], listings: str, style: str) -> None:
        others = ", ".join(f"{counts[one]} {_name(one)}" for one in in_words if counts.get(one))
        numbers = [str(counts.get(outcome) or "·") for outcome in columns]
        words = [others or "·"] if in_words else []
        table.add_row(Text(printable(name)), str(candidates), *numbers, *words, listings, style=style)

    for tally in run.tallies:
        style = "red" if tally.empty and run.kind == "crawl" else ""
        add(tally.outlet, tally.candidates, tally.counts, _listings(tally), style)
    if len(run.tallies) > 1:
        table.add_section()
        sums = {outcome: sum(tally.counts.get(outcome, 0) for tally in run.tallies) for outcome in Outcome}
        add("all", sum(tally.candidates for tally in run.tallies), sums, "", "")
    return table


def _name(outcome: Outcome) -> str:
    return outcome.value.replace("_", " ")


def _listings(tally: OutletTally) -> str:
    if tally.left_to:
        return "left to another run"
    failed = f", {tally.listings_failed} failed" if tally.listings_failed else ""
    return f"{tally.listings_read} read, {tally.listings_unchanged} as before{failed}"


def flags(drift: Sequence[Drift]) -> list[str]:
    """One line for every outlet that has dropped: what it gives, what it gave, and where to look.

    >>> flags([Drift("sahifa", "body", 210.4, 540.0), Drift("sahifa", "authors", 0.05, 0.8)])
    ['⚠ sahifa: bodies of 210 words against 540, authors in 5 % of articles against 80 %, in the 30 days \
before; newscrawl outlets check sahifa shows more']
    """
    return [
        f"⚠ {outlet}: {_list(map(dropped, found))} in the {WINDOW.days} days before; "
        f"newscrawl outlets check {outlet} shows more"
        for outlet, found in groupby(drift, lambda one: one.outlet)
    ]


def guard_line(tallies: Sequence[OutletTally]) -> str:
    """Where another reader's text was stored, and how often; empty where it never was.

    >>> guard_line([OutletTally("sahifa", guarded=3), OutletTally("khabar"), OutletTally("anba", guarded=1)])
    "trafilatura's text was stored, as it found more than our reading: sahifa 3, anba 1 articles"
    """
    found = ", ".join(f"{tally.outlet} {tally.guarded:,}" for tally in tallies if tally.guarded)
    if not found:
        return ""
    several = sum(tally.guarded for tally in tallies) > 1
    articles = "articles" if several else "article"
    return f"trafilatura's text was stored, as it found more than our reading: {found} {articles}"


def _list(drops: Iterable[str]) -> str:
    *others, last = drops
    return ", ".join([*others, f"{last}," if others else last])


def dropped(drift: Drift) -> str:
    """A drop in words.

    >>> dropped(Drift("sahifa", "pages", 0.5, 1.0))
    'articles on 50 % of pages against 100 %'
    """
    if drift.measure == BODY:
        return f"bodies of {drift.latest:.0f} words against {drift.before:.0f}"
    what = "articles on" if drift.measure == PAGES else f"{drift.measure} in"
    of = "pages" if drift.measure == PAGES else "articles"
    return f"{what} {drift.latest:.0%} of {of} against {drift.before:.0%}".replace("%", " %")


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
    if run.status == RUNNING:
        beat = f" (newest heartbeat: {run.heartbeat_at:%H:%M:%S} UTC)" if run.heartbeat_at else ""
        return f"{text} The run is under way{beat}."
    if run.status != "finished":
        text += (
            f" The run was {run.status} ({run.reason}); {total[Outcome.INTERRUPTED]} URLs wait for the next."
        )
    empty = [tally.outlet for tally in run.tallies if tally.empty] if run.kind == "crawl" else []
    if empty:
        text += f" Yielded nothing: {', '.join(empty)}."
    return text
