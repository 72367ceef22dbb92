"""A rule changes: are exactly those articles updated whose text it changes, and how fast is it?

`make bench ARGS=reextract`, or `ARGS=reextract:500` for 500 pages and not 2,000. Pages are kept and stored by
today's rules. A copy of the program without the pointer phrases that begin with "اقرأ" then reads them again:
told by --dry-run, done, and held against what both programs read from the very pages.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from bench.steady import page, texts

ROOT = Path(__file__).resolve().parents[1]
SITE = "https://www.example.com"
EVERY = 7
"""One page in so many has a pointer to another article among its paragraphs."""
_AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
_PHRASE = re.compile('.*text = "اقرأ.*\n')


def pages(corpus: Path, number: int) -> Iterator[tuple[str, bytes]]:
    """Addresses and pages."""
    titles = []
    for at, (title, body) in enumerate(islice(texts(corpus), number)):
        titles.append(title)
        pointer = f"\nاقرأ أيضا: {titles[at // 2]}\n" if at % EVERY == 0 else "\n"
        yield f"{SITE}/news/{at}", page(title, body + pointer)


def fill(folder: Path, made: Iterable[tuple[str, bytes]]) -> None:
    """Keep and store pages, as a crawl does."""
    from newscrawl.config import load_config
    from newscrawl.steps import read
    from newscrawl.steps.jobs import chunks
    from newscrawl.steps.session import Session
    from newscrawl.store import Arrival, Proposal, open_store
    from newscrawl.warc.as_fetched import AsFetched

    headers = (("Content-Type", "text/html; charset=utf-8"),)
    with Session(open_store(), load_config(), tagger=None, warm=read.WARM) as session:
        session.begin_run("crawl", "bench", {})
        session.keep_pages()
        for some in chunks(made, 50):
            fetched = [read.FetchedPage(url, body, headers[0][1], _AT) for url, body in some]
            results = session.read(fetched).result()
            for (url, body), result in zip(some, results, strict=True):
                arrival = Arrival(url, "bench", url.replace("www.", ""))
                session.run.propose([Proposal(url, "bench", "")])
                answer = AsFetched(url, _AT, 200, headers, body)
                session.store(arrival, result, asyncio.run(session.keep_page(answer, result)))
        session.run.finish("finished", "", [], timedelta(days=1))
        assert session.keeping is not None
        session.keeping.end()


def other_rules(folder: Path) -> Path:
    """A copy of the program with other rules; the folder to import it from."""
    shutil.copytree(ROOT / "newscrawl", folder / "newscrawl", ignore=shutil.ignore_patterns("__pycache__"))
    phrases = folder / "newscrawl" / "extraction" / "data" / "phrases.toml"
    phrases.write_text(_PHRASE.sub("", phrases.read_text(encoding="utf-8")), encoding="utf-8")
    rules = folder / "newscrawl" / "extraction" / "rules.py"
    rules.write_text(re.sub(r"^RULES = \d+", "RULES = 1000", rules.read_text(), flags=re.M), encoding="utf-8")
    return folder


def read_all(corpus: str, number: str) -> None:
    """Print what this process's rules read: the hash of each page's text."""
    from newscrawl.article import Rejected
    from newscrawl.extraction import extract

    found = {}
    for url, body in pages(Path(corpus), int(number)):
        result = extract(body, url, fetched_at=_AT)
        found[url] = "" if isinstance(result, Rejected) else result.content_hash
    print(json.dumps(found))


def _run(words: list[str], environment: dict[str, str]) -> Any:
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT.parent, stdout=subprocess.PIPE, check=True
    )
    return json.loads(done.stdout)


def bench(corpus: Path, number: int = 2000) -> None:
    """Print what was told, what was done, and what both programs read.

    Raises:
        SystemExit: they differ.
    """
    from newscrawl.store import articles, open_store

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        os.environ["NEWSCRAWL_STORE_URL"] = f"sqlite:///{folder}/archive.db"
        fill(folder, pages(corpus, number))
        here = {**os.environ, "PYTHONPATH": str(ROOT)}
        there = {**os.environ, "PYTHONPATH": f"{other_rules(folder / 'other')}:{ROOT}"}
        reading = ["-c", "from bench.reextract import read_all; read_all(*__import__('sys').argv[1:])"]
        before, after = (_run([*reading, str(corpus), str(number)], one) for one in (here, there))
        wanted = {url for url in before if before[url] != after[url]}

        command = ["-m", "newscrawl", "reextract", "--json"]
        told = _run([*command, "--dry-run"], there)
        began = time.perf_counter()
        _run(command, there)
        took = time.perf_counter() - began

        archive = open_store()
        with archive.engine.connect() as connection:
            done = {one.url for one in articles.read_all(connection) if one.cause == "rules"}
        archive.close()
        bodies = sum(one["pages"] for kind, one in told["kinds"].items() if kind.startswith("body"))
        print(
            f"## reextract: {number:,} kept pages, {number / took:.0f} a second; {len(wanted):,} texts change"
        )
        print(f"told by --dry-run: {bodies:,} bodies; articles with a revision of ours: {len(done):,}")
        if done != wanted or not wanted:
            sys.exit(f"not those whose text changes: {sorted(done ^ wanted)[:5]}")
        print("they are exactly those whose text both programs read otherwise")
