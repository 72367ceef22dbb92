"""Put files and folders in their place whole: a reader sees the old one or the new one, never half of one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

UNFINISHED = ".unfinished"
"""The ending of a file that is still being written."""


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Open a file for writing that takes `path`'s place at the end; an exception leaves the old one there.

    The unfinished file lies beside it (a move between disks is not one step), under a name with a leading
    dot, which readers of data sets pass over.

    Args:
        path: the file; its folder exists.
        private: only its owner may read it, from the first byte on.

    Raises:
        OSError: it cannot be written.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}{UNFINISHED}")
    unfinished.unlink(missing_ok=True)  # of a killed process with our number, as in a container
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
        _sync_folder(path.parent)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def replace_folder(new: Path, target: Path) -> None:
    """Move a finished folder to `target`. A folder that was there moves beside where the new one was.

    Args:
        new: the folder, inside a temporary folder on the same disk; the old one goes with that.
        target: its place; the folder above it exists.

    Raises:
        OSError: it cannot be moved.
    """
    if target.exists():
        target.rename(new.parent / f".{target.name}.before")
    new.rename(target)


def _sync_folder(folder: Path) -> None:
    # A power cut must not undo the move: a new cursor must never stand beside an old day.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
