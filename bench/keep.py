"""The speed of a crawl that keeps its pages beside one that does not, and the room that a page takes.

`make bench ARGS=keep`. The pages have texts of their own inside the source of real ones, so that they have
their sizes; a half of them comes packed (gzip), as most servers send them.
"""

from __future__ import annotations

import gzip
import os
import statistics
import tempfile
import time
from pathlib import Path

from bench.generated import Site, environment, page, start
from newscrawl.store import open_store

ROUNDS = 5
PAGES = 300
REAL = Path(__file__).resolve().parents[2] / "shared" / "pages"


class RealSized(Site):
    """The generated outlet, whose pages are as large as real ones, every second one packed."""

    def __init__(self, count: int, real: list[bytes]) -> None:
        super().__init__(lambda: count)
        self._bodies = {number: _grown(number, real) for number in range(1000, 1000 + count)}

    async def _answer(self, path: str) -> tuple[str, bytes]:
        number = path.rpartition("/")[2]
        if not number.isdigit():
            return await super()._answer(path)
        return self._bodies[int(number)]


def _grown(number: int, real: list[bytes]) -> tuple[str, bytes]:
    source = real[number % len(real)].replace(b"</script", b"<")
    body = page(number).encode().replace(b"</head>", b'<script type="x">' + source + b"</script></head>")
    if number % 2:
        return "200 OK\r\nContent-Encoding: gzip", gzip.compress(body, 6)
    return "200 OK", body


Seconds = tuple[float, float]
"""On the clock, and of processors, those of the workers too."""


def measure(rounds: int, pages: int) -> tuple[list[Seconds], list[Seconds], float]:
    """Seconds of each crawl with pages kept and without, and bytes that a kept page takes."""
    real = [path.read_bytes() for path in sorted(REAL.glob("*.html"))] or [os.urandom(20_000).hex().encode()]
    taken: dict[str, list[Seconds]] = {"": [], "off": []}
    room = 0.0
    for turn in range(rounds):
        for setting in ("", "off") if turn % 2 else ("off", ""):
            with tempfile.TemporaryDirectory() as folder, RealSized(pages, real) as site:
                environ = environment(site, Path(folder)) | {"NEWSCRAWL_PAGES": setting}
                taken[setting].append(_crawl(environ, Path(folder, "log")))
                room = room or _bytes_a_page(environ["NEWSCRAWL_STORE_URL"], pages)
    return taken[""], taken["off"], room


def _crawl(environ: dict[str, str], log: Path) -> Seconds:
    began = time.perf_counter()
    _, status, usage = os.wait4(start(environ, log).pid, 0)
    took = time.perf_counter() - began
    if status:
        raise RuntimeError(log.read_text(encoding="utf-8"))
    return took, usage.ru_utime + usage.ru_stime


def _bytes_a_page(store: str, pages: int) -> float:
    archive = open_store(store, create=False)
    files = archive.pages.files()
    archive.close()
    assert sum(file.pages for file in files) in (0, pages)
    return sum(file.bytes for file in files) / pages


def bench(pages: int = PAGES, rounds: int = ROUNDS) -> None:
    """Print the seconds and their ratio."""
    kept, plain, room = measure(rounds, pages)
    print(f"## {pages:,} pages of real size crawled {rounds} times with pages kept and without, in turn")
    for at, kind in enumerate(("clock", "processors")):
        for name, taken in (("kept", kept), ("not kept", plain)):
            some = sorted(one[at] for one in taken)
            print(f"{kind:10} {name:9} {statistics.median(some):6.2f} s ({some[0]:.2f} to {some[-1]:.2f})")
        ratios = [without[at] / with_them[at] for with_them, without in zip(kept, plain, strict=True)]
        print(f"{kind:10} speed     {statistics.median(ratios):6.3f} of that without (median of the pairs)")
    print(f"bytes a page: {room:,.0f}")


if __name__ == "__main__":
    bench()
