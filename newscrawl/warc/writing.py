"""Pages written into WARC files, on a thread of its own; a page is written when it is synced to the disk.

Every run begins files of its own. What was written stays as it is: a killed run leaves at most a last record
that is cut off, and no other run appends to that file. The pages that wait are synced together.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import IO, Any

from newscrawl.warc import making
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.warc.making import Original

MAX_BYTES = 10**9
"""Of a file; the page that goes beyond it is the last. The standard recommends it (ISO 28500, annex C)."""
_TOGETHER = 64
"""Pages that are synced at once."""


@dataclass(frozen=True, slots=True)
class Written:
    """Where a page lies."""

    file: int
    """Its file, as `Writer.opened` has numbered it."""
    offset: int
    length: int
    """Bytes of its answer's record, packed."""
    end: int
    """Where in the file all that was written of the page ends."""


@dataclass(slots=True)
class _Job:
    page: AsFetched
    findings: Mapping[str, Any]
    original: Original | None
    done: Future[Written] = field(default_factory=Future)


@dataclass(slots=True)
class _File:
    number: int
    path: Path
    info: str
    """The id of its `warcinfo`."""
    stream: IO[bytes]
    day: str
    end: int = 0


class Writer:
    """Writes a run's pages. From any thread; `close` ends it.

    Args:
        folder: where files are begun; it is made with the first one.
        run: the run's number, which is a part of the files' names.
        opened: called on the writer's thread with a file's name before the file is made; gives its number.
        closed: called there with a file's number and path when it is whole.
        fields: of the record at the beginning of each file.
        max_bytes: of a file.
        now: the clock.
    """

    def __init__(
        self,
        folder: Path,
        run: int,
        *,
        opened: Callable[[str], int],
        closed: Callable[[int, Path], None],
        fields: Mapping[str, str],
        max_bytes: int = MAX_BYTES,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._folder, self._run, self._fields = folder, run, fields
        self._opened, self._closed = opened, closed
        self._max_bytes, self._now = max_bytes, now
        self._serial = 0
        self._file: _File | None = None
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="pages", daemon=True)
        self._thread.start()

    def write(
        self, page: AsFetched, findings: Mapping[str, Any], original: Original | None = None
    ) -> Future[Written]:
        """Have a page written.

        Args:
            page: the page.
            findings: what was found in it.
            original: a page that is kept and has the same body; this one is then written without it.

        Returns:
            Where it lies, once it is synced; OSError where it cannot be written, and what `opened` raises.
        """
        job = _Job(page, findings, original)
        self._jobs.put(job)
        return job.done

    def close(self) -> None:
        """Write what waits, and end."""
        self._jobs.put(None)
        self._thread.join()

    def _work(self) -> None:
        going = True
        while going:
            some, going = self._take()
            try:
                self._write(some)
            except Exception as error:
                for job in some:
                    job.done.set_exception(error)
        with suppress(OSError):
            self._end_file()

    def _take(self) -> tuple[list[_Job], bool]:
        """All that waits, and whether there will be more."""
        some = [self._jobs.get()]
        with suppress(Empty):
            while some[-1] is not None and len(some) < _TOGETHER:
                some.append(self._jobs.get_nowait())
        wanted = [job for job in some if job is not None and job.done.set_running_or_notify_cancel()]
        return wanted, some[-1] is not None

    def _write(self, some: list[_Job]) -> None:
        """Write pages and sync them.

        Raises:
            OSError: none of them is written, and nothing of them is in the file.
        """
        if not some:
            return
        file = self._open_file()
        before, places = file.end, []
        try:
            for job in some:
                places.append(self._append(file, job))
            _sync(file.stream)
        except BaseException:
            _cut(file, before)
            raise
        for job, place in zip(some, places, strict=True):
            job.done.set_result(place)

    def _append(self, file: _File, job: _Job) -> Written:
        id, offset = making.new_id(), file.end
        answer = making.answer(job.page, id, file.info, job.original)
        beside = making.request(job.page, id, file.info)
        beside += making.metadata(job.page, id, file.info, job.findings)
        _write_all(file.stream, answer + beside)
        file.end += len(answer) + len(beside)
        return Written(file.number, offset, len(answer), file.end)

    def _open_file(self) -> _File:
        """The file to go on in: a new one at first, after a day's end, and when one is full."""
        day = f"{self._now():%Y%m%d}"
        if self._file and (self._file.end >= self._max_bytes or self._file.day != day):
            self._end_file()
        if self._file is None:
            self._file = self._begin_file()
        return self._file

    def _begin_file(self) -> _File:
        now = self._now()
        self._folder.mkdir(parents=True, exist_ok=True)
        self._serial += 1
        path = self._folder / file_name(now, self._run, self._serial)
        number = self._opened(path.name)
        stream = path.open("xb", buffering=0)
        record, info = making.warcinfo(path.name, now, self._fields)
        file = _File(number, path, info, stream, f"{now:%Y%m%d}")
        try:
            _write_all(stream, record)
            file.end = len(record)
            _sync(stream)
            _sync_folder(self._folder)
        except BaseException:
            stream.close()
            raise
        return file

    def _end_file(self) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.stream.close()
            self._closed(file.number, file.path)


def file_name(now: datetime, run: int, serial: int) -> str:
    """A file's name: when it was begun (UTC), its run, and which of that run's files it is."""
    return f"newscrawl-{now.astimezone(UTC):%Y%m%d%H%M%S}-{run:06}-{serial:05}.warc.gz"


def _cut(file: _File, size: int) -> None:
    """Take out of a file what was written of pages that are not in it, such as on a full disk."""
    file.end = size
    with suppress(OSError):
        file.stream.truncate(size)
        file.stream.seek(size)


def _write_all(stream: IO[bytes], data: bytes) -> None:
    """Write all of it; a disk that is full takes a part and says nothing."""
    rest = memoryview(data)
    while rest:
        rest = rest[stream.write(rest) :]


def _sync(stream: IO[bytes]) -> None:
    getattr(os, "fdatasync", os.fsync)(stream.fileno())  # not everywhere; the file's times need no sync


def _sync_folder(folder: Path) -> None:
    # A power cut must not take a file away whose pages the store knows.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
