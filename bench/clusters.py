"""What looking for copies costs an ingest, and how the cost grows with the archive.

`make bench ARGS=clusters` ingests other people's articles with copies looked for and without, in turn, and
without a tagger. `make bench ARGS=clusters:0:100000` lets an archive grow by ten thousand articles at a time:
those of the corpus, and others with the same words in each other's places, so that they copy nobody.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from newscrawl.config import Config
from newscrawl.steps.cluster import cluster
from newscrawl.steps.session import Session
from newscrawl.store import open_store

ROUNDS = 3
STEP = 10_000
COPIES = Path(__file__).resolve().parents[2] / "shared" / "syndication" / "articles.jsonl.gz"
TABLES = ("fingerprints", "ix_fingerprints_cluster", "shingles", "likenesses", "ix_likenesses_other")

Seconds = tuple[float, float]
"""On the clock, and of processors, those of the workers too."""


def bench(corpus: Path, rounds: int = ROUNDS, articles: int = 0) -> None:
    """Print both speeds and their ratio, and where it is asked for, what growing costs."""
    if rounds and not COPIES.exists():
        print("## clusters: skipped, ../shared/syndication is absent")
    elif rounds:
        _beside(rounds)
    if articles and not corpus.exists():
        print("## growing: skipped, ../shared/corpus is absent")
    elif articles:
        _growing(corpus, articles)


def _beside(rounds: int) -> None:
    taken: dict[str, list[Seconds]] = {"mark": [], "off": []}
    for turn in range(rounds):
        for setting in ("mark", "off") if turn % 2 else ("off", "mark"):
            with tempfile.TemporaryDirectory() as folder:
                taken[setting].append(_ingest(COPIES, f"sqlite:///{folder}/a.db", setting))
    print(f"## an ingest of {COPIES.name}, {rounds} times with copies looked for and without, in turn")
    for at, kind in enumerate(("clock", "processors")):
        for setting, times in taken.items():
            some = sorted(one[at] for one in times)
            print(f"{kind:10} {setting:5} {statistics.median(some):6.1f} s ({some[0]:.1f} to {some[-1]:.1f})")
        ratios = [off[at] / mark[at] for mark, off in zip(taken["mark"], taken["off"], strict=True)]
        print(f"{kind:10} speed {statistics.median(ratios):6.3f} of that without (median of the pairs)")


def _ingest(file: Path, store: str, copies: str) -> Seconds:
    settings = {"NEWSCRAWL_STORE_URL": store, "NEWSCRAWL_TAGGER": "off", "NEWSCRAWL_COPIES": copies}
    command = [sys.executable, "-m", "newscrawl", "ingest", str(file)]
    began = time.perf_counter()
    child = subprocess.Popen(
        command, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, _, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def _growing(corpus: Path, articles: int) -> None:
    print(f"## an archive that grows to {articles:,} articles")
    print(f"{'articles':>10} {'ms an article':>14} {'processors':>11} {'MB of main':>11} {'bytes':>7}")
    some = _articles(corpus)
    with tempfile.TemporaryDirectory() as folder:
        store, rows = f"sqlite:///{folder}/a.db", Path(folder, "rows.jsonl")
        for _ in range(articles // STEP):
            with rows.open("w", encoding="utf-8") as lines:
                lines.writelines(f"{json.dumps(one)}\n" for one in islice(some, STEP))
            _ingest(rows, store, "off")
            _print_step(store, Path(folder, "a.db"))


def _print_step(store: str, file: Path) -> None:
    before = _processors()
    began = time.perf_counter()
    with Session(open_store(store, create=False), Config(), tagger=None) as session:
        compared = max(cluster(session).compared, 1)
        count = session.archive.count()
    took, worked = time.perf_counter() - began, _processors() - before
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{count:10,} {1000 * took / compared:14.2f} {1000 * worked / compared:11.2f} {memory:11.0f} "
        f"{_bytes(file) / count:7.0f}",
        flush=True,
    )


def _processors() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _bytes(file: Path) -> int:
    """What the tables of copies take."""
    marks = ", ".join("?" * len(TABLES))
    with closing(sqlite3.connect(file)) as connection:
        query = f"SELECT SUM(pgsize) FROM dbstat WHERE name IN ({marks})"  # noqa: S608
        (found,) = connection.execute(query, TABLES).fetchone()
    return int(found or 0)


def _articles(corpus: Path) -> Iterator[dict[str, str]]:
    """Articles without end: the corpus, then the corpus with other words in the place of each word."""
    dice, number = random.Random(2026), 0  # noqa: S311
    changed: dict[str, str] = {}
    while True:
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                number += 1
                words = [changed.get(word, word) for word in one["text"].split()]
                title = " ".join(changed.get(word, word) for word in one["title"].split())
                yield {"url": f"https://b.example/{number}", "title": title, "text": " ".join(words)}
        changed = _exchanged(corpus, dice)


def _exchanged(corpus: Path, dice: random.Random) -> dict[str, str]:
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        words = sorted({word for one in map(json.loads, lines) for word in one["text"].split()})
    others = words.copy()
    dice.shuffle(others)
    return dict(zip(words, others, strict=True))
