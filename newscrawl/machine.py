"""What the machine, or the container, gives us."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

_THIS_PROCESS = Path("/proc/self")
_WITHOUT_WORD = 2 * 1024**3
"""What a machine is taken to have that does not say."""


def memory_limit(process: Path = _THIS_PROCESS) -> int:
    """Bytes of memory that this process and its children may use: the machine's, or its control group's.

    Of every control group that holds the process, of version 1 or 2, the lowest limit counts: the kernel
    kills for the limit of a parent, too.

    Args:
        process: where the kernel tells of this process: its groups, and where they are mounted.
    """
    return min([_physical(), *_of_groups(process)])


def _physical() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):
        return _WITHOUT_WORD


@dataclass(frozen=True, slots=True)
class _Mount:
    """Where a hierarchy of control groups is seen.

    Attributes:
        point: the folder.
        root: the group that this folder is: in a container often not the hierarchy's first.
        version: 1 or 2.
    """

    point: Path
    root: PurePosixPath
    version: int

    def folders(self, group: str) -> Iterator[Path]:
        """A group's folder and those of its parents, as far as they are seen."""
        try:
            inside = PurePosixPath(group).relative_to(self.root)
        except ValueError:  # a group that is not seen from here: what is seen holds it nevertheless
            inside = PurePosixPath()
        if ".." in inside.parts:  # a group outside this process's namespace of groups
            inside = PurePosixPath()
        for part in (inside, *inside.parents):
            yield self.point / part


def _of_groups(process: Path) -> Iterator[int]:
    """The limits of the groups that hold a process."""
    groups = dict(_groups(_lines(process / "cgroup")))
    for mount in filter(None, map(_mount, _lines(process / "mountinfo"))):
        group = groups.get(mount.version)
        if group is None:
            continue
        for folder in mount.folders(group):
            yield from _limits(folder, mount.version)


def _groups(lines: list[str]) -> Iterator[tuple[int, str]]:
    """By version the group that counts memory, from lines like 4:memory:/docker/1f and 0::/user.slice."""
    for line in lines:
        _, controllers, group = [*line.split(":", 2), "", ""][:3]
        if not controllers:
            yield 2, group
        elif "memory" in controllers.split(","):
            yield 1, group


def _mount(line: str) -> _Mount | None:
    """A hierarchy of groups that counts memory; None of what else is mounted."""
    before, _, after = line.partition(" - ")
    fields, kind, options = before.split(" "), after.partition(" ")[0], after.rpartition(" ")[2]
    if len(fields) < 5 or not (kind == "cgroup2" or (kind == "cgroup" and "memory" in options.split(","))):
        return None
    root, point = (_unescaped(field) for field in fields[3:5])
    return _Mount(Path(point), PurePosixPath(root), 2 if kind == "cgroup2" else 1)


def _unescaped(path: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), path)


def _limits(folder: Path, version: int) -> Iterator[int]:
    """The limits that one group sets; none where it sets none ("max")."""
    if version == 2:
        names = ("memory.max", "memory.high")  # above the second nothing is killed, and all but stands still
        words = [word for name in names for word in _lines(folder / name)]
    else:  # its own, and the lowest of its own and its parents', which a container may not see
        statistics = dict(line.partition(" ")[::2] for line in _lines(folder / "memory.stat"))
        words = [*_lines(folder / "memory.limit_in_bytes"), statistics.get("hierarchical_memory_limit", "")]
    yield from (int(word) for word in words if word.isdecimal())


def _lines(file: Path) -> list[str]:
    with suppress(OSError, ValueError):
        return file.read_text(encoding="utf-8").splitlines()
    return []
