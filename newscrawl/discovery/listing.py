"""What a listing is: the candidates it lists, its child sitemaps, what was wrong, what it may cost."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Source = Literal["feed", "sitemap", "news-sitemap", "section", "command-line", "archive"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A link found in a feed, a sitemap or a section page.

    `published_at` and `modified_at` always carry an offset; a listing's date without one is read
    in the outlet's zone by the parser that made the candidate.
    """

    url: str
    """Absolute, as the listing wrote it except for white space, fragment and percent-encoding."""
    source: Source
    found_in: str
    """URL of the listing."""
    title: str = ""
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str = ""
    """BCP 47 tag when the listing states one, else empty."""
    seen_at: datetime | None = None
    """When it was first listed or fetched, if known: its place in the order where nothing dates it."""


Kind = Literal["feed", "sitemap", "news-sitemap", "sitemap-index", "text-sitemap", "html", "nothing"]

DEFAULT_MAX_BYTES = 50 * 1024 * 1024
"""The sitemap protocol's own limit for one uncompressed file."""
DEFAULT_MAX_CANDIDATES = 50_000
"""The sitemap protocol's own limit for the URLs of one file."""


@dataclass(frozen=True, slots=True)
class ChildSitemap:
    """A sitemap that a sitemap index names."""

    url: str
    modified_at: datetime | None = None
    """The index's `lastmod`, with offset; a date alone is midnight in the outlet's zone."""


@dataclass(slots=True)
class Listing:
    """One listing, read."""

    kind: Kind
    candidates: list[Candidate] = field(default_factory=list)
    """In the listing's own order; a URL listed twice stands here twice (`choose` merges)."""
    children: list[ChildSitemap] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What is wrong, where, and the mend: one sentence each, for a person."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one listing may cost."""

    max_bytes: int = DEFAULT_MAX_BYTES
    """After decompression; a larger listing is refused with a problem."""
    max_candidates: int = DEFAULT_MAX_CANDIDATES
    """The newest are kept, and a problem says how many were not."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listing was found and how its dates are to be understood."""

    url: str
    zone: ZoneInfo
    """For dates without an offset."""
    now: datetime
    limits: Limits = Limits()
