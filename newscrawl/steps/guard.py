"""What ends a command that needs too much memory or stands still: in order, or where that fails, at once."""

from __future__ import annotations

import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Hashable
from time import monotonic
from typing import NoReturn, Self

from newscrawl.config import Config, variable
from newscrawl.terminal import say
from newscrawl.workers.memory import MEGABYTE, resident_bytes

CHECK_SECONDS = 1.0
"""How often it looks."""
FATAL = 1.5
"""How many times the memory that it may use ends the process at once."""


def memory_in_use() -> int:
    """Megabytes of memory that this process has in use."""
    return resident_bytes() // MEGABYTE


def memory_said(used: int, config: Config) -> str:
    """That a process has too much memory in use, in words."""
    return f"the process has {used:,} MB of memory in use ({variable('memory_mb')}={config.memory_mb})"


def abort(what: str, reason: str) -> NoReturn:
    """End the process at once; the next run closes what is left, as after any kill."""
    say(f"{what} was ended at once: {reason}. The next run goes on with what is left.", err=True)
    faulthandler.dump_traceback(sys.__stderr__ or 2)
    os._exit(1)


class Guard:
    """A thread that watches a command's own process; used in a `with`. The crawl's watchdog is an extension.

    Args:
        config: how much memory, and how long without progress.
        progress: anything that is another thing when the work has gone on.
        stop: ends the work in order; it is given the reason.

    Attributes:
        too_large: why the work was ended for want of memory; "" if it was not.
    """

    def __init__(self, config: Config, progress: Callable[[], Hashable], stop: Callable[[str], None]) -> None:
        self.too_large = ""
        self._config, self._progress, self._stop = config, progress, stop
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True, name="guard")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def _watch(self) -> None:
        said, seen, since = "", self._progress(), monotonic()
        while not self._closed.wait(CHECK_SECONDS):
            if seen != self._progress():
                seen, since = self._progress(), monotonic()
            stalled = monotonic() - since > self._config.stall_timeout
            used = memory_in_use()
            self._abort_if(used > FATAL * self._config.memory_mb, memory_said(used, self._config))
            self._abort_if(stalled and bool(said), self._stalled())
            if said or not (stalled or used > self._config.memory_mb):
                continue
            since = monotonic()  # the end in order has as long again
            said = self._stalled() if stalled else memory_said(used, self._config)
            self.too_large = "" if stalled else said
            self._stop(said)

    def _stalled(self) -> str:
        seconds = f"{self._config.stall_timeout:g} s"
        return f"nothing was read or stored for {seconds} ({variable('stall_timeout')})"

    def _abort_if(self, sure: bool, reason: str) -> None:
        if sure:
            abort("It", reason)
