"""State: everything that reads or writes the database. Nothing else in the project does."""

from __future__ import annotations

from datetime import timedelta

from newscrawl.store.archive import Archive
from newscrawl.store.arrivals import Arrival, IngestRow
from newscrawl.store.candidates import Proposal
from newscrawl.store.database import StoreError, open_engine, store_url
from newscrawl.store.health import Drift, Health, Numbers
from newscrawl.store.open_run import OpenRun
from newscrawl.store.outbox import DeadLetter, Retry, Sent, Waiting
from newscrawl.store.pages import KeptPage, PageFile, Pages, Place, StoredPage
from newscrawl.store.quarantine import Suspect
from newscrawl.store.reread import Reading
from newscrawl.store.runs import OutletTally, Run
from newscrawl.store.versions import Revision
from newscrawl.store.visits import REFRESH_WINDOW, Validators, Visit

__all__ = [
    "Archive",
    "Arrival",
    "DeadLetter",
    "Drift",
    "Health",
    "IngestRow",
    "KeptPage",
    "Numbers",
    "OpenRun",
    "OutletTally",
    "PageFile",
    "Pages",
    "Place",
    "Proposal",
    "Reading",
    "Retry",
    "Revision",
    "Run",
    "Sent",
    "StoreError",
    "StoredPage",
    "Suspect",
    "Validators",
    "Visit",
    "Waiting",
    "open_store",
    "store_url",
]


def open_store(
    url: str | None = None,
    *,
    create: bool = True,
    refresh_window: timedelta = REFRESH_WINDOW,
    drop_copies: bool = False,
) -> Archive:
    """Open the archive at an SQLAlchemy URL (None: the configured one).

    Args:
        url: where it is.
        create: make it where there is none.
        refresh_window: how long an article is visited again.
        drop_copies: what is delivered from it leaves out articles that copy another one.

    Raises:
        StoreError: it cannot be opened; the message says why and how to mend it.
    """
    return Archive(open_engine(url, create=create), refresh_window, drop_copies=drop_copies)
