"""What a database's refusal means for people: which fault, and its mend."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import sqlalchemy as sa

from newscrawl.config import variable
from newscrawl.store.packed import DamagedError

LEAST_FREE = 65_536
"""Bytes: with fewer on its disk, SQLite cannot even begin to write."""
_ELSEWHERE = f"point {variable('store_url')} elsewhere"
_MENDS = {
    "READONLY": "it cannot be written (the file, its folder or its disk is read-only); make it writable, or "
    f"{_ELSEWHERE}",
    "FULL": "its disk is full; free some space and run the same again: what was stored before is intact",
    "BUSY": "another process has been writing to it for 30 seconds; let that end, and run the same again",
    "LOCKED": "another process has been writing to it for 30 seconds; let that end, and run the same again",
    "CORRUPT": "it is damaged; restore a copy, or save what can be read into a new file with "
    "`sqlite3 OLD .recover | sqlite3 NEW`",
    "NOTADB": "it cannot be opened as a newscrawl store, for it is no database or its beginning is damaged; "
    f"restore a copy, move the file away or {_ELSEWHERE}",
    "CANTOPEN": f"it cannot be opened; see that file and folder are there and may be read, or {_ELSEWHERE}",
    "PERM": f"it may not be opened; see who may read and write file and folder, or {_ELSEWHERE}",
    "IOERR": "its disk answers with an error, or its files were taken away; see to the disk, and let "
    "`newscrawl doctor` check the archive",
}
"""Primary result code of SQLite (https://www.sqlite.org/rescode.html) → what it is, and the mend."""


def sentence(error: sa.exc.DBAPIError, place: str) -> str:
    """A refusal in words.

    Args:
        error: what SQLAlchemy raised.
        place: where the archive is, as people know it.
    """
    mend = _MENDS.get(code_at(error, place))
    if mend is None:
        mend = f"move the file away or {_ELSEWHERE}"
        return f"{place}: cannot be opened as a newscrawl store ({error.orig}); {mend}"
    return f"{place}: {mend} ({error.orig})"


def damaged(what: str, place: str) -> str:
    """That an archive is damaged, and the mend."""
    return f"{place}: {_MENDS['CORRUPT']} ({what})"


def ending(error: Exception, place: str) -> str:
    """The sentence of a fault after which nothing more can be stored; "" for every other error."""
    if isinstance(error, DamagedError):
        return damaged(str(error), place)
    if isinstance(error, sa.exc.DBAPIError) and code_at(error, place) in _MENDS:
        return sentence(error, place)
    return ""


def code(error: sa.exc.DBAPIError) -> str:
    """SQLite's primary result code, without its beginning: READONLY for SQLITE_READONLY_DIRECTORY."""
    name = str(getattr(error.orig, "sqlite_errorname", "")).removeprefix("SQLITE_").partition("_")[0]
    if not name and str(error.orig).startswith("Could not decode to UTF-8"):
        return "CORRUPT"  # a text that was overwritten; the driver has no code for it
    return name


def code_at(error: sa.exc.DBAPIError, place: str) -> str:
    """The code of a refusal at a place.

    On a full disk the shared memory beside the file cannot grow either, which SQLite calls an error of the
    disk; and what could then be opened for reading only was not made so by anybody.
    """
    name = code(error)
    full = name in ("IOERR", "READONLY", "CANTOPEN") and _is_full(place)
    return "FULL" if full else name


def _is_full(place: str) -> bool:
    folder = Path(place).parent
    try:
        # A disk that is read-only has no room free by nature.
        return os.access(folder, os.W_OK) and shutil.disk_usage(folder).free < LEAST_FREE
    except OSError:
        return False
