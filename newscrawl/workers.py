"""Worker processes for CPU work: each job has a time limit, and a worker that dies costs its job alone."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from importlib import import_module
from typing import ParamSpec, TypeVar

from pebble import ProcessPool

from newscrawl.streams import guard_log

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """A pool of processes, started by `spawn` with the first job.

    Args:
        count: how many.
        warm: modules that a worker imports at its start, so that its first job does not pay for them.
        prepare: a picklable function that a worker calls at its start, for the same reason. A worker outlives
            its failure: the first job that needs what it prepares raises the same error and reports it.
    """

    def __init__(
        self, count: int, warm: Sequence[str] = (), prepare: Callable[[], object] | None = None
    ) -> None:
        self._pool = ProcessPool(
            max_workers=count,
            initializer=_start_worker,
            initargs=(os.getpid(), tuple(warm), prepare),
            context=multiprocessing.get_context("spawn"),
        )

    def submit(
        self, timeout: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a module's picklable function in a worker; from any thread.

        The future raises TimeoutError after `timeout` seconds (the worker is replaced), ProcessExpired when
        the worker died, else what the function raised, with its traceback.

        Raises:
            RuntimeError: the pool is closed.
        """
        future: Future[T] = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=timeout)
        return future

    def close(self) -> None:
        """Stop the workers, unfinished jobs included."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join(timeout=10)


def _start_worker(parent: int, warm: tuple[str, ...], prepare: Callable[[], object] | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    logging.disable(logging.INFO)
    guard_log()
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    for module in warm:
        import_module(module)
    if prepare is not None:
        with suppress(Exception):  # an exception here would close the whole pool
            prepare()


def _die_with(parent: int) -> None:
    """End this worker once its parent is gone: a parent killed with SIGKILL cannot tell it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)
