"""The files that an ingest was given: paths, folders, patterns, fsspec URLs, standard input."""

from __future__ import annotations

import glob
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, cast

STDIN = "-"
ENDINGS = (".warc", ".warc.gz", ".jsonl", ".jsonl.gz")
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".html.gz", ".htm.gz")
"""Endings of the files in a folder that are taken; of others nobody knows what they are."""
BESIDE = (
    *(".css", ".js", ".json", ".xml", ".txt", ".csv", ".pdf", ".map", ".woff", ".woff2", ".ttf", ".mp3"),
    *(".mp4", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico"),
)
"""Endings of what browsers and mirrors save beside the pages."""


class NoFileError(Exception):
    """What was given names no file; the message says why."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file.

    Attributes:
        name: as places in it are named: its file's name, or more of its path where two have the same.
        path: a local path, an fsspec URL, or "-" for standard input.
        inside: its path below the folder that was given, with slashes; else its file's name.
        size: its bytes; None where that is not known.
        modified: when it was last written; None where that is not known.
    """

    name: str
    path: str
    inside: str
    size: int | None = None
    modified: datetime | None = None

    @property
    def is_page(self) -> bool:
        """Whether its name says that it is a web page."""
        return self.path.lower().endswith(PAGES)

    @contextmanager
    def open(self) -> Iterator[Opened]:
        """Its bytes, for as long as they are read.

        Raises:
            OSError: it cannot be opened.
        """
        if self.path == STDIN:
            yield Opened(sys.stdin.buffer)
        elif _is_url(self.path):
            system, path = _file_system(self.path)
            with system.open(path, "rb") as stream:
                yield Opened(stream)
        else:
            with Path(self.path).open("rb") as local:
                yield Opened(local)

    def open_at(self, offset: int) -> Any:
        """Its bytes from one of them on, to be closed by the caller; None where it can be read only once.

        Raises:
            OSError: it cannot be opened.
        """
        if self.path == STDIN:
            return None
        if _is_url(self.path):
            system, path = _file_system(self.path)
            stream = system.open(path, "rb")
        else:
            stream = Path(self.path).open("rb")  # noqa: SIM115  (the caller's)
        stream.seek(offset)
        return stream


class Opened:
    """A file that is read from its beginning to its end, whose first bytes may be looked at before.

    Attributes:
        position: how many bytes were read.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self.position = 0
        self._stream, self._ahead = stream, b""

    def peek(self, size: int) -> bytes:
        """The next bytes, as many as there are of `size`; they are not read with it."""
        while len(self._ahead) < size and (piece := self._stream.read(size - len(self._ahead))):
            self._ahead += piece
        return self._ahead[:size]

    def read(self, size: int = -1) -> bytes:
        """The next bytes, fewer than `size` only after a `peek` and at the end."""
        if not self._ahead:
            got = self._stream.read(size)
        elif size < 0:
            got, self._ahead = self._ahead + self._stream.read(), b""
        else:
            got, self._ahead = self._ahead[:size], self._ahead[size:]
        self.position += len(got)
        return got


def find_sources(words: Sequence[str], *, all_files: bool = False) -> list[Source]:
    """The files that words name, each once, a folder's and a pattern's in the order of their names.

    Args:
        words: paths, folders, patterns, fsspec URLs, or "-".
        all_files: also those of a folder whose endings say nothing.

    Raises:
        NoFileError: a word names no file.
    """
    found: dict[str, Source] = {}
    for word in words:
        some = list(_of_word(word, all_files=all_files))
        if not some:
            raise NoFileError(f"{word}: there is no such file, nor anything to take in")
        for source in some:
            found.setdefault(source.path, source)
    return _with_names_of_their_own(list(found.values()))


def _with_names_of_their_own(sources: list[Source]) -> list[Source]:
    names = [source.name for source in sources]
    return [replace(one, name=one.path) if names.count(one.name) > 1 else one for one in sources]


def _of_word(word: str, *, all_files: bool) -> Iterator[Source]:
    if word == STDIN:
        yield Source("standard input", STDIN, STDIN)
    elif _is_url(word):
        yield from _of_url(word, all_files=all_files)
    elif Path(word).is_dir():
        for path in sorted(Path(word).rglob("*")):
            if path.is_file() and _is_taken(path.name, all_files=all_files):
                yield _local(path, path.relative_to(word).as_posix())
    else:
        paths = [Path(word)] if Path(word).exists() else map(Path, sorted(glob.glob(word, recursive=True)))
        yield from (_local(path, path.name) for path in paths if path.is_file() or path.is_fifo())


def _local(path: Path, inside: str) -> Source:
    if not path.is_file():
        return Source(path.name, str(path), inside)
    known = path.stat()
    return Source(path.name, str(path), inside, known.st_size, datetime.fromtimestamp(known.st_mtime, UTC))


def _is_taken(name: str, *, all_files: bool) -> bool:
    taken = name.lower().endswith(ENDINGS + PAGES)
    beside = name.lower().endswith(BESIDE)
    return not name.startswith(".") and (taken or (all_files and not beside))


# --- elsewhere ------------------------------------------------------------------------------------


def _is_url(word: str) -> bool:
    return "://" in word


def _of_url(url: str, *, all_files: bool) -> Iterator[Source]:
    """The files of an fsspec URL: one, a folder's, or a pattern's."""
    system, path = _file_system(url)
    try:
        if system.isfile(path):
            yield _far(system, path, Path(path).name)
            return
        pattern = any(letter in path for letter in "*?[")
        for one in sorted(system.glob(path) if pattern else system.find(path)):
            inside = one.removeprefix(path).lstrip("/") if not pattern else Path(one).name
            if system.isfile(one) and (pattern or _is_taken(Path(one).name, all_files=all_files)):
                yield _far(system, one, inside)
    except FileNotFoundError:
        return
    except Exception as error:  # each file system has errors of its own
        raise NoFileError(f"{url} cannot be read: {error}") from error


def _far(system: Any, path: str, inside: str) -> Source:
    size = system.info(path).get("size")
    return Source(Path(path).name, system.unstrip_protocol(path), inside, cast("int | None", size))


def _file_system(url: str) -> tuple[Any, str]:
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise NoFileError(f"{url}: {error}") from error
    return system, path
