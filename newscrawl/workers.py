"""Worker processes for CPU work: a time limit per job, and a crash that costs one job."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessPool

P = ParamSpec("P")
T = TypeVar("T")

RESET_EVERY = 500
"""Jobs after which a worker empties the caches of trafilatura, which grow with every page."""

_jobs = 0


class Workers:
    """A pool of `count` processes, started by `spawn`.

    Args:
        count: how many.
        warm: modules to import at the start, so that the first job does not pay for them.
        prepare: a picklable function to call at the start, for the same reason. That it fails is no matter:
            the first job that needs what it prepares fails of the same, and says so.
    """

    def __init__(
        self, count: int, warm: tuple[str, ...] = (), prepare: Callable[[], object] | None = None
    ) -> None:
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_start_worker,
            initargs=(os.getpid(), warm, prepare),
            context=multiprocessing.get_context("spawn"),
        )

    def submit(
        self, timeout: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a picklable function of a module in a worker.

        The future raises TimeoutError after `timeout` seconds (the worker is replaced), ProcessExpired when
        the worker died, else what the function raised, with its traceback.
        """
        future: Future[T] = self._pool.schedule(_run, args=(function, args, kwargs), timeout=timeout)
        return future

    def close(self) -> None:
        """Stop the workers, unfinished jobs included."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join(timeout=10)


def _start_worker(parent: int, warm: tuple[str, ...], prepare: Callable[[], object] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    logging.disable(logging.INFO)
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    for module in warm:
        import_module(module)
    if prepare is not None:
        with suppress(Exception):  # an exception here would close the whole pool
            prepare()


def _die_with(parent: int) -> None:
    """A parent killed with SIGKILL tells nobody: its workers must not stay behind."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _run(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    global _jobs  # noqa: PLW0603  (one counter per worker process)
    _jobs += 1
    if _jobs % RESET_EVERY == 0 and "trafilatura" in sys.modules:
        from trafilatura.meta import reset_caches

        reset_caches()
    return function(*args, **kwargs)
