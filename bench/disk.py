"""Disk: the archive's bytes an article, table by table, of real articles stored with their names.

`make bench ARGS=disk`, or `ARGS=disk:500` for 500 articles instead of 5,000.
"""

from __future__ import annotations

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from itertools import islice
from pathlib import Path

PROGRAMS = Path(sys.executable).parent
STEP = 6
"""Every sixth row of the corpus: its outlets and days lie one after the other."""
LEAST = 50
"""Tables of fewer bytes an article are summed."""
PAGES = """
    SELECT coalesce(sqlite_master.tbl_name, 'sqlite_schema') AS held,
        sum(iif(coalesce(sqlite_master.type, 'table') = 'table', pgsize, 0)) AS rows,
        sum(iif(sqlite_master.type = 'index', pgsize, 0)) AS indexes
    FROM dbstat LEFT JOIN sqlite_master ON sqlite_master.name = dbstat.name
    WHERE aggregate = TRUE GROUP BY held ORDER BY sum(pgsize) DESC
"""


def store(corpus: Path, folder: str, number: int) -> Path:
    """An archive of so many rows of the corpus, made by the command that people use."""
    rows = Path(folder, "rows.jsonl")
    with gzip.open(corpus, "rb") as stream:
        rows.write_bytes(b"".join(islice(stream, 0, number * STEP, STEP)))
    path = Path(folder, "archive.db")
    environment = {
        **os.environ,
        "NEWSCRAWL_STORE_URL": f"sqlite:///{path}",
        "NEWSCRAWL_TAGGER": "light",
    }
    subprocess.run([PROGRAMS / "newscrawl", "ingest", rows], env=environment, capture_output=True, check=True)
    return path


def print_tables(path: Path) -> None:
    """Bytes an article, table by table, with what lies free in the file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [articles] = connection.execute("SELECT count(*) FROM articles").fetchone()
        [page] = connection.execute("PRAGMA page_size").fetchone()
        [free] = connection.execute("PRAGMA freelist_count").fetchone()
        tables = connection.execute(PAGES).fetchall()
    size = path.stat().st_size
    print(
        f"## disk: {articles:,} articles with names, {size / articles:,.0f} bytes an article, pages of {page}"
    )
    print(f"{'table':28}{'rows':>8}{'indexes':>8}")
    for name, rows, indexes in tables:
        if rows + indexes >= LEAST * articles:
            print(f"{name:28}{rows / articles:8,.0f}{indexes / articles:8,.0f}")
    small = sum(rows + indexes for _, rows, indexes in tables if rows + indexes < LEAST * articles)
    print(f"{'the other tables':28}{small / articles:8,.0f}")
    print(f"{'free pages':28}{free * page / articles:8,.0f}")


def bench(corpus: Path, number: int = 5000) -> None:
    """Store articles and print where their bytes lie."""
    with tempfile.TemporaryDirectory() as folder:
        print_tables(store(corpus, folder, number))
