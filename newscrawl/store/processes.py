"""Which process a run is, told apart from a later one that has its number again."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from pathlib import Path

_DEAD = ("Z", "X")
"""States of a process that has ended and that its parent has not asked about (proc_pid_stat(5))."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process, as any process that opens the archive may ask about it."""

    host: str
    """The name of its machine, for people."""
    pid: int
    birth: str
    """Its machine's boot, its PID namespace and its start, which together no other process has; "" where the
    system has no /proc, and of a run that an older newscrawl began."""

    @property
    def here(self) -> bool:
        """Whether its number can be looked up here: the same boot of the same machine, the same container."""
        place = _place(_birth(os.getpid()))
        return self.host == socket.gethostname() and _place(self.birth) in ("", place)

    @property
    def gone(self) -> bool:
        """Whether it is known to have ended; False too where that cannot be known from here."""
        if not self.here:
            return False
        state, birth = _state(self.pid), _birth(self.pid)
        if state in _DEAD or (birth and self.birth and birth != self.birth):
            return True
        return not state and not _exists(self.pid)


def this_process() -> Process:
    """The process that asks."""
    return Process(socket.gethostname(), os.getpid(), _birth(os.getpid()))


def _place(birth: str) -> str:
    return birth.rpartition(" ")[0]


def _birth(pid: int) -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()} {_stat(pid)[19]}"
    except (OSError, IndexError):
        return ""


def _state(pid: int) -> str:
    return next(iter(_stat(pid)), "")


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat from its state on, after its name; none where it is not shown."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return text.rpartition(")")[2].split()


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
