"""One worker process as its supervisor holds it: a pipe of its own, a time limit, a memory limit.

No lock and no queue is shared between workers, so one that is killed, at whatever moment, spoils its own pipe
alone. Whoever waits for a worker waits on that pipe, which ends with the process; and a worker that neither
answers nor ends is killed when its time is over. So nobody waits for ever.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

from newscrawl.workers import child
from newscrawl.workers.faults import MemoryLimitError, TimeLimitError, WorkerDiedError, WorkerError
from newscrawl.workers.memory import MEGABYTE, resident_bytes

START_SECONDS = 300.0
"""How long a worker may take to import and prepare, from a cold disk."""
END_SECONDS = 5.0
"""How long an idle worker may take to end once it is told, and a killed one to be gone."""

T = TypeVar("T")
_spawn = multiprocessing.get_context("spawn")


class WorkerProcess:
    """A worker; one thread starts and calls it, another may `check` it.

    Args:
        warm, prepare: see `Workers`.
        memory_mb: resident megabytes above which `check` kills it.
    """

    def __init__(self, warm: Sequence[str], prepare: Callable[[], object] | None, memory_mb: int) -> None:
        self._memory_mb = memory_mb
        self._pipe, self._end = _spawn.Pipe()
        self._process = _spawn.Process(
            target=child.work, args=(self._end, tuple(warm), prepare, memory_mb), daemon=True
        )
        self._lock = threading.Lock()
        self._deadline: float | None = None
        self._limit = 0.0
        self._verdict: WorkerError | None = None
        self.jobs = 0

    @property
    def pid(self) -> int | None:
        """Its process id, once it is started."""
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Whether it runs and nobody has killed it."""
        return self._verdict is None and self._process.is_alive()

    @property
    def busy(self) -> bool:
        """Whether it starts or has a job in hand."""
        return self._deadline is not None

    @property
    def resident(self) -> int:
        """Bytes of memory that it has in use."""
        return resident_bytes(self.pid) if self.pid else 0

    def start(self) -> None:
        """Start it and wait until it is ready.

        Raises:
            WorkerError: it died, could not import what it needs, or was not ready in time.
        """
        try:
            self._process.start()
        except OSError as error:
            raise WorkerDiedError(f"no process could be started: {error}") from error
        finally:
            self._end.close()  # the worker's end is the worker's alone: it must close with the worker
        self._begin(START_SECONDS)
        reason = self._receive(lambda: cast(str, self._pipe.recv()))
        if reason:
            raise WorkerDiedError(reason)

    def call(self, job: bytes, timeout: float) -> Any:
        """Have a job done: a pickled (function, args, kwargs).

        Returns:
            What the function returned.

        Raises:
            WorkerError: it was killed, died, or ran out of time or memory.
            BaseException: whatever the function raised.
        """
        self.jobs += 1
        self._begin(timeout)
        packed = self._receive(lambda: self._exchange(job))
        value, error = cast(child.Answer, pickle.loads(packed))  # noqa: S301  (our own child wrote it)
        if error is not None:
            raise error
        return value

    def check(self) -> None:
        """Kill it if its job is over its time or the process over its memory; from any thread."""
        with self._lock:
            if not self.usable:
                return
            if self._deadline is not None and time.monotonic() > self._deadline:
                self._kill(TimeLimitError(f"it took more than {self._limit:g} s"))
            elif self.resident > self._memory_mb * MEGABYTE:
                self._kill(MemoryLimitError(f"it needed more than {self._memory_mb} MB of memory"))

    def kill(self) -> None:
        """Kill it; from any thread. Whoever waits for its answer gets WorkerDiedError."""
        with self._lock:
            self._kill(self._verdict or WorkerDiedError("the worker process was stopped"))

    def end(self) -> None:
        """End it: an idle worker by itself, one that does not by SIGKILL."""
        self._pipe.close()
        if self.pid is None:
            return
        self._process.join(END_SECONDS)
        if self._process.is_alive():
            self.kill()
            self._process.join(END_SECONDS)

    def _exchange(self, job: bytes) -> bytes:
        self._pipe.send_bytes(job)
        return self._pipe.recv_bytes()

    def _begin(self, seconds: float) -> None:
        with self._lock:
            self._limit, self._deadline = seconds, time.monotonic() + seconds

    def _receive(self, wait: Callable[[], T]) -> T:
        try:
            return wait()
        except (EOFError, OSError) as error:  # also in the middle of a message
            raise self._fault() from error
        finally:
            with self._lock:
                self._deadline = None

    def _fault(self) -> WorkerError:
        """Why its pipe has ended."""
        self._process.join(END_SECONDS)
        with self._lock:
            if self._verdict is None:
                code = self._process.exitcode
                self._kill(WorkerDiedError(f"the worker process died ({_how(code)})"))
            assert self._verdict is not None
            return self._verdict

    def _kill(self, verdict: WorkerError) -> None:
        self._verdict = verdict
        if self.pid is not None:
            self._process.kill()


def _how(exit_code: int | None) -> str:
    if exit_code is None:
        return "its pipe broke"
    if exit_code < 0:
        return signal.Signals(-exit_code).name
    return f"exit code {exit_code}"
