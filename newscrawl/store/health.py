"""How well each crawl read each outlet, and drift: outlets whose newest pages yield clearly less than before.

The numbers are written in the transaction that ends the page, so a killed run has exactly those of the pages
it ended, and no page is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Article, Outcome
from newscrawl.store.schema import articles, run_fields, runs

WINDOW = timedelta(days=30)
"""How far back the newest runs are compared."""
ENOUGH_LATEST = 10
"""Fewest articles (or pages) of the newest runs to judge by."""
ENOUGH_BEFORE = 30
"""Fewest of the window before them; with fewer, chance would decide."""
BODY_SHARE = Fraction(70, 100)
"""A body has drifted when its words are less than this part of what they used to be."""
FIELD_POINTS = Fraction(20, 100)
"""A field has drifted when it is found on so much less of the pages; so have the articles themselves."""

FIELDS = ("published_at", "authors", "section", "tags", "image", "summary")
"""Fields of an Article whose presence is counted. Not the title: every article has one."""
BODY, PAGES = "body", "pages"
"""The two other measures: words of a body, and the share of pages that were articles."""


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
    guarded: int = 0
    """Articles whose text is trafilatura's reading, or has it added: the guard of `extraction/choice.py`."""

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

    @property
    def guarded_share(self) -> Fraction:
        """The share of the articles that hold trafilatura's reading; 0 without articles."""
        return Fraction(self.guarded, self.articles) if self.articles else Fraction(0)

    def coverage(self, name: str) -> Fraction:
        """The share of the articles that had a field; 0 without articles."""
        return Fraction(self.fields.get(name, 0), self.articles) if self.articles else Fraction(0)

    def add(self, other: Numbers) -> None:
        """Take in another run's numbers."""
        self.articles += other.articles
        self.rejected += other.rejected
        self.words += other.words
        self.guarded += other.guarded
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
    """Which measures of an outlet have dropped. Shares are exact fractions: rounding decides nothing."""
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


READ = frozenset({Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED})
"""Outcomes that count as an article read. A duplicate is counted under its other address."""
REJECTED = frozenset({Outcome.NOT_ARTICLE, Outcome.NOT_ARABIC, Outcome.TOO_SHORT, Outcome.EXTRACT_ERROR})
"""Outcomes of a page that was fetched and not read as an article."""

_COUNTED = ("articles", "rejected", "words", "guarded", *FIELDS)
_ROW = insert(run_fields)
_ADD = _ROW.on_conflict_do_update(
    index_elements=[run_fields.c.run_id, run_fields.c.outlet],
    set_={name: run_fields.c[name] + _ROW.excluded[name] for name in _COUNTED},
)
_SUMS = [sa.func.coalesce(sa.func.sum(run_fields.c[name]), 0).label(name) for name in _COUNTED]


@dataclass(slots=True)
class Health:
    """An outlet's newest numbers beside those of the time before."""

    outlet: str
    run_ids: list[int]
    """The newest run, and as many before it as it takes to judge (`Numbers.enough`), the newest first."""
    latest: Numbers
    """Of those runs."""
    before: Numbers
    """Of the runs of the `WINDOW` before them."""

    @property
    def drifts(self) -> list[Drift]:
        """What has dropped."""
        return drifts(self.outlet, self.latest, self.before)


def seen_since(connection: sa.Connection, article_id: str, moment: datetime) -> bool:
    """Whether an article was fetched since a moment: a run that began then has counted it."""
    last_seen = connection.execute(
        sa.select(articles.c.last_seen_at).where(articles.c.id == article_id)
    ).scalar()
    return last_seen is not None and last_seen >= moment


def count_article(connection: sa.Connection, run_id: int, outlet: str, article: Article) -> None:
    """Count an article that a run has read."""
    had = {name: int(bool(getattr(article, name))) for name in FIELDS}
    counted = {"articles": 1, "words": article.word_count, "guarded": int(bool(article.guarded))}
    _add(connection, run_id, outlet, counted | had)


def count_rejected(connection: sa.Connection, run_id: int, outlet: str) -> None:
    """Count a page that a run fetched and could not read as an article."""
    _add(connection, run_id, outlet, {"rejected": 1})


def _add(connection: sa.Connection, run_id: int, outlet: str, numbers: dict[str, int]) -> None:
    counted = dict.fromkeys(_COUNTED, 0) | numbers
    connection.execute(_ADD, {"run_id": run_id, "outlet": outlet, **counted})


def guarded_in(connection: sa.Connection, run_id: int) -> dict[str, int]:
    """How many articles of a run hold trafilatura's reading, by outlet; outlets without any are left out."""
    query = sa.select(run_fields.c.outlet, run_fields.c.guarded).where(
        run_fields.c.run_id == run_id, run_fields.c.guarded > 0
    )
    return {row.outlet: row.guarded for row in connection.execute(query)}


def of_run(connection: sa.Connection, run_id: int) -> list[Health]:
    """The health of the outlets whose newest numbers are this run's, by outlet."""
    newer = run_fields.alias()
    outlets = connection.execute(
        sa.select(run_fields.c.outlet)
        .where(
            run_fields.c.run_id == run_id,
            ~sa.exists().where(newer.c.outlet == run_fields.c.outlet, newer.c.run_id > run_id),
        )
        .order_by(run_fields.c.outlet)
    ).scalars()
    found = [of_outlet(connection, outlet) for outlet in outlets.all()]
    return [health for health in found if health is not None]


def of_outlet(connection: sa.Connection, outlet: str) -> Health | None:
    """An outlet's health by its newest runs; None where no run has numbers of it."""
    query = (
        sa.select(run_fields, runs.c.started_at)
        .join(runs, runs.c.id == run_fields.c.run_id)
        .where(run_fields.c.outlet == outlet)
        .order_by(run_fields.c.run_id.desc())
    )
    rows: list[sa.Row[Any]] = []
    latest = Numbers()
    with connection.execute(query) as found:
        for row in found:
            if rows and (latest.enough or row.started_at < rows[0].started_at - WINDOW):
                break
            rows.append(row)
            latest.add(_numbers(row))
    if not rows:
        return None
    before = _before(connection, outlet, rows[-1].run_id, rows[-1].started_at)
    return Health(outlet, [row.run_id for row in rows], latest, before)


def _before(connection: sa.Connection, outlet: str, run_id: int, began: datetime) -> Numbers:
    """The sums of an outlet's runs before one, as far back as the window goes."""
    # Runs are numbered as they begin; joining them for their times takes three times as long.
    first = sa.select(sa.func.min(runs.c.id)).where(runs.c.started_at >= began - WINDOW).scalar_subquery()
    row = connection.execute(
        sa.select(*_SUMS).where(
            run_fields.c.outlet == outlet, run_fields.c.run_id >= first, run_fields.c.run_id < run_id
        )
    ).one()
    return _numbers(row)


def _numbers(row: sa.Row[Any]) -> Numbers:
    values = row._mapping
    fields = {name: int(values[name]) for name in FIELDS}
    return Numbers(row.articles, row.rejected, row.words, fields, row.guarded)
