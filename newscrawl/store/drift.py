"""Drift: an outlet whose newest pages give clearly less than those of the month before them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from fractions import Fraction

WINDOW = timedelta(days=30)
"""How far back the newest runs are compared."""
ENOUGH_LATEST = 10
"""Articles (or pages) of the newest runs, and …"""
ENOUGH_BEFORE = 30
"""… of the window, without which chance would speak."""
BODY_SHARE = Fraction(70, 100)
"""Bodies of less than this part of the words they used to have are a fault of ours, not a quiet day."""
FIELD_POINTS = Fraction(20, 100)
"""A field (or an article) found on so much less of the pages is one that is not found any more."""

FIELDS = ("published_at", "authors", "section", "tags", "image", "summary")
"""Fields of an Article whose presence is counted. A title is always there: without one it is none."""
BODY, PAGES = "body", "pages"
"""The measures that are no fields: words of a body, and pages that were articles."""


@dataclass(slots=True)
class Numbers:
    """What some runs read at one outlet."""

    articles: int = 0
    """Articles stored, updated or found unchanged, each once a run."""
    rejected: int = 0
    """Pages that were fetched and gave no article of our kind."""
    words: int = 0
    """Of all bodies together."""
    fields: dict[str, int] = field(default_factory=dict)
    """How many of the articles had it, by the names of `FIELDS`."""

    @property
    def pages(self) -> int:
        """Pages that were read."""
        return self.articles + self.rejected

    @property
    def mean_words(self) -> Fraction:
        """Words of a body, in the mean; 0 without articles."""
        return Fraction(self.words, self.articles) if self.articles else Fraction(0)

    @property
    def article_share(self) -> Fraction:
        """The share of the pages that were articles; 0 without pages."""
        return Fraction(self.articles, self.pages) if self.pages else Fraction(0)

    def coverage(self, name: str) -> Fraction:
        """The share of the articles that had a field; 0 without articles."""
        return Fraction(self.fields.get(name, 0), self.articles) if self.articles else Fraction(0)

    def add(self, other: Numbers) -> None:
        """Take in another run's numbers."""
        self.articles += other.articles
        self.rejected += other.rejected
        self.words += other.words
        for name, number in other.fields.items():
            self.fields[name] = self.fields.get(name, 0) + number

    @property
    def enough(self) -> bool:
        """Whether there is enough to judge by: articles, or else pages that should have been articles."""
        return self.articles >= ENOUGH_LATEST or self.pages >= 3 * ENOUGH_LATEST


@dataclass(frozen=True, slots=True)
class Drift:
    """One measure of an outlet that has dropped."""

    outlet: str
    measure: str
    """`body`, `pages`, or a field of an Article."""
    latest: float
    """Words (`body`), else a share from 0 to 1."""
    before: float


def drifts(outlet: str, latest: Numbers, before: Numbers) -> list[Drift]:
    """Which measures of an outlet have dropped. Shares are exact fractions: a limit met is met."""
    found = []
    if latest.pages >= ENOUGH_LATEST and before.pages >= ENOUGH_BEFORE:
        found += _missed(outlet, PAGES, latest.article_share, before.article_share)
    if latest.articles >= ENOUGH_LATEST and before.articles >= ENOUGH_BEFORE:
        if latest.mean_words < BODY_SHARE * before.mean_words:
            found.append(Drift(outlet, BODY, float(latest.mean_words), float(before.mean_words)))
        for name in FIELDS:
            found += _missed(outlet, name, latest.coverage(name), before.coverage(name))
    return found


def _missed(outlet: str, measure: str, latest: Fraction, before: Fraction) -> list[Drift]:
    dropped = before - latest >= FIELD_POINTS
    return [Drift(outlet, measure, float(latest), float(before))] if dropped else []
