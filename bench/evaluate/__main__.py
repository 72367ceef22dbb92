"""`make evaluate`, or `make evaluate ARGS="pages kinds --worst 5 --sites even"`: one table of quality.

Parts: those of `PARTS` in samples.py, `whole` (articles in plain layouts: alone, beside a second one, around
a pointer; `--sites` halves the days of these), `copies` (which copies of a text are found), `stories`
(whether reports of one event are put together) and, where asked for, `search` (what analysts type, on a real
Elasticsearch too; its needs are halved). `kinds` also reads listings made of real headlines, and counts the
articles that are turned away.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.evaluate import copies, listings, whole
from bench.evaluate.floors import below
from bench.evaluate.marks import is_lost, totals
from bench.evaluate.readers import OURS, READERS
from bench.evaluate.run import Cache, Row, rows_of, samples_of
from bench.evaluate.samples import PARTS, AbsentError
from bench.evaluate.search import report as search
from bench.evaluate.stories import report as stories

HEAD = (
    f"{'part':16}{'reader':23}{'pages':>5}{'P':>7}{'R':>7}{'F1':>7}{'leaks':>11}{'lost':>6}"
    f"{'titles':>9}{'days':>8}{'kinds':>9}"
)
OURSELVES = {"golden": "our own pages: traps, no score"}


def main() -> None:
    """Print the table; with --check, exit 1 where a floor is missed."""
    args = _arguments()
    cache = Cache(Path(args.cache) if args.cache else None)
    measured: dict[str, dict[str, float]] = {}
    if not args.parts or set(args.parts) - {"search", "copies", "stories"}:
        print(HEAD)
    for part in [part for part in args.parts if part in PARTS] or ([] if args.parts else list(PARTS)):
        try:
            samples = samples_of(part, half=args.sites, only=args.only, limit=args.limit)
            rows = list(rows_of(samples, cache))
        except AbsentError as reason:
            print(f"{part:16}skipped: {reason}")
            continue
        if not rows:
            continue
        measured[part] = _print_part(part, rows)
        if args.worst:
            _print_worst(rows, args.worst)
    cache.save()
    measured |= _other_parts(args)
    if args.check:
        missed = below(measured)
        print("\n".join(missed))
        sys.exit(bool(missed))


def _other_parts(args: argparse.Namespace) -> dict[str, dict[str, float]]:
    """Measure and print what has tables of its own."""
    measured: dict[str, dict[str, float]] = {}
    if not args.parts or "whole" in args.parts:
        measured["whole"] = whole.report(args.limit or whole.ARTICLES, args.sites, args.worst)
    if "search" in args.parts:  # minutes, and a server: only where it is asked for
        measured |= search.report(args.sites, args.worst, args.archive, args.server)
    if not args.parts or "copies" in args.parts:
        measured["copies"] = copies.report()
    if not args.parts or "stories" in args.parts:
        measured["stories"] = stories.report()
    if not args.parts or "kinds" in args.parts:
        measured["listings"] = listings.report()
    return measured


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("parts", nargs="*", type=_part, metavar="PART")
    parser.add_argument(
        "--sites", choices=["even", "odd"], default="", help="pages of this half of the sites"
    )
    parser.add_argument("--only", default="", metavar="TEXT", help="pages with this in their name")
    parser.add_argument("--limit", type=int, default=0, metavar="N", help="pages a part")
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="show the worst pages of each part")
    parser.add_argument("--cache", default="", metavar="FILE", help="keep other readers' results there")
    parser.add_argument("--archive", default="", metavar="FILE", help="keep the store of `search` there")
    parser.add_argument("--server", default="", metavar="URL", help="an Elasticsearch for `search`")
    parser.add_argument("--check", action="store_true", help="exit 1 where a floor of floors.toml is missed")
    return parser.parse_args()


def _part(name: str) -> str:
    """A part by its name; with `choices`, Python 3.11 demands one even where none need be given."""
    if name not in {*PARTS, "whole", "search", "copies", "stories"}:
        raise argparse.ArgumentTypeError(
            f"no part: {name}; parts are {', '.join(PARTS)}, whole, search, copies, stories"
        )
    return name


def _print_part(part: str, rows: Sequence[Row]) -> dict[str, float]:
    pages = [row.marks for row in rows]
    for reader in READERS:
        print(_line(part if reader == OURS else "", reader, totals(pages, reader)))
    if part in OURSELVES:
        print(f"{'':16}({OURSELVES[part]})")
    return totals(pages, OURS)


def _line(part: str, reader: str, found: dict[str, float]) -> str:
    def number(name: str) -> str:
        return f"{found[name]:7.3f}" if name in found else f"{'':7}"

    def of(name: str, width: int) -> str:
        total = found.get(f"{name}_of", 0)
        return f"{f'{found[name]:.0f}/{total:.0f}' if total else '':>{width}}"

    lost = f"{found['lost']:.0f}" if "lost" in found else ""
    scores = "".join(map(number, ("precision", "recall", "f1")))
    counts = f"{of('leaks', 11)}{lost:>6}{of('title', 9)}{of('day', 8)}{of('kind', 9)}"
    return f"{part:16}{reader:23}{found['pages']:5.0f}{scores}{counts}"


def _print_worst(rows: Sequence[Row], count: int) -> None:
    """The pages with the most wrong, with what was found."""

    def wrong(row: Row) -> float:
        ours = row.marks[OURS]
        fields = sum(value is False for value in (ours.title, ours.day, ours.kind))
        return (1 - (1.0 if ours.f1 is None else ours.f1)) + 0.2 * fields + 0.1 * len(ours.leaks)

    for row in sorted(rows, key=wrong, reverse=True)[:count]:
        if not wrong(row):
            return
        ours, found = row.marks[OURS], row.found[OURS]
        scores = "" if ours.f1 is None else f"P {ours.precision:.3f} R {ours.recall:.3f} F1 {ours.f1:.3f}"
        lost = " LOST" if is_lost(row.marks) else ""
        print(f"  {row.name}  ({row.site})  {scores}{lost}")
        if found.reason:
            print(f"      refused: {found.reason}")
        if ours.title is False:
            print(f"      title: {found.title}")
        if ours.day is False:
            print(f"      day: {found.published or 'none'}, modified {found.modified or 'none'}")
        if ours.kind is False and found.text:
            print(f"      taken for an article: {found.title} | {found.text[:90]!r}")
        for leak in ours.leaks[:3]:
            print(f"      leak: {leak[:90]}")
        for note in found.notes:
            print(f"      note: {note}")


if __name__ == "__main__":
    main()
