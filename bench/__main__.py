"""`make bench`, or `make bench ARGS="pages hostile:100"`: figures. `SECTIONS` names them all."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PROGRAMS = Path(sys.executable).parent
CORPUS = SHARED / "corpus" / "antcorpus_2018.jsonl.gz"


def startup() -> None:
    """Wall time of the two commands people type most, five times each."""
    print("## start-up, seconds (min / median of 5)")
    for words in (["newscrawl", "--help"], ["scrapy", "list"]):
        times = []
        for _ in range(5):
            began = time.perf_counter()
            subprocess.run([PROGRAMS / words[0], *words[1:]], cwd=ROOT, capture_output=True, check=True)
            times.append(time.perf_counter() - began)
        print(f"{' '.join(words):24} {min(times):.2f} / {statistics.median(times):.2f}")


def _module(*given: object) -> Callable[..., None]:
    """The `bench` function of the module that has the section's name, with what it is given."""

    def run(name: str, *number: int) -> None:
        import_module(f"bench.{name}").bench(*given, *number)

    return run


SECTIONS: dict[str, Callable[..., None]] = {
    "startup": lambda _: startup(),
    "pages": _module(SHARED),
    "extract": _module(),
    "fuzz": _module(),
    "tagging": _module(SHARED, CORPUS),
    "crawl": _module(),
    "hostile": _module(),
    "steady": _module(CORPUS),
    "listings": _module(),
    "keep": _module(),
    "clusters": _module(CORPUS),
    "stories": _module(CORPUS),
    "kills": _module(),
    "pagekills": _module(),
    "together": _module(),
    "soak": _module(),
    "reextract": _module(CORPUS),
    "camel": _module(CORPUS),
    "disk": _module(CORPUS),
    "spellings": _module(CORPUS),
    "search": _module(CORPUS),
    "long": _module(),
    "delivery": _module(CORPUS),
    "warc": _module(CORPUS),
}
"""Section → what prints it, called with its name and the numbers behind colons (hostile:100), if any."""
NEED_CORPUS = frozenset({"disk", "spellings", "search", "delivery"})


def main() -> None:
    """Run the benches named on the command line, or all."""
    for chosen in sys.argv[1:] or SECTIONS:
        name, *numbers = chosen.split(":")
        if name not in SECTIONS:
            sys.exit(f"there is no bench {name!r}; there are: {', '.join(SECTIONS)}")
        if name in NEED_CORPUS and not CORPUS.exists():
            print(f"## {name}: skipped, ../shared/corpus is absent")
        else:
            SECTIONS[name](name, *map(int, numbers))
        print()


if __name__ == "__main__":
    main()
