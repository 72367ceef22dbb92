"""A control group with a memory limit of the kernel's own, for tests that need the real thing."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import pytest

_GROUPS = Path("/sys/fs/cgroup")
_NUMBERS = count(1)


class MemoryGroup:
    """A group under `parent`, of control groups of version 1 or 2; `remove` it."""

    def __init__(self, parent: Path) -> None:
        with suppress(OSError):  # of version 2, where a group must allow it to those inside
            (parent / "cgroup.subtree_control").write_text("+memory", encoding="ascii")
        self.folder = parent / f"newscrawl-test-{os.getpid()}-{next(_NUMBERS)}"
        self.folder.mkdir()
        self.version = 2 if (self.folder / "memory.max").exists() else 1

    def limit(self, number: int) -> None:
        """Let its processes together use so many bytes, and nothing of the swap."""
        if self.version == 2:
            names = {"memory.max": number, "memory.swap.max": 0}
        else:
            names = {"memory.limit_in_bytes": number, "memory.memsw.limit_in_bytes": number}
        for name, value in names.items():
            with suppress(FileNotFoundError):  # a kernel that does not count the swap
                (self.folder / name).write_text(str(value), encoding="ascii")

    def kills(self) -> int:
        """How many processes of the group the kernel has killed for its limit."""
        name = "memory.events" if self.version == 2 else "memory.oom_control"
        found = re.search(r"^oom_kill (\d+)", (self.folder / name).read_text(encoding="ascii"), re.MULTILINE)
        return int(found[1]) if found else 0

    def command(self, words: Sequence[str]) -> list[str]:
        """A command whose process, and its children, are in the group."""
        return ["sh", "-c", 'echo $$ > "$0" && exec "$@"', str(self.folder / "cgroup.procs"), *words]

    def remove(self) -> None:
        """Remove the group, once its last process is gone."""
        for _ in range(100):
            with suppress(OSError):
                self.folder.rmdir()
                return
            time.sleep(0.1)


@contextmanager
def memory_group(inside: MemoryGroup | None = None) -> Iterator[MemoryGroup]:
    """A new group, inside another one or none; the test is skipped where none can be made."""
    if sys.platform != "linux" or shutil.which("sh") is None:
        pytest.skip("memory limits of control groups are Linux's")
    group = _make([inside.folder] if inside else _parents())
    try:
        yield group
    finally:
        group.remove()


def _parents() -> list[Path]:
    """Where a group may be made that counts memory: of version 1, of version 2."""
    return [_GROUPS / "memory", _GROUPS]


def _make(parents: Sequence[Path]) -> MemoryGroup:
    faults = []
    for parent in parents:
        try:
            group = MemoryGroup(parent)
        except OSError as error:
            faults.append(f"{parent}: {error.strerror}")
            continue
        try:
            group.limit(2**40)
            return group
        except OSError as error:
            group.remove()
            faults.append(f"{group.folder}: {error.strerror}")
    pytest.skip(f"no control group with a memory limit can be made here ({'; '.join(faults)})")
