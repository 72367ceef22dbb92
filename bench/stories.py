"""What telling stories costs, and how the cost grows with the archive.

`make bench ARGS=stories:100000` lets an archive grow by ten thousand articles at a time: those of the corpus,
in the order of its file, then the same a year later, and so on. The whole ingest: `make bench ARGS=clusters`.
"""

from __future__ import annotations

import gzip
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from email.utils import parsedate_to_datetime
from itertools import count, islice
from pathlib import Path

from newscrawl.config import Config
from newscrawl.steps.session import Session
from newscrawl.steps.story import find_stories
from newscrawl.store import open_store

STEP = 10_000
YEAR = timedelta(days=366)
TABLES = ("%report%", "ix_articles_story%")


def bench(corpus: Path, articles: int = 3 * STEP) -> None:
    """Print what the step takes each time."""
    if not corpus.exists():
        print("## stories: skipped, ../shared/corpus is absent")
        return
    print(f"## stories of an archive that grows to {articles:,} articles")
    columns = ("articles", "clock", "main", "workers", "MB of main", "bytes", "in stories")
    print(*(f"{one:>10}" for one in columns))
    some = _articles(corpus)
    with tempfile.TemporaryDirectory() as folder:
        file, rows = Path(folder, "a.db"), Path(folder, "rows.jsonl")
        for _ in range(articles // STEP):
            with rows.open("w", encoding="utf-8") as lines:
                lines.writelines(f"{json.dumps(one)}\n" for one in islice(some, STEP))
            _ingest(rows, file)
            _print_step(file)


def _ingest(rows: Path, file: Path) -> None:
    settings = {
        "NEWSCRAWL_TAGGER": "off",
        "NEWSCRAWL_COPIES": "off",
        "NEWSCRAWL_STORE_URL": f"sqlite:///{file}",
    }
    command = [sys.executable, "-m", "newscrawl", "ingest", str(rows)]
    subprocess.run(command, env=os.environ | settings, capture_output=True, check=True)


def _print_step(file: Path) -> None:
    before = _seconds()
    with Session(open_store(f"sqlite:///{file}", create=False), Config(), tagger=None) as session:
        read = find_stories(session).read
        every = session.archive.count()
    took = (1000 * (now - then) / max(read, 1) for now, then in zip(_seconds(), before, strict=True))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    taken, told = _taken(file)
    columns = (*(f"{one:.2f} ms" for one in took), f"{memory:.0f}", f"{taken / every:.0f}", f"{told:,}")
    print(*(f"{one:>10}" for one in (f"{every:,}", *columns)), flush=True)


def _seconds() -> tuple[float, float, float]:
    """On the clock, of this process, and of the workers that ended."""
    return time.perf_counter(), _processors(resource.RUSAGE_SELF), _processors(resource.RUSAGE_CHILDREN)


def _processors(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def _taken(file: Path) -> tuple[int, int]:
    """Bytes of the tables of stories, and how many articles are in one."""
    with closing(sqlite3.connect(file)) as connection:
        named = " OR ".join("name LIKE ?" for _ in TABLES)
        (taken,) = connection.execute(f"SELECT SUM(pgsize) FROM dbstat WHERE {named}", TABLES).fetchone()  # noqa: S608
        (told,) = connection.execute("SELECT COUNT(*) FROM articles WHERE story_id != ''").fetchone()
    return int(taken or 0), int(told)


def _articles(corpus: Path) -> Iterator[dict[str, str]]:
    """The corpus again and again, each time a year later."""
    number = 0
    for years in count():
        with gzip.open(corpus, "rt", encoding="utf-8") as lines:
            for one in map(json.loads, lines):
                number += 1
                at = parsedate_to_datetime(one["time"]) + years * YEAR
                row = {"url": f"https://b.example/{number}", "outlet": one["src"], "time": at.isoformat()}
                yield row | {"title": one["title"], "text": one["text"]}
