"""What each crawl read at each outlet: counted as articles are kept, and compared over the runs.

The numbers are written in the transaction that ends the page, so a killed run has exactly those of the pages
it ended, and no page is counted twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite import insert

from newscrawl.article import Article, Outcome
from newscrawl.store.drift import FIELDS, WINDOW, Drift, Numbers, drifts
from newscrawl.store.schema import articles, run_fields, runs

READ = frozenset({Outcome.STORED, Outcome.UPDATED, Outcome.UNCHANGED})
"""Outcomes of an article that a run has read; a duplicate's article is read under its other address."""
REJECTED = frozenset({Outcome.NOT_ARTICLE, Outcome.NOT_ARABIC, Outcome.TOO_SHORT, Outcome.EXTRACT_ERROR})
"""Outcomes of a page that was fetched and not read as an article."""

_COUNTED = ("articles", "rejected", "words", *FIELDS)
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
    """Whether an article was fetched since a moment, and so is counted by a run that began then."""
    last_seen = connection.execute(
        sa.select(articles.c.last_seen_at).where(articles.c.id == article_id)
    ).scalar()
    return last_seen is not None and last_seen >= moment


def count_article(connection: sa.Connection, run_id: int, outlet: str, article: Article) -> None:
    """Count an article that a run has read."""
    had = {name: int(bool(getattr(article, name))) for name in FIELDS}
    _add(connection, run_id, outlet, {"articles": 1, "words": article.word_count, **had})


def count_rejected(connection: sa.Connection, run_id: int, outlet: str) -> None:
    """Count a page that a run fetched and could not read as an article."""
    _add(connection, run_id, outlet, {"rejected": 1})


def _add(connection: sa.Connection, run_id: int, outlet: str, numbers: dict[str, int]) -> None:
    counted = dict.fromkeys(_COUNTED, 0) | numbers
    connection.execute(_ADD, {"run_id": run_id, "outlet": outlet, **counted})


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
    return Numbers(row.articles, row.rejected, row.words, fields)
