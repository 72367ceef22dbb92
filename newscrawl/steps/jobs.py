"""Jobs in worker processes: what a failure costs and says, and how far jobs run ahead of who uses them."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

from newscrawl.workers import NoWorkersError, WorkerError

In = TypeVar("In")
Out = TypeVar("Out")
T = TypeVar("T")

_log = logging.getLogger(__name__)


class Job(Generic[In, Out]):
    """Inputs that a worker turns into as many outputs; submitted when the job is made.

    A job never raises what went wrong in the worker. Where several inputs fail together, each is tried once
    more by itself, so that one bad input costs one output. What fails alone is logged, an exception of ours
    with its traceback, and `failed` makes the output that takes its place. Only where no worker can be had
    it raises: the inputs are not to blame, and the run must end.

    Args:
        inputs: what to work on; nothing is submitted for none.
        submit: sends inputs to a worker with a time limit in seconds (see `Workers.submit`).
        seconds: the time limit of one input; several together have as many times that.
        failed: makes the output of a failed input; it is given the input and the reason in words.
        doing: says what is done with an input ("reading https://…"), for the log.
    """

    def __init__(
        self,
        inputs: Sequence[In],
        submit: Callable[[Sequence[In], float], Future[list[Out]]],
        *,
        seconds: float,
        failed: Callable[[In, str], Out],
        doing: Callable[[In], str],
    ) -> None:
        self.inputs = inputs
        self._submit, self._seconds = submit, seconds
        self._failed, self._doing = failed, doing
        self._future = submit(inputs, seconds * len(inputs)) if inputs else None
        self._outputs: list[Out] | None = None

    def result(self) -> list[Out]:
        """Wait for the outputs; they have the order of the inputs.

        Raises:
            NoWorkersError: there is nobody to do it.
        """
        if self._outputs is None:
            self._outputs = self._collect(self._future) if self._future else []
        return self._outputs

    async def wait(self) -> list[Out]:
        """`result` for an event loop, which goes on meanwhile."""
        if self._future:
            future = asyncio.wrap_future(self._future)
            await asyncio.wait([future])
            if not future.cancelled():
                future.exception()  # `result` reports it; asyncio would log it as never retrieved
        # A single input is not tried again, so its result is there by now.
        return self.result() if len(self.inputs) < 2 else await asyncio.to_thread(self.result)

    def _collect(self, future: Future[list[Out]]) -> list[Out]:
        try:
            return future.result()
        except NoWorkersError:
            raise
        except Exception as error:
            if len(self.inputs) == 1:
                return [self._give_up(self.inputs[0], error)]
            number, why = len(self.inputs), _reason(error)
            _log.warning(
                "%s and %d more failed (%s); trying each alone", self._doing(self.inputs[0]), number - 1, why
            )
        return [self._alone(one) for one in self.inputs]

    def _alone(self, one: In) -> Out:
        try:
            [output] = self._submit([one], self._seconds).result()
        except NoWorkersError:
            raise
        except Exception as error:
            return self._give_up(one, error)
        return output

    def _give_up(self, one: In, error: Exception) -> Out:
        why = _reason(error)
        ours = not isinstance(error, WorkerError)
        level = logging.ERROR if ours else logging.WARNING
        _log.log(level, "%s failed: %s", self._doing(one), why, exc_info=error if ours else None)
        return self._failed(one, why)


def _reason(error: Exception) -> str:
    return str(error) if isinstance(error, WorkerError) else f"{type(error).__name__}: {error}"


def look_ahead(items: Iterable[T], ahead: int) -> Iterator[T]:
    """Take items `ahead` of their user, in order: where making an item submits its job, jobs run ahead.

    At most `ahead` + 1 items exist at once, however many there are; nothing is taken while the user works on
    one. Stages are put together by giving one look-ahead to the next. What was taken before `items` failed is
    given out before the exception is raised. After an interrupt nothing more is taken.

    Args:
        items: made as they are taken (a generator).
        ahead: how many to hold beyond the one given out.

    Raises:
        Exception: what `items` raised, at its place.
    """
    waiting: deque[T] = deque()
    try:
        for item in items:
            waiting.append(item)
            del item
            if len(waiting) > ahead:
                yield waiting.popleft()
    except Exception:
        while waiting:
            yield waiting.popleft()
        raise
    while waiting:
        yield waiting.popleft()


def chunks(
    items: Iterable[T], size: int, *, weight: Callable[[T], int] | None = None, most: int = 0
) -> Iterator[list[T]]:
    """Items in lists of `size`, the last one shorter; what came before `items` failed is given out first.

    Args:
        items: one after the other.
        size: how many in a list.
        weight: of an item; a list that weighs `most` is full, too.
        most: see there.

    >>> list(chunks("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    >>> list(chunks(["a", "bc", "d"], 9, weight=len, most=3))
    [['a', 'bc'], ['d']]
    """
    chunk: list[T] = []
    weighs = 0
    try:
        for item in items:
            chunk.append(item)
            weighs += weight(item) if weight else 0
            if len(chunk) == size or (weight and weighs >= most):
                yield chunk
                chunk, weighs = [], 0
    except Exception:
        if chunk:
            yield chunk
        raise
    if chunk:
        yield chunk
