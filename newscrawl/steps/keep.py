"""The keep step: a page is written and synced as it was fetched, before its article is stored."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from newscrawl import __version__
from newscrawl.article import RECORD, Article, Rejected
from newscrawl.config import Config, variable
from newscrawl.extraction.rules import RULES
from newscrawl.store import Archive, KeptPage, PageFile, Place, StoreError
from newscrawl.store.pages import to_prune
from newscrawl.terminal import amount
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.warc.making import Original
from newscrawl.warc.places import Folder, PlaceError, remove
from newscrawl.warc.writing import Writer, Written

FINDINGS = (
    "canonical_url",
    "outlet",
    "title",
    "published_at",
    "language",
    "word_count",
    "content_hash",
    "rules",
)
"""Fields of an article that are kept beside its page."""
_GIGABYTE = 10**9

_log = logging.getLogger(__name__)


def folder_of(config: Config) -> Folder | None:
    """Where pages are kept; None: nowhere."""
    return Folder(config.pages_place, config.pages_spool) if config.pages_place else None


def kept_in(config: Config) -> Folder:
    """Where pages that were kept are looked for, also where none are kept any more."""
    return folder_of(config) or Folder(str(config.pages_spool), config.pages_spool)


def findings(result: Article | Rejected) -> dict[str, Any]:
    """What was found in a page, to be kept beside it."""
    if isinstance(result, Rejected):
        return {"outcome": result.outcome.value, "reason": result.reason}
    names = [name for name in FINDINGS if name in RECORD]
    return {"outcome": "article", "article_id": result.id, **result.to_json(names)}


class Keeping:
    """Keeps a run's pages. `close` ends it.

    Args:
        archive: where the run is.
        run_id: the run that brings the pages.
        folder: where they are kept.
        config: who crawls, and how long pages stay.
    """

    def __init__(self, archive: Archive, run_id: int, folder: Folder, config: Config) -> None:
        self._archive, self._run_id, self._folder = archive, run_id, folder
        self._days, self._gigabytes = config.pages_days, config.pages_gb
        self._pages = self._bytes = self._revisits = 0
        self._trouble = ""
        self._moving = ThreadPoolExecutor(1, thread_name_prefix="moving-pages")
        self._has = lru_cache(64)(folder.has)
        self._writer = Writer(
            folder.home, run_id, opened=self._opened, closed=self._closed, fields=_fields(config)
        )
        self._move_left_over()

    def original(self, digest: bytes) -> Place | None:
        """A page that is kept with this body, and stays for as long again; None: there is none."""
        half = timedelta(days=self._days / 2) if self._days else timedelta(days=365_000)
        found = self._archive.pages.original(digest, datetime.now(UTC) - half)
        return found if found and self._has(found.name, found.place) else None

    def write(self, page: AsFetched, found: Mapping[str, Any], original: Place | None) -> Future[Written]:
        """Have a page written; see `Writer.write`."""
        known = Original(original.url, original.fetched_at) if original else None
        return self._writer.write(page, found, known)

    def kept(
        self,
        page: AsFetched,
        written: Written,
        original: Place | None,
        listed_at: datetime | None = None,
    ) -> KeptPage:
        """What the store notes of a page that was written."""
        self._pages += 1
        self._bytes += written.end - written.offset
        self._revisits += original is not None
        return KeptPage(
            written.file,
            written.offset,
            written.length,
            written.end,
            page.url,
            page.fetched_at,
            page.digest,
            original.number if original else None,
            listed_at,
            RULES,
        )

    def cannot(self, error: OSError) -> str:
        """Why no page can be kept, and what to do, in words."""
        why = error.strerror or str(error)
        return (
            f"{self._folder.home}: no page can be kept there ({why}); free some space or point "
            f"{variable('pages')} elsewhere, and run the same again: what was stored before is intact"
        )

    def close(self) -> None:
        """Write what waits, and move whole files to where they belong; a second call changes nothing."""
        self._writer.close()
        self._moving.shutdown()

    def end(self) -> list[str]:
        """Close, delete what is too old or too much, and say in sentences what was kept."""
        self.close()
        pruned = prune(self._archive, self._days, self._gigabytes)
        said = [self._sentence()] if self._pages else []
        return [*said, *([self._trouble] if self._trouble else []), *([pruned] if pruned else [])]

    def _sentence(self) -> str:
        size = f"{self._bytes / 1e6:,.1f} MB"
        return (
            f"{amount(self._pages, 'page')} kept as fetched ({size}; {self._revisits:,} as before) in "
            f"{self._folder.place}"
        )

    def _opened(self, name: str) -> int:
        if self._archive.lost:  # a new connection would make a new file; the run ends of it anyway
            raise StoreError("the archive was deleted or replaced during the run")
        return self._archive.pages.open_file(self._run_id, name, str(self._folder.home), datetime.now(UTC))

    def _closed(self, number: int, path: Path) -> None:
        if self._folder.remote:
            self._moving.submit(self._move, number, path.name)

    def _move_left_over(self) -> None:
        """Move what runs before this one have left at home: killed ones, or with nobody to take it."""
        if self._folder.remote:
            for file in self._archive.pages.files():
                if not file.in_use and file.place == str(self._folder.home):
                    self._moving.submit(self._move, file.number, file.name)

    def _move(self, number: int, name: str) -> None:
        try:
            size = (self._folder.home / name).stat().st_size
            self._folder.move(name)
            self._archive.pages.moved(number, self._folder.place, size)
            remove(name, str(self._folder.home))
        except (OSError, PlaceError) as error:
            self._trouble = f"Pages wait in {self._folder.home} to be moved by the next run: {error}"
        except Exception:
            _log.exception("%s could not be moved to %s", name, self._folder.place)


def excess(archive: Archive, days: float, gigabytes: float) -> list[PageFile]:
    """The files that `prune` would delete, the oldest first."""
    return to_prune(archive.pages.files(), datetime.now(UTC), days, gigabytes * _GIGABYTE)


def prune(archive: Archive, days: float, gigabytes: float) -> str:
    """Delete files of pages that are too old, and the oldest while all are too large; says what was done.

    A file that cannot be reached stays, and is tried again by the next run.
    """
    gone: list[PageFile] = []
    trouble = ""
    for file in excess(archive, days, gigabytes):
        try:
            remove(file.name, file.place)
        except PlaceError as error:
            trouble = f" {error}: it stays."
            continue
        archive.pages.forget(file.number)
        gone.append(file)
    return _pruned(gone, trouble)


def _pruned(gone: list[PageFile], trouble: str) -> str:
    pages, size = sum(file.pages for file in gone), sum(file.bytes for file in gone)
    said = f"{amount(len(gone), 'file')} of pages deleted ({amount(pages, 'page')}, {size / 1e6:,.1f} MB)."
    return f"{said if gone else ''}{trouble}".strip()


def _fields(config: Config) -> dict[str, str]:
    """What the first record of a file says of it."""
    return {
        "software": f"newscrawl/{__version__}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obeyed",
        **({"operator": config.contact} if config.contact else {}),
    }
