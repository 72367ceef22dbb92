"""Where the files of kept pages lie: a folder, or wherever fsspec reaches (`s3://bucket/news`, `file:///…`).

Files are always written into a folder of this machine. For a place elsewhere that is a folder beside the
archive, from which a file is moved when it is whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from newscrawl.config import variable

_OBJECTS = frozenset({"s3", "gs", "gcs", "az", "abfs"})
"""Protocols of stores that have no folders: to make one would make a bucket of a mistyped name."""


class PlaceError(Exception):
    """A place or a file in it cannot be reached; the message says which, why, and how to mend it."""


class AbsentError(PlaceError):
    """A file is not where it should be, though its place can be reached."""


class Folder:
    """A place for files of pages.

    Args:
        place: an absolute path, or a URL.
        spool: where files are written that belong elsewhere.

    Attributes:
        place: the same.
        home: the folder on this machine where files are written.
        remote: whether they are moved from there.
    """

    def __init__(self, place: str, spool: Path) -> None:
        local = local_path(place)
        self.place = str(local or place)
        self.home = local or spool
        self.remote = local is None

    def check(self) -> None:
        """See that files can be written, before anything is fetched; nothing is made.

        Raises:
            PlaceError: they cannot, or nobody knows how to reach the place.
        """
        nearest = next(folder for folder in (self.home, *self.home.parents) if folder.exists())
        if not (nearest.is_dir() and os.access(nearest, os.W_OK)):
            raise PlaceError(
                f"{self.home}: no pages can be kept there, for {nearest} cannot be written. Make it "
                f"writable, point {variable('pages')} elsewhere, or set {variable('pages')}=off"
            )
        if self.remote:
            with _explained(self.place):
                _system(self.place)

    def read(self, name: str, place: str, offset: int, length: int) -> bytes:
        """A part of a file.

        Args:
            name: the file's.
            place: where it was put once; it is looked for here, too, for folders are moved.
            offset: where the part begins.
            length: how long it is.

        Raises:
            AbsentError: the file is at none of these places.
            PlaceError: they cannot be reached.
        """
        faults = []
        for where in dict.fromkeys((place, str(self.home), self.place)):
            try:
                return _read(where, name, offset, length)
            except PlaceError as error:
                faults.append(error)
        raise next((one for one in faults if not isinstance(one, AbsentError)), faults[0])

    def has(self, name: str, place: str) -> bool:
        """Whether a file can be read, as `read` looks for it. Of a place elsewhere this is believed."""
        paths = [local_path(where) for where in (place, str(self.home), self.place)]
        return None in paths or any((path / name).is_file() for path in paths if path)

    def move(self, name: str) -> None:
        """Move a whole file from `home` to the place elsewhere; one that was moved in part is moved again.

        The file at home is still there, for `forget` at home.

        Raises:
            PlaceError: it cannot be moved.
        """
        source = self.home / name
        with _explained(self.place):
            system, folder = _system(self.place)
            if self.place.partition("://")[0] not in _OBJECTS:
                system.makedirs(folder, exist_ok=True)
            system.put_file(str(source), f"{folder}/{name}")
            system.invalidate_cache()
            arrived, size = system.info(f"{folder}/{name}")["size"], source.stat().st_size
        if arrived != size:
            raise PlaceError(f"{self.place}/{name}: {arrived} bytes of {size} arrived")


def remove(name: str, place: str) -> None:
    """Delete a file; one that is gone is gone.

    Raises:
        PlaceError: it cannot be deleted, or its place cannot be reached.
    """
    with _explained(place):
        if path := local_path(place):
            if not path.is_dir():
                raise FileNotFoundError(f"there is no folder {path}")
            (path / name).unlink(missing_ok=True)
            return
        system, folder = _system(place)
        system.invalidate_cache()
        if system.exists(f"{folder}/{name}"):
            system.rm_file(f"{folder}/{name}")


def local_path(place: str) -> Path | None:
    """The path of a place on this machine; None: it is elsewhere."""
    if place.startswith("file://"):
        return Path(unquote(urlsplit(place).path))
    return None if "://" in place else Path(place)


def _read(place: str, name: str, offset: int, length: int) -> bytes:
    try:
        with _explained(place):
            return _part(place, name, offset, length)
    except PlaceError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            raise AbsentError(f"{place}: {name} is not there") from error
        raise


def _part(place: str, name: str, offset: int, length: int) -> bytes:
    if path := local_path(place):
        with (path / name).open("rb") as stream:
            stream.seek(offset)
            return stream.read(length)
    system, folder = _system(place)
    part: bytes = system.cat_file(f"{folder}/{name}", start=offset, end=offset + length)
    return part


def _system(place: str) -> tuple[Any, str]:
    """The file system of a URL, as fsspec has it, and the path of the place in it."""
    from fsspec.core import url_to_fs

    system, folder = url_to_fs(place)
    return system, str(folder).rstrip("/")


@contextmanager
def _explained(place: str) -> Iterator[None]:
    """Whatever a file system raises as a PlaceError; each has errors of its own."""
    try:
        yield
    except ImportError as error:
        extra = "install newscrawl[s3]" if place.startswith("s3://") else "install what fsspec asks for"
        raise PlaceError(f"{place}: cannot be reached ({error}); {extra}") from error
    except Exception as error:
        why = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise PlaceError(f"{place}: cannot be reached ({why})") from error
