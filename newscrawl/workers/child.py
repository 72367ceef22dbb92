"""What runs inside a worker process: it takes one job after the other from its pipe and answers each."""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from newscrawl.workers.faults import MemoryLimitError
from newscrawl.workers.memory import MEGABYTE

Answer = tuple[Any, BaseException | None]
"""What the job's function returned, or what it raised."""

MAX_ANSWER = 256 * MEGABYTE
"""Bytes; a larger answer stays here, for it would fill the memory of the process that asked."""


def work(pipe: Connection, warm: Sequence[str], prepare: Callable[[], object] | None, memory_mb: int) -> None:
    """Prepare, say that the worker is ready ("", or else why it is not), then work until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
    logging.disable(logging.INFO)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    _limit_memory(memory_mb)
    _die_first()
    with suppress(EOFError, OSError):  # the parent has closed the pipe, or is gone
        try:
            for module in warm:
                import_module(module)
        except Exception as error:
            pipe.send(f"{type(error).__name__}: {error}")
            return
        if prepare is not None:
            with suppress(Exception):  # the first job that needs it raises the same, and reports it
                prepare()
        pipe.send("")
        while True:
            pipe.send_bytes(_answer(pipe.recv_bytes(), memory_mb))


def _answer(job: bytes, memory_mb: int) -> bytes:
    answer: Answer
    try:
        function, args, kwargs = pickle.loads(job)  # noqa: S301  (our own parent wrote it)
        answer = function(*args, **kwargs), None
        packed = pickle.dumps(answer)
        if len(packed) <= MAX_ANSWER:
            return packed
        error: BaseException = MemoryLimitError(f"its result has {len(packed) // MEGABYTE} MB")
    except MemoryError:
        error = MemoryLimitError(f"it needed more than {memory_mb} MB of memory")
    except BaseException as raised:
        error = raised
    return _pack_error(error)


def _pack_error(error: BaseException) -> bytes:
    """An error with its traceback as a note; one that cannot be sent becomes a RuntimeError of its words."""
    error.add_note("".join(traceback.format_exception(error)))
    try:
        packed = pickle.dumps((None, error))
        pickle.loads(packed)  # noqa: S301  (just written)
    except Exception:
        plain = RuntimeError(f"{type(error).__name__}: {error}")
        plain.__notes__ = error.__notes__
        return pickle.dumps((None, plain))
    return packed


def _limit_memory(memory_mb: int) -> None:
    """Let a single huge allocation fail that would be done before the supervisor looks again."""
    if sys.platform == "linux":  # elsewhere the limit does not count what malloc takes
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        wanted = 2 * memory_mb * MEGABYTE
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _die_first() -> None:
    """Where memory runs out, have the kernel kill this worker, which costs a job, and not the run."""
    with suppress(OSError):  # a system without it, or one that has set it higher
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")


def _die_with_parent() -> None:
    """End this worker, busy as it may be, once its parent is gone: one killed with SIGKILL cannot tell it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
