"""`make ablate`: what each rule, kind of phrase, role and weight earns on pages that nobody here wrote.

Each is switched off in turn and every page read again. A line shows what that changes on each set of pages:
F1 in thousandths, and how many more leaks, lost articles (under 60 % of the words where all switches on find
over 80 %), right titles, right days and right kinds. What changes nothing is named at the end.

    make ablate                          a quick sample of each set
    make ablate ARGS=--whole             every page (an hour or two)
    make ablate ARGS="--only cuts."      switches with this in their name
"""

from __future__ import annotations

import argparse
import os
import textwrap
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from statistics import fmean

from bench.evaluate.marks import LOST, READ, Marks, mark
from bench.evaluate.readers import OURS, Found, read
from bench.evaluate.samples import PARTS, AbsentError, Sample
from bench.evaluate.switches import Switch, counts, off, switches, watched
from newscrawl.extraction import body

SETS: dict[str, tuple[str, ...]] = {
    "pages": ("pages", "pages-2"),
    "layouts": ("layouts-fundus", "layouts-wcxb"),
    "arabic": ("arabic", "swapped"),
    "kinds": ("kinds", "kinds-opaque"),
    "own": ("golden",),
}
"""Set of pages → its parts. Only the last was written here."""
QUICK = 6
"""Pages of each part in the quick sample."""
_WIDTH = 38
_COUNTED = ("title", "day", "kind")
_BY_TRAFILATURA = "extraction.body.by_trafilatura"
_samples: dict[str, list[Sample]] = {}
_readings: dict[str, str] = {}
_base: dict[str, list[tuple[Marks, set[str]]]] = {}
"""Of each set, each page's marks with all switches on, and the rules that found something on it."""


def main() -> None:
    """Print the table."""
    args = _arguments()
    everything = [switch for switch in switches() if args.only in str(switch)]
    with ProcessPoolExecutor(min(2, os.cpu_count() or 1), initializer=_load, initargs=(args.whole,)) as pool:
        base = pool.submit(_marks, None).result()
        found = zip(everything, pool.map(_marks, everything), strict=True)
        idle = list(_print_table(base, found))
    for family in dict.fromkeys(switch.family for switch in idle):
        names = ", ".join(switch.name for switch in idle if switch.family == family)
        print(textwrap.fill(f"no change without {family}: {names}", 110, subsequent_indent="  "))
    print("; ".join(f"{count:,} {name}" for name, count in counts().items()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="make ablate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--whole", action="store_true", help="every page, not a sample of each set")
    parser.add_argument("--only", default="", metavar="TEXT", help="switches with this in their name")
    return parser.parse_args()


def _print_table(
    base: dict[str, list[Marks]], found: Iterator[tuple[Switch, dict[str, list[Marks]]]]
) -> Iterator[Switch]:
    """Print a line for each switch that changes something; yields those that change nothing."""
    print(f"{'without':52}" + "".join(f"{f'{name} ({len(base[name])})':{_WIDTH}}" for name in base))
    for switch, marks in found:
        cells = [change(base[name], marks[name]) for name in base]
        if any(cells):
            print(
                f"{str(switch)[:51]:52}" + "".join(f"{cell:{_WIDTH}}" for cell in cells).rstrip(), flush=True
            )
        else:
            yield switch


def change(before: Sequence[Marks], after: Sequence[Marks]) -> str:
    """What differs between two readings of the same pages; empty where nothing does."""
    pairs = list(zip(before, after, strict=True))
    scores = [(then.f1 or 0.0) - now.f1 for now, then in pairs if now.f1 is not None]
    f1 = round(1000 * fmean(scores)) if scores else 0
    lost = sum((now.recall or 0) > READ and (then.recall or 0) < LOST for now, then in pairs)
    leaks = sum(len(then.leaks) - len(now.leaks) for now, then in pairs)
    told = [f"F1 {f1:+d}"] if f1 else []
    told += [f"lost {lost:+d}"] if lost else []
    told += [f"leaks {leaks:+d}"] if leaks else []
    for name in _COUNTED:
        right = sum(bool(getattr(then, name)) - bool(getattr(now, name)) for now, then in pairs)
        told += [f"{name} {right:+d}"] if right else []
    return " ".join(told)


def _load(whole: bool) -> None:
    """Load the pages of a worker, and read them once."""
    for name, parts in SETS.items():
        _samples[name] = [sample for part in parts for sample in _of_part(part, whole)]
        _base[name] = []
        for sample in _samples[name]:
            with watched() as fired:
                marks = _mark(sample, None)
            _base[name].append((marks, fired))


def _of_part(part: str, whole: bool) -> list[Sample]:
    try:
        samples = list(PARTS[part]())
    except AbsentError:
        return []
    return samples if whole else list(islice(samples, 0, None, max(1, len(samples) // QUICK)))


def _marks(switch: Switch | None) -> dict[str, list[Marks]]:
    """The marks of every page, read without something."""
    if switch is None:
        return {name: [marks for marks, _ in pages] for name, pages in _base.items()}
    with off(switch):
        return {
            name: [
                _mark(sample, switch) if switch.family != "rule" or switch.name in fired else marks
                for sample, (marks, fired) in zip(samples, _base[name], strict=True)
            ]
            for name, samples in _samples.items()
        }


def _mark(sample: Sample, switch: Switch | None) -> Marks:
    """A page's marks. What fails without something reads nothing."""
    reader, key = body.by_trafilatura, f"{sample.part}/{sample.name}"
    if switch is None or switch.name != _BY_TRAFILATURA:
        body.by_trafilatura = lambda page: _readings.get(key) or _readings.setdefault(key, reader(page))
    try:
        found = read(OURS, sample)
    except Exception as error:
        found = Found(reason=f"{type(error).__name__}: {error}")
    finally:
        body.by_trafilatura = reader
    return mark(sample, found)


if __name__ == "__main__":
    main()
