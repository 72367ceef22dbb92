"""What comes into a run: candidates with their ends, and rows of ingested files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from newscrawl.article import Article, Outcome, article_id
from newscrawl.store.pages import KeptPage
from newscrawl.store.quarantine import Suspect


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate whose end is known: its address as listed, its outlet, its canonical URL."""

    url: str
    """As listed."""
    outlet: str
    canonical_url: str
    """The canonical form of `url`, by which visits are remembered."""
    listed_at: datetime | None = None
    """The time its listing stated: modified, else published."""
    page_url: str = ""
    """The page's address, where `url` is a place in a file."""
    seen_at: datetime | None = None
    """When the page was fetched, where others fetched it, at some time in the past; None: now."""

    @property
    def suspect(self) -> Suspect:
        """What is noted before it is asked for."""
        return Suspect(article_id(self.canonical_url), self.outlet, self.url)


class IngestRow(NamedTuple):
    """A row of an ingested file: its article, or why it was rejected."""

    arrival: Arrival
    article: Article | None
    outcome: Outcome
    """Of a row without an article; the store decides the outcome of one that has one."""
    reason: str = ""
    terms: dict[str, str] | None = None
    """The article's search terms (`text_row`), where a worker has made them already."""
    page: KeptPage | None = None
    """The page that it was read from, where that is kept."""
    sample: bytes | None = None
    """What the article is compared with others by (`sample_of`), where a worker has made it already."""
