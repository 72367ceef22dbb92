"""Crawls that keep their pages, killed at random moments: is every stored article's page there, whole?

`make bench ARGS=pagekills`, or `ARGS=pagekills:5` for five kills. Each crawl goes on where the one before was
killed; the last one ends by itself. A page under way at two kills is quarantined, and then asked for by name.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import sqlalchemy as sa

from bench.generated import Site, environment, page, start
from newscrawl.config import Config
from newscrawl.steps.kept import KeptPageError, KeptPages
from newscrawl.store import Archive, open_store
from newscrawl.store.schema import articles, pages
from newscrawl.warc.records import read_records

LAST_SECONDS = 300.0
"""A run that takes longer for all that is left is taken for hung."""
_PER_RUN = (15, 80)
"""How many pages are asked for before a kill, at least and at most."""


@dataclass(slots=True)
class Figures:
    """What was found after all kills."""

    kills: int = 0
    stored: int = 0
    """Articles, in the end."""
    resting: int = 0
    """Pages that the last crawl left in quarantine: under way at two kills."""
    by_name: int = 0
    """Those of them that were stored when they were asked for by name."""
    looked_at: int = 0
    """Pages that were read back, after each kill those of all articles."""
    without: list[str] = field(default_factory=list)
    """Articles whose page is not there, or is not what the site sent."""
    files: int = 0
    cut: int = 0
    """Files that end with a record that is cut off."""
    unreferenced: int = 0
    """Whole pages that no row of the store names."""
    broken: list[str] = field(default_factory=list)
    """Files with a fault before their end, and what it is."""
    appended: list[str] = field(default_factory=list)
    """Files that a later run changed."""
    ended: bool = False


class Killer:
    """Kills a crawl a random moment after its n-th page, once it has begun its file of pages."""

    def __init__(self, dice: random.Random, folder: Path) -> None:
        self._dice, self._folder = dice, folder
        self._left = self._files = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._task: asyncio.Task[None] | None = None

    def arm(self, process: subprocess.Popen[bytes], *, kill: bool = True) -> None:
        """Kill this crawl after some more pages, or let it end."""
        self._files = self._count()
        self.process, self._left = process, self._dice.randint(*_PER_RUN) if kill else 0

    async def on_page(self, _number: int) -> None:
        """Count a page; the site goes on answering while the kill is near."""
        self._left -= 1
        if not self._left:
            self._task = asyncio.create_task(self._kill(self._dice.uniform(0, 0.5)))

    async def _kill(self, seconds: float) -> None:
        assert self.process is not None
        while self._count() == self._files and self.process.poll() is None:
            await asyncio.sleep(0.02)
        await asyncio.sleep(seconds)
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def _count(self) -> int:
        return len(list(self._folder.glob("*.warc.gz")))


def measure(kills: int, number: int, seed: int = 1) -> Figures:
    """Kill crawls of `number` generated pages so often, then let one end."""
    figures, dice = Figures(), random.Random(seed)  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        killer = Killer(dice, Path(folder, "pages"))
        _crawl(kills, number, Path(folder), killer, figures)
    return figures


def _crawl(kills: int, number: int, folder: Path, killer: Killer, figures: Figures) -> None:
    with Site(lambda: number, killer.on_page) as site:
        environ = environment(site, folder)
        sizes: dict[str, int] = {}
        for _ in range(kills):
            process = start(environ, folder / "log")
            killer.arm(process)
            figures.kills += process.wait(LAST_SECONDS) == -signal.SIGKILL
            sizes = _look(folder, sizes, figures)
        last = start(environ, folder / "log")
        killer.arm(last, kill=False)
        figures.ended = last.wait(LAST_SECONDS) == 0
        sizes = _look(folder, sizes, figures)
        _ask_by_name(environ, folder, killer, figures)
        _look(folder, sizes, figures)


def _ask_by_name(environ: dict[str, str], folder: Path, killer: Killer, figures: Figures) -> None:
    """Ask for what is quarantined, by name."""
    stored, resting = figures.stored, _resting(folder)
    figures.resting = len(resting)
    if resting:
        asking = start(environ, folder / "log", "-a", f"urls={','.join(resting)}")
        killer.arm(asking, kill=False)
        asking.wait(LAST_SECONDS)
        archive = open_store(f"sqlite:///{folder}/archive.db", create=False)
        figures.by_name = archive.count() - stored
        archive.close()


def _resting(folder: Path) -> list[str]:
    archive = open_store(f"sqlite:///{folder}/archive.db", create=False)
    urls = [url for _, url, _ in archive.quarantined()]
    archive.close()
    return urls


def _look(folder: Path, sizes: dict[str, int], figures: Figures) -> dict[str, int]:
    """Read all pages and files; the files' sizes."""
    archive = open_store(f"sqlite:///{folder}/archive.db", create=False)
    _look_at_articles(archive, folder, figures)
    figures.files = figures.cut = figures.unreferenced = 0
    with archive.engine.connect() as connection:
        known = connection.execute(sa.select(sa.func.count()).select_from(pages)).scalar_one()
    archive.close()
    answers = sum(_answers(path, figures) for path in sorted((folder / "pages").glob("*")))
    figures.unreferenced = answers - known
    found = {path.name: path.stat().st_size for path in (folder / "pages").glob("*")}
    figures.appended += [name for name, size in sizes.items() if found.get(name) != size]
    return found


def _look_at_articles(archive: Archive, folder: Path, figures: Figures) -> None:
    reader = KeptPages(Config(store_url=f"sqlite:///{folder}/archive.db"))
    with archive.engine.connect() as connection:
        rows = connection.execute(sa.select(articles.c.id, articles.c.url, articles.c.revision)).all()
    figures.stored = len(rows)
    for row in rows:
        kept = archive.pages.find(row.id, row.revision)
        figures.looked_at += 1
        try:
            sent = page(int(row.url.rpartition("/")[2])).encode()
            if kept is None or reader.read(kept).payload(0) != sent:
                figures.without.append(row.url)
        except KeptPageError as error:
            figures.without.append(str(error))


def _answers(path: Path, figures: Figures) -> int:
    """How many answers a file holds; its faults are noted."""
    with path.open("rb") as stream:
        records = list(read_records(stream))
    figures.files += 1
    faults = [at for at, record in enumerate(records) if record.fault]
    if faults == [len(records) - 1]:
        figures.cut += 1
    elif faults:
        figures.broken.append(f"{path.name}: {records[faults[0]].fault}")
    return sum(record.type in ("response", "revisit") for record in records)


def bench(kills: int = 20, number: int = 1200) -> None:
    """Print what was found."""
    began = time.perf_counter()
    found = measure(kills, number)
    print(f"## {found.kills} SIGKILLs of crawls while their pages were being kept, then one to its end")
    print(f"the last crawl ended by itself        {found.ended}")
    print(f"articles stored in the end            {found.stored:,} of {number:,}")
    print(f"quarantined after the last crawl      {found.resting}, stored when asked by name {found.by_name}")
    print(f"articles without their page           {len(found.without)} of {found.looked_at:,} looked at")
    print(f"files, one of each run that kept any  {found.files}")
    print(f"… that end with a record cut off      {found.cut}")
    print(f"… with a fault before their end       {len(found.broken)}")
    print(f"… that a later run changed            {len(found.appended)}")
    print(f"whole pages that no article names     {found.unreferenced}")
    print(f"seconds                               {time.perf_counter() - began:.0f}")
