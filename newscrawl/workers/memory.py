"""How much memory a process has in use."""

from __future__ import annotations

import os
from pathlib import Path

MEGABYTE = 1024 * 1024


def resident_bytes(pid: int | None = None) -> int:
    """The resident memory of a process (None: this one); 0 where it has ended or the system has no /proc."""
    try:
        pages = Path(f"/proc/{pid or 'self'}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
