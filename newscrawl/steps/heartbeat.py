"""The thread that says every 15 seconds that a run is alive, while the run waits, reads or stores."""

from __future__ import annotations

import logging
import threading

from newscrawl.store import Archive

EVERY_SECONDS = 15.0
"""Eight heartbeats may fail before others take the run for killed (`store.heartbeat.SILENCE`)."""

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats from `start` to `stop`, each time in one short transaction of its own.

    Args:
        archive: where the run is.
        run_id: which run is alive.
        every: seconds between two heartbeats.

    Attributes:
        lost: whether another run has closed this one.
    """

    def __init__(self, archive: Archive, run_id: int, every: float = EVERY_SECONDS) -> None:
        self.lost = False
        self._archive, self._run_id, self._every = archive, run_id, every
        self._failed = False
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._work, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin; the run's first heartbeat was written with the run itself."""
        self._thread.start()

    def stop(self) -> None:
        """Beat no more, and wait for a heartbeat that is being written; a second call changes nothing."""
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join()

    def _work(self) -> None:
        while not self.lost and not self._ending.wait(self._every):
            self._beat()

    def _beat(self) -> None:
        try:
            self.lost = not self._archive.beat(self._run_id)
        except Exception as error:  # a locked or full disk; the next one may succeed
            if not self._failed:
                _log.warning("run %d: a heartbeat could not be written (%s)", self._run_id, error)
            self._failed = True
