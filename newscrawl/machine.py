"""What the machine, or the container, gives us."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

_GROUPS = Path("/sys/fs/cgroup")


def memory_limit(groups: Path = _GROUPS, own: str | None = None) -> int:
    """Bytes of memory that this process and its children may use: the machine's, or its control group's.

    Args:
        groups: where the kernel shows control groups, of version 2 or 1.
        own: this process's group of version 2 ("/system.slice/news.service"); None: as the kernel says.
    """
    try:
        machine = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (OSError, ValueError):  # a system that does not say
        machine = 2 * 1024**3
    path = PurePosixPath("/", _own_group() if own is None else own)
    files = [groups / str(one).lstrip("/") / "memory.max" for one in (path, *path.parents)]
    files.append(groups / "memory" / "memory.limit_in_bytes")
    return min([machine, *filter(None, map(_number, files))])


def _own_group() -> str:
    try:
        lines = Path("/proc/self/cgroup").read_text(encoding="utf-8").splitlines()
    except OSError:
        return "/"
    return next((line[3:] for line in lines if line.startswith("0::/")), "/")


def _number(file: Path) -> int:
    """The limit in a file; 0 where there is none ("max")."""
    try:
        text = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return 0
    return int(text) if text.isdigit() else 0
