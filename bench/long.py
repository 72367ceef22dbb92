"""Long texts: milliseconds of searches that find three bodies of 4 MB among short articles.

`make bench ARGS=long`.
"""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime

from newscrawl.article import Article, Outcome
from newscrawl.dedupe.content import content_hash
from newscrawl.search import open_index
from newscrawl.store import Arrival, IngestRow, open_store

SENTENCE = "افتتح الوزير صباح اليوم معرض القاهرة الدولي للكتاب بحضور عدد كبير من الناشرين"
BYTES = 4_000_000
QUERIES = ("معرض", "وزير القاهرة", '"معرض القاهرة"', "الناشرون العرب")


def _row(number: int, body: str) -> IngestRow:
    url = f"https://x.example/{number}"
    title = f"معرض {number}"
    article = Article(
        url=url, canonical_url=url, outlet="x", outlet_name="", domain="x.example", title=title, body=body,
        fetched_at=datetime.now(UTC), content_hash=content_hash(title, body),
    )  # fmt: skip
    return IngestRow(Arrival(url, "x", url), article, Outcome.STORED)


def bench() -> None:
    """Print them."""
    times = BYTES // len(f"{SENTENCE} 123456. ".encode())
    with tempfile.TemporaryDirectory() as folder:
        archive = open_store(f"sqlite:///{folder}/archive.db")
        run = archive.begin_run("ingest", "long", {})
        run.keep_rows([_row(number, f"{SENTENCE} {number}") for number in range(1000)])
        began = time.perf_counter()
        long = [" ".join(f"{SENTENCE} {place * 3 + n}." for place in range(times)) for n in range(3)]
        run.keep_rows([_row(1000 + number, body) for number, body in enumerate(long)])
        print(f"## long: to store a body of 4 MB {(time.perf_counter() - began) / 3:.1f} s; searches, ms")
        index = open_index(archive.engine)
        for query in QUERIES:
            print(f"{query}: {min(index.search(query).took_ms for _ in range(3)):.0f}")
        archive.close()
