"""A candidate: one link that may be an article, with what the listing said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

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
