"""`make evaluate ARGS=clusters`: what the archive says of copies after an ingest of other people's articles.

Unlike `copies`, which compares texts without a store, this is the product: `newscrawl ingest`, then the rows.
"""

from __future__ import annotations

import gzip
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.evaluate.copies import BINS, FOLDER, named_pairs
from newscrawl.article import article_id
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.dedupe.copies import Text, likeness

LITTLE = 0.2
"""Two texts have little in common where less than this of the shorter one is in the other."""


class Row(NamedTuple):
    """What the archive says of an article, and its text as it was given."""

    cluster: str
    copy_of: str
    text: Text


def report() -> dict[str, float]:
    """Ingest the corpus, print what share of its pairs share a cluster, and what the clusters are like."""
    if not FOLDER.exists():
        print(f"{'clusters':16}skipped: ../shared/syndication is absent")
        return {}
    with tempfile.TemporaryDirectory() as folder:
        rows = _rows(_ingested(Path(folder)))
    print(f"{'clusters':16}{len(rows):,} articles stored")
    figures = _together(rows)
    copies = [(row.text, rows[row.copy_of].text) for row in rows.values() if row.copy_of]
    right = sum(_alike(one, other) for one, other in copies) / max(len(copies), 1)
    print(f"{'':16}{len(copies):,} copies; jaccard .4 or containment .7 with what they copy: {right:.3f}")
    return figures | {"right": right, "strange": _strange(rows.values())}


def _ingested(folder: Path) -> Path:
    archive = folder / "archive.db"
    settings = {"NEWSCRAWL_STORE_URL": f"sqlite:///{archive}", "NEWSCRAWL_TAGGER": "off"}
    command = [sys.executable, "-m", "newscrawl", "ingest", str(FOLDER / "articles.jsonl.gz")]
    done = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    if not archive.exists():
        raise SystemExit(f"newscrawl ingest ended with {done.returncode}: {done.stderr}")
    return archive


def _rows(archive: Path) -> dict[str, Row]:
    with closing(sqlite3.connect(archive)) as connection:
        said = {
            id: (cluster, copy_of)
            for id, cluster, copy_of in connection.execute("SELECT id, cluster_id, copy_of FROM articles")
        }
    rows = {}
    with gzip.open(FOLDER / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for one in map(json.loads, lines):
            id = article_id(canonical_url(one["url"]))
            if id in said:
                rows[id] = Row(*said[id], Text.of(one["text"]))
    return rows


def _together(rows: Mapping[str, Row]) -> dict[str, float]:
    pairs = named_pairs()
    figures = {}
    for low, high in BINS:
        some = [
            (rows[one], rows[other])
            for pair in pairs
            if low <= pair["jaccard3"] < high
            for one, other in [[article_id(canonical_url(pair[side])) for side in "ab"]]
            if one in rows and other in rows
        ]
        share = sum(one.cluster == other.cluster for one, other in some) / len(some)
        name = f"pairs of {low} to {min(high, 1)}"
        print(f"{'':16}{name} in one cluster, {len(some):,}: {share:.3f}")
        figures[name] = share
    return figures


def _alike(one: Text, other: Text) -> bool:
    found = likeness(one.shingled, other.shingled)
    return found.jaccard >= 0.4 or found.contained >= 0.7


def _strange(rows: Iterable[Row]) -> int:
    """How many pairs of one cluster have little in common."""
    clusters = defaultdict(list)
    for row in rows:
        clusters[row.cluster].append(row.text)
    several = [texts for texts in clusters.values() if len(texts) > 1]
    pairs = [pair for texts in several for pair in combinations(texts, 2)]
    strange = sum(likeness(one.shingled, other.shingled).contained < LITTLE for one, other in pairs)
    largest = max(map(len, several), default=1)
    print(
        f"{'':16}{len(several):,} clusters of several, the largest of {largest}; of their {len(pairs):,} "
        f"pairs {strange} have less than {LITTLE:.0%} of the shorter text in common"
    )
    return strange
