"""Kept pages read back: the bytes of a record, and the page with its body, wherever that is."""

from __future__ import annotations

from dataclasses import replace

from newscrawl.config import Config
from newscrawl.steps.keep import kept_in
from newscrawl.store import Place, StoredPage
from newscrawl.warc.as_fetched import AsFetched
from newscrawl.warc.places import PlaceError
from newscrawl.warc.reading import DamagedPageError, read_page


class KeptPageError(Exception):
    """A kept page cannot be had; the message says which, and why."""


class KeptPages:
    """Reads pages by what the store knows of them. From any thread."""

    def __init__(self, config: Config) -> None:
        self._folder = kept_in(config)

    def packed(self, at: Place) -> bytes:
        """The bytes of a record, for `read_page`.

        Raises:
            KeptPageError: they cannot be had.
        """
        try:
            return self._folder.read(at.name, at.place, at.offset, at.length)
        except PlaceError as error:
            raise KeptPageError(f"{at.url}: its page cannot be read. {error}") from error

    def read(self, page: StoredPage) -> AsFetched:
        """A page as it was fetched; where another one has its body, with that.

        Raises:
            KeptPageError: it cannot be had, or its body was deleted with the file that had it.
        """
        if page.body_at is None:
            raise KeptPageError(
                f"{page.at.url}: fetched on {page.at.fetched_at:%Y-%m-%d %H:%M} UTC, its body was the same "
                "as that of an earlier page, which was deleted since (newscrawl pages)"
            )
        whole = page.body_at.number == page.at.number
        own = self._unpacked(page.at, page.at.digest if whole else None)
        if whole:
            return own
        return replace(own, body=self._unpacked(page.body_at, page.at.digest).body)

    def _unpacked(self, at: Place, digest: bytes | None) -> AsFetched:
        try:
            return read_page(self.packed(at), digest)
        except DamagedPageError as error:
            raise KeptPageError(
                f"{at.url}: its page in {at.name} at byte {at.offset:,} is damaged: {error}"
            ) from error
