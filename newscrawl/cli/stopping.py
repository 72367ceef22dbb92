"""Ctrl-C and SIGTERM (cron's time limit, `docker stop`, a shutdown) end a command's work in order."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """In a `with`: the first signal interrupts the work alone, and a later one not what ends it in order.

    Attributes:
        signal: the name of the signal that came; "" while none has.
    """

    def __init__(self) -> None:
        self.signal = ""
        self._at_work = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._note) for number in SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @contextmanager
    def work(self) -> Iterator[None]:
        """What a signal interrupts, also one that came before.

        Raises:
            KeyboardInterrupt: a signal has come.
        """
        try:
            self._at_work = True
            if self.signal:
                raise KeyboardInterrupt
            yield
        finally:
            self._at_work = False

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if not self.signal:
            self.signal = signal.Signals(number).name
            if self._at_work:
                raise KeyboardInterrupt
