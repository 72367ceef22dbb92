"""The bundled newsroom crawled with and without the light tagger, in turn."""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from pathlib import Path

ROUNDS = 3


def bench() -> None:
    """Print wall and processor seconds of each, and their ratios."""
    from tests.end_to_end.crawling import crawl
    from tests.newsroom import Newsroom

    os.environ["NEWSCRAWL_DOWNLOAD_TIMEOUT"] = "2"
    times: dict[str, list[tuple[float, float]]] = {"off": [], "light": []}
    for _ in range(ROUNDS):
        for tagger, taken in times.items():
            os.environ["NEWSCRAWL_TAGGER"] = tagger
            with Newsroom(edition=1, slow_seconds=0.1) as room, tempfile.TemporaryDirectory() as folder:
                before, began = _processor(), time.perf_counter()
                done = crawl(room, Path(folder) / "archive.db")
                taken.append((time.perf_counter() - began, _processor() - before))
                assert done.returncode == 0, done.stderr
    del os.environ["NEWSCRAWL_TAGGER"]
    print(f"## crawl of the bundled newsroom, seconds (median of {ROUNDS}): wall, processor")
    medians = {
        name: [statistics.median(one) for one in zip(*taken, strict=True)] for name, taken in times.items()
    }
    for name, (wall, processor) in medians.items():
        print(f"tagger {name:6} {wall:6.2f} {processor:6.2f}")
    print("ratio         " + " ".join(f"{medians['light'][i] / medians['off'][i]:6.2f}" for i in (0, 1)))


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
