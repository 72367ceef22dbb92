"""Crawls of a site that grows, with a kill of the main process or of a worker every 20 seconds or so.

`make bench ARGS=soak`, or `ARGS=soak:2` for two minutes instead of 30. A crawl that ended, or was killed, is
started again, as cron would. At the end the archive must be that of one undisturbed crawl; if it is not, the
exit code is 1.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.generated import Site, environment, start, workers_of
from newscrawl.article import Outcome

EVERY = 20.0
"""Seconds between two kills, on average; from half to one and a half of it."""
PAGES_A_SECOND = 2.5
"""By which the site grows."""
ANSWER_SECONDS = 0.2
"""How long a page takes to be answered, so that some are always under way."""
HANG_SECONDS = 300.0
"""A crawl that takes longer than this since it was last disturbed is taken for hung."""
REST_SECONDS = 1.0
"""Between two crawls."""

Texts = dict[str, tuple[str, str, int]]
"""Title, text and revision of each article, by its canonical URL."""


@dataclass(slots=True)
class Soak:
    """What happened."""

    kills: Counter[str] = field(default_factory=Counter)
    """Of "main" and of "worker"."""
    crawls: int = 0
    hung: int = 0
    quarantined: int = 0
    """Pages that were asked for by name at the end, since they were under way, alone, at a second kill."""
    unfinished: int = 0
    """Runs that nobody closed, and candidates without an outcome."""
    stored: int = 0
    """The sum of the outcome `stored` over all runs."""
    disturbed: Texts = field(default_factory=dict)
    undisturbed: Texts = field(default_factory=dict)

    @property
    def differing(self) -> int:
        """Articles that only one of the archives has, or that read otherwise in the other one."""
        return len(set(self.disturbed.items()) ^ set(self.undisturbed.items()))

    @property
    def sound(self) -> bool:
        """Whether nothing was lost, doubled, or left open."""
        faults = self.differing or self.hung or self.unfinished
        return bool(self.disturbed) and not faults and self.stored == len(self.disturbed)


class Cron:
    """Keeps a crawl going in a folder."""

    def __init__(self, environ: dict[str, str], folder: Path, soak: Soak) -> None:
        self._environ, self._log, self._soak = environ, folder / "log", soak
        self.process: subprocess.Popen[bytes] | None = None
        self._since = 0.0

    def tick(self) -> None:
        """Start a crawl where none runs; end one that hangs."""
        if self.process is None or self.process.poll() is not None:
            time.sleep(REST_SECONDS)
            self.process = start(self._environ, self._log)
            self._soak.crawls += 1
            self._since = time.monotonic()
        elif time.monotonic() - self._since > HANG_SECONDS:
            self._soak.hung += 1
            self.process.kill()
            self.process.wait()

    def disturb(self, dice: random.Random) -> None:
        """Kill the main process, or one of its workers if it has any."""
        assert self.process is not None
        workers = list(workers_of(self.process.pid))
        what = dice.choice(["main", "worker"]) if workers else "main"
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers) if what == "worker" else self.process.pid, signal.SIGKILL)
            self._soak.kills[what] += 1
        self._since = time.monotonic()

    def run(self, *arguments: str) -> int:
        """Let the crawl under way end, then crawl once more; returns its exit code."""
        for more in ((), arguments):
            if self.process is None or self.process.poll() is not None:
                self.process = start(self._environ, self._log, *more)
                self._soak.crawls += 1
            try:
                self.process.wait(HANG_SECONDS)
            except subprocess.TimeoutExpired:
                self._soak.hung += 1
                self.process.kill()
                self.process.wait()
        assert self.process is not None
        return self.process.returncode or 0


def measure(minutes: float, seed: int = 1) -> Soak:
    """Disturb crawls for some minutes, then let one end, and crawl the same site undisturbed."""
    soak, began = Soak(), time.monotonic()
    ends = began + minutes * 60

    def count() -> int:
        return int((min(time.monotonic(), ends) - began) * PAGES_A_SECOND) + 1

    with tempfile.TemporaryDirectory() as folder, Site(count, _slowly) as site:
        disturbed, calm = Path(folder, "disturbed"), Path(folder, "calm")
        disturbed.mkdir()
        calm.mkdir()
        environ = environment(site, disturbed)
        cron = Cron(environ, disturbed, soak)
        _disturb(cron, ends, random.Random(seed))  # noqa: S311
        _finish(cron, environ["NEWSCRAWL_STORE_URL"], soak)
        environ = environment(site, calm)
        Cron(environ, calm, Soak()).run()
        soak.undisturbed = _texts(environ["NEWSCRAWL_STORE_URL"])
    return soak


def _disturb(cron: Cron, ends: float, dice: random.Random) -> None:
    next_kill = time.monotonic() + dice.uniform(0.5, 1.5) * EVERY
    while time.monotonic() < ends:
        cron.tick()
        if time.monotonic() > next_kill:
            cron.disturb(dice)
            next_kill += dice.uniform(0.5, 1.5) * EVERY
        time.sleep(0.05)


async def _slowly(_: int) -> None:
    await asyncio.sleep(ANSWER_SECONDS)


def _finish(cron: Cron, store: str, soak: Soak) -> None:
    """Crawl to the end, ask for what rests by name, and look at the archive."""
    from newscrawl.store import open_store

    cron.run()
    archive = open_store(store, create=False)
    resting = [url for _, url, _ in archive.quarantined()]
    archive.close()
    soak.quarantined = len(resting)
    if resting:
        cron.run("-a", f"urls={' '.join(resting)}")
    archive = open_store(store, create=False)
    runs = archive.newest_runs(100_000)
    soak.unfinished = sum(run.status == "running" for run in runs)
    soak.unfinished += sum(not row.outcome for run in runs for row in archive.candidates(run.id))
    soak.stored = sum(tally.counts.get(Outcome.STORED, 0) for run in runs for tally in run.tallies)
    archive.close()
    soak.disturbed = _texts(store)


def _texts(store: str) -> Texts:
    from newscrawl.store import articles, open_store

    archive = open_store(store, create=False)
    with archive.engine.connect() as connection:
        found = {
            one.canonical_url: (one.title, one.body, one.revision) for one in articles.read_all(connection)
        }
    archive.close()
    return found


def bench(minutes: int = 30) -> None:
    """Print what became of the disturbed archive beside the undisturbed one; end with 1 if they differ."""
    soak = measure(minutes)
    print(
        f"## soak of {minutes} minutes: {soak.kills['main']} SIGKILLs of the main process, "
        f"{soak.kills['worker']} of workers"
    )
    print(f"crawls              {soak.crawls}, hung {soak.hung}")
    print(f"articles            {len(soak.disturbed):,}, undisturbed {len(soak.undisturbed):,}")
    print(f"differing           {soak.differing}")
    print(f"outcomes `stored`   {soak.stored:,}")
    print(f"left open           {soak.unfinished}")
    print(f"quarantined, asked for by name at the end: {soak.quarantined}")
    if not soak.sound:
        sys.exit("the disturbed archive is not that of an undisturbed crawl")
