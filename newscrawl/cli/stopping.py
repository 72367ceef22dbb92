"""Ctrl-C, SIGTERM (cron's time limit, `docker stop`, a shutdown) and a closed terminal end work in order."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopping:
    """In a `with`: the first signal interrupts the work alone, and a later one not what ends it in order.

    Attributes:
        signal: the name of the signal that came; "" while none has.
    """

    def __init__(self) -> None:
        self.signal = self._why = ""
        self._at_work = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        # With `nohup` work goes on when the terminal is closed. SIGINT, ignored behind every `&`, counts.
        hung_up = signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN
        heeded = [number for number in SIGNALS if number is not signal.SIGHUP or hung_up]
        self._before = {number: signal.signal(number, self._note) for number in heeded}
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    @property
    def reason(self) -> str:
        """Why the work was interrupted, in words."""
        return self._why or f"interrupted by {self.signal or 'Ctrl-C'}"

    def stop(self, why: str) -> None:
        """End the work as a signal does; from another thread, whatever the main one waits for."""
        self._why = why
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)

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
