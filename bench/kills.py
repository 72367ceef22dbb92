"""Crawls of generated pages whose workers are killed at random: what hangs, what is lost, what is counted.

`make bench ARGS=kills`. Half of the kills wait until a worker is idle, while the site answers nothing.
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
from dataclasses import dataclass
from pathlib import Path

from bench.generated import FIRST, Site, environment, start, workers_of

HANG_SECONDS = 180.0
"""A run that takes longer for all that is left of it is taken for hung; its `page_timeout` is 30 s."""
CALM_SECONDS = 0.3
"""How long a worker must have waited to be taken for idle."""


@dataclass(slots=True)
class Figures:
    """What became of all runs."""

    runs: int = 0
    pages: int = 0
    kills: int = 0
    idle: int = 0
    """Kills of a worker that was waiting for a job."""
    hung: int = 0
    broken: int = 0
    """Runs that did not end with exit code 0."""
    stored: int = 0
    killed_twice: int = 0
    """Pages that ended as `extract_error` because two workers were killed with them in hand."""
    counted: int = 0
    """The sum of all outcomes."""

    @property
    def lost(self) -> int:
        """Pages that are neither in the archive nor said to have had their worker killed twice."""
        return self.pages - self.stored - self.killed_twice


class Killer:
    """Kills a random worker when certain pages are asked for; the site answers nothing meanwhile."""

    def __init__(self, pages: int, kills: int, dice: random.Random, figures: Figures) -> None:
        self.pid = 0
        """The crawl's process, once it is started."""
        self._at = set(dice.sample(range(FIRST, FIRST + pages), kills))
        self._dice, self._figures = dice, figures
        self._calm = asyncio.Lock()

    async def on_page(self, number: int) -> None:
        """Kill before this page is answered, if it is one of those; a page asked for again kills no more."""
        async with self._calm:
            if number in self._at:
                self._at.discard(number)
                await self._kill(idle=self._dice.random() < 0.5)

    async def _kill(self, *, idle: bool) -> None:
        while not (found := await self._idle() if idle else list(workers_of(self.pid))):
            await asyncio.sleep(0.02)  # all are being replaced
        with suppress(ProcessLookupError):
            os.kill(self._dice.choice(found), signal.SIGKILL)
            self._figures.kills += 1
            self._figures.idle += idle

    async def _idle(self) -> list[int]:
        """The workers that have used no processor for a moment."""
        before = workers_of(self.pid)
        await asyncio.sleep(CALM_SECONDS)
        return [pid for pid, used in workers_of(self.pid).items() if before.get(pid) == used]


def measure(runs: int, pages: int, kills: int, seed: int = 1) -> Figures:
    """Crawl `runs` times `pages` pages, each time with `kills` kills."""
    figures, dice = Figures(), random.Random(seed)  # noqa: S311
    for _ in range(runs):
        killer = Killer(pages, kills, dice, figures)
        with tempfile.TemporaryDirectory() as folder, Site(lambda: pages, killer.on_page) as site:
            environ = environment(site, Path(folder))
            process = start(environ, Path(folder, "log"))
            killer.pid = process.pid
            _wait(process, figures)
            _count(environ["NEWSCRAWL_STORE_URL"], figures)
        figures.runs += 1
        figures.pages += pages
    return figures


def _wait(process: subprocess.Popen[bytes], figures: Figures) -> None:
    try:
        figures.broken += process.wait(HANG_SECONDS) != 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        figures.hung += 1


def _count(store: str, figures: Figures) -> None:
    from newscrawl.store import open_store

    archive = open_store(store, create=False)
    figures.stored += archive.count()
    [run] = archive.newest_runs(1)
    figures.counted += sum(tally.candidates for tally in run.tallies)
    ends = archive.candidates(run.id, "extract_error")
    figures.killed_twice += sum("worker process died" in end.reason for end in ends)
    archive.close()


def bench(runs: int = 20, pages: int = 300, kills: int = 10) -> None:
    """Print the figures of 200 kills in 20 runs."""
    began = time.perf_counter()
    found = measure(runs, pages, kills)
    print(f"## {found.kills} SIGKILLs of workers ({found.idle} of idle ones) in {found.runs} crawls")
    print(f"runs hung           {found.hung}")
    print(f"runs broken         {found.broken}")
    print(f"pages stored        {found.stored:,} of {found.pages:,}")
    print(f"worker killed twice {found.killed_twice}")
    print(f"pages lost          {found.lost}")
    print(f"sum of outcomes     {found.counted:,} of {found.pages:,}")
    print(f"seconds             {time.perf_counter() - began:.0f}")
