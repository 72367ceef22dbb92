"""The supervisor of worker processes: it hands out jobs, replaces workers, and knows when to give up."""

from __future__ import annotations

import logging
import pickle
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any, ParamSpec, TypeVar

from newscrawl.workers.faults import NoWorkersError, WorkerDiedError, WorkerError
from newscrawl.workers.memory import MEGABYTE
from newscrawl.workers.process import WorkerProcess

P = ParamSpec("P")
T = TypeVar("T")

MEMORY_MB = 1024
"""Megabytes that a worker may use. After 20,000 pages it has 170 (docs/benchmarks.md)."""
STARTS = 20
"""Workers in a row that may die before they are ready; after so many none can be had."""
CHECK_SECONDS = 0.2
"""How often time and memory are looked at."""
REPLACE_AFTER = 200
"""Jobs after which a worker is replaced that has half of its memory in use."""

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Task:
    job: bytes
    timeout: float
    future: Future[Any] = field(default_factory=Future)
    deaths: int = 0
    """How many workers have died with it in hand."""


class Workers:
    """Supervised processes, started by `spawn` with the first job; a thread looks after each.

    A worker that dies is replaced, and its job is given again once. One that runs out of time or memory is
    killed and replaced, and costs its job.

    Args:
        count: how many.
        warm: modules that a worker imports at its start, so that its first job does not pay for them.
        prepare: a picklable function that a worker calls at its start, for the same reason. A worker outlives
            its failure: the first job that needs what it prepares raises the same error and reports it.
        memory_mb: megabytes of resident memory that each may use.

    Attributes:
        broken: why there are no workers any more, in words; "" while there are.
        answered: how many jobs have ended, however they did.
    """

    def __init__(
        self,
        count: int,
        warm: Sequence[str] = (),
        prepare: Callable[[], object] | None = None,
        *,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        if count < 1:
            raise ValueError(f"{count} workers do no work; give at least one")
        self.broken = ""
        self.answered = 0
        self._count = count
        self._make = partial(WorkerProcess, warm, prepare, memory_mb)
        self._half = memory_mb * MEGABYTE // 2
        self._changed = threading.Condition()  # guards all that follows
        self._tasks: deque[_Task] = deque()
        self._workers: set[WorkerProcess] = set()
        self._threads: list[threading.Thread] = []
        self._failed_starts = 0
        self._closed = threading.Event()

    def submit(
        self, timeout: float, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> Future[T]:
        """Run a module's picklable function in a worker; from any thread. Never raises: the future does.

        It raises TimeLimitError after `timeout` seconds, MemoryLimitError, WorkerDiedError when two workers
        died of the job, NoWorkersError when there are none, else what the function raised, with the worker's
        traceback in a note.
        """
        try:
            task = _Task(pickle.dumps((function, args, kwargs)), timeout)
        except Exception as error:  # whatever an argument's own pickling raises
            failed: Future[T] = Future()
            failed.set_exception(error)
            return failed
        with self._changed:
            if self.broken:
                task.future.set_exception(NoWorkersError(self.broken))
            else:
                self._tasks.append(task)
                self._start_threads()
                self._changed.notify_all()
        return task.future

    def pids(self) -> list[int]:
        """The workers' process ids."""
        with self._changed:
            return [worker.pid for worker in self._workers if worker.pid]

    def close(self) -> None:
        """Stop the workers, unfinished jobs included; read results or not, it does not wait for them."""
        self._closed.set()
        self._give_up("the worker processes have been stopped")
        for thread in self._threads:
            while thread.is_alive():
                self._kill_busy()
                thread.join(CHECK_SECONDS)

    def _kill_busy(self) -> None:
        with self._changed:
            busy = [worker for worker in self._workers if worker.busy]
        for worker in busy:
            worker.kill()

    def _start_threads(self) -> None:
        if self._threads:
            return
        targets = [self._watch] + [self._look_after] * self._count
        self._threads = [threading.Thread(target=target, daemon=True, name="workers") for target in targets]
        for thread in self._threads:
            thread.start()

    def _watch(self) -> None:
        """Check every worker now and then, and tell who waits for a job that its worker is gone."""
        while not self._closed.wait(CHECK_SECONDS):
            with self._changed:
                workers = list(self._workers)
            for worker in workers:
                worker.check()
            with self._changed:
                self._changed.notify_all()

    def _look_after(self) -> None:
        """Keep one worker alive and give it jobs, until there is an end."""
        while not self.broken:
            worker = self._start()
            while worker and (task := self._next(worker)):
                self._run(worker, task)
            if worker:
                self._discard(worker)

    def _start(self) -> WorkerProcess | None:
        """A worker that is ready, or None when it did not become so."""
        worker = self._make()
        with self._changed:
            self._workers.add(worker)
        try:
            worker.start()
        except WorkerError as fault:
            self._discard(worker)
            self._note_failed_start(fault)
            return None
        with self._changed:
            self._failed_starts = 0
        return worker

    def _note_failed_start(self, fault: WorkerError) -> None:
        if self._closed.is_set():
            return
        with self._changed:
            self._failed_starts += 1
        if self._failed_starts >= STARTS:
            self._give_up(f"worker processes do not start: {fault}")
        else:
            _log.warning("a worker process did not start: %s; another is started", fault)
            self._closed.wait(min(CHECK_SECONDS * self._failed_starts, 2.0))

    def _next(self, worker: WorkerProcess) -> _Task | None:
        """The next job, once there is one; None when the worker is gone or too large, or all is over."""
        with self._changed:
            while not self.broken and worker.usable and not self._grown(worker):
                while self._tasks:
                    task = self._tasks.popleft()
                    if task.deaths or task.future.set_running_or_notify_cancel():
                        return task
                self._changed.wait()
        return None

    def _grown(self, worker: WorkerProcess) -> bool:
        return worker.jobs >= REPLACE_AFTER and worker.resident > self._half

    def _run(self, worker: WorkerProcess, task: _Task) -> None:
        try:
            task.future.set_result(worker.call(task.job, task.timeout))
        except WorkerDiedError as death:
            self._give_again(task, death)
        except BaseException as error:
            task.future.set_exception(error)
        self.answered += 1  # for who asks whether it goes on: two at once may count as one

    def _give_again(self, task: _Task, death: WorkerDiedError) -> None:
        task.deaths += 1
        with self._changed:
            if self.broken:
                task.future.set_exception(NoWorkersError(self.broken))
            elif task.deaths > 1:
                task.future.set_exception(death)
            else:
                _log.info("%s; its job is given to another", death)
                self._tasks.appendleft(task)
                self._changed.notify_all()

    def _discard(self, worker: WorkerProcess) -> None:
        with self._changed:
            self._workers.discard(worker)
        worker.end()

    def _give_up(self, reason: str) -> None:
        """Take no more jobs, and fail those that wait."""
        with self._changed:
            self.broken = self.broken or reason
            tasks, self._tasks = self._tasks, deque()
            self._changed.notify_all()
        for task in tasks:
            if task.deaths or task.future.set_running_or_notify_cancel():
                task.future.set_exception(NoWorkersError(self.broken))
