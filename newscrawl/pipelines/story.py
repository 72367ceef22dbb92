"""The item that goes through the pipelines: one fetched candidate on its way to its one Outcome."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from newscrawl.article import Article, Rejected
from newscrawl.outlets.model import Outlet
from newscrawl.store import Arrival


@dataclass(slots=True)
class Page:
    """What the server answered."""

    url: str
    """After redirects."""
    body: bytes = field(repr=False)
    content_type: str
    encoding: str | None
    fetched_at: datetime


@dataclass(slots=True)
class Story:
    """A candidate with its page, and then with its article or the reason why there is none."""

    arrival: Arrival
    outlet: Outlet = field(repr=False)
    published_at: datetime | None = None
    """The publication time that the listing stated."""
    page: Page | None = None
    article: Article | None = field(default=None, repr=False)
    rejection: Rejected | None = None
