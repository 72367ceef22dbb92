"""The item that goes through the pipelines: one candidate URL, from its fetched page to its one Outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article import Article, Rejected
from newscrawl.steps.read import FetchedPage
from newscrawl.store import Arrival, KeptPage
from newscrawl.warc.as_fetched import AsFetched


@dataclass(slots=True)
class PageItem:
    """A candidate with its page, and then with its article or the reason why there is none."""

    arrival: Arrival
    page: FetchedPage | None = None
    """None where none could be fetched, and after it was read: the bytes are not needed any more."""
    result: Article | Rejected | None = field(default=None, repr=False)
    """What was read from the page, or why it could not be fetched."""
    as_fetched: AsFetched | None = field(default=None, repr=False)
    """The page as it came over the wire, until it is kept; None where none are."""
    listed_at: datetime | None = None
    """The publication time that its listing stated; it is kept with the page, to be read again with it."""
    kept: KeptPage | None = None
    """Where it lies."""
