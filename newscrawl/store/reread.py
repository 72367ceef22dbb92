"""Kept pages as today's rules read them, put into the archive: what only our rules change is no edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from newscrawl.article import Article, Outcome, Rejected
from newscrawl.dedupe.changes import same_words
from newscrawl.extraction.differences import Difference
from newscrawl.extraction.rules import RULES
from newscrawl.store import claims
from newscrawl.store.articles import Versioned, from_row
from newscrawl.store.candidates import Proposal
from newscrawl.store.pages import StoredPage
from newscrawl.store.save import HOLDING, rewrite, save
from newscrawl.store.schema import articles, pages, visits

FOUND_IN = "kept page"


@dataclass(slots=True)
class Reading:
    """A kept page as it is read now, beside the article that the archive had when it was read."""

    page: StoredPage
    before: Versioned | None
    """None where the page was refused."""
    now: Article | Rejected
    """An article of the archive has its identity already (`differences.reread`), and its names."""
    differences: Sequence[Difference] = ()
    failed: bool = False
    """The page could not be read at all; `now` says why."""
    known: bool = False
    """It was given up on purpose: nothing is broken, and no later try does better."""


def to_reread(
    connection: sa.Connection, *, below: int | None, since: datetime | None, outlets: Sequence[str]
) -> list[int]:
    """The numbers of the newest page of each article, and of each address that was refused, the oldest first.

    Args:
        connection: to the store.
        below: only pages that rules older than these have read; None: all.
        since: only pages fetched since then.
        outlets: only of these; none: of all.
    """
    newest = sa.func.max(pages.c.number)
    holding = pages.c.outcome.in_(HOLDING), pages.c.article_id.is_not(None)
    of_articles = sa.select(newest).where(*holding).group_by(pages.c.article_id)
    of_addresses = sa.select(newest).group_by(pages.c.id)
    refused = sa.and_(pages.c.article_id.is_(None), pages.c.number.in_(of_addresses))
    query = sa.select(pages.c.number).where(sa.or_(pages.c.number.in_(of_articles), refused))
    if below is not None:
        query = query.where(pages.c.rules < below)
    if since is not None:
        query = query.where(pages.c.fetched_at >= since)
    if outlets:
        query = query.where(pages.c.outlet.in_(outlets))
    return list(connection.execute(query.order_by(pages.c.number)).scalars())


def articles_of(connection: sa.Connection, some: Sequence[StoredPage]) -> dict[str, Versioned]:
    """The articles that these pages are, by id."""
    wanted = {page.article_id for page in some} - {None}
    rows = connection.execute(sa.select(articles).where(articles.c.id.in_(wanted)))
    return {row.id: Versioned(from_row(row), row.version) for row in rows}


def apply(connection: sa.Connection, run_id: int, started_at: datetime, reading: Reading) -> Proposal:
    """Put what is read now into the archive; the end of the page, as a candidate of the run.

    UPDATED: the article has other words, as a revision whose cause is our rules, or is described otherwise.
    UNCHANGED: nothing differs. STORED: it was refused, and is an article now. An outcome of rejection: it is
    refused now; an article that the archive has from it stays. POSTPONED: the article changed meanwhile.

    Args:
        connection: in a write transaction.
        run_id: the run that reads.
        started_at: when it began.
        reading: of one page.
    """
    page = reading.page
    outcome, reason, article_id = _apply(connection, run_id, started_at, reading)
    if outcome is not Outcome.POSTPONED and not reading.failed:
        values: dict[str, object] = {"rules": RULES}
        if reading.before is None:
            values |= {"outcome": outcome.value, "article_id": article_id}
            values["revision"] = 1 if outcome is Outcome.STORED else None
        connection.execute(sa.update(pages).where(pages.c.number == page.at.number).values(values))
    return Proposal(page.at.url, page.outlet, FOUND_IN, outcome, reason, article_id)


def _apply(
    connection: sa.Connection, run_id: int, started_at: datetime, reading: Reading
) -> tuple[Outcome, str, str | None]:
    now, before = reading.now, reading.before
    if isinstance(now, Rejected):
        if before is None and not reading.failed:
            return now.outcome, "", None
        stays = "; its article stays as it was" if before else ""
        return now.outcome, now.reason + stays, before.article.id if before else None
    if before is None:
        return _store(connection, run_id, started_at, reading.page, now)
    if not reading.differences:
        return Outcome.UNCHANGED, "", now.id
    row = connection.execute(
        sa.select(articles.c.number, articles.c.version).where(articles.c.id == now.id)
    ).one_or_none()
    if row is None or row.version != before.version:
        return Outcome.POSTPONED, "it changed while it was read; the next reextract reads it again", now.id
    revised = not same_words((before.article.title, before.article.body), (now.title, now.body))
    if revised:
        now.revision, now.cause = before.article.revision + 1, "rules"
    rewrite(connection, row.number, now, run_id=run_id, revised=revised)
    kinds = ", ".join(one.kind for one in reading.differences)
    return Outcome.UPDATED, f"revision {now.revision}: {kinds}", now.id


def _store(
    connection: sa.Connection, run_id: int, started_at: datetime, page: StoredPage, article: Article
) -> tuple[Outcome, str, str | None]:
    """Store a page that was refused when it was fetched, by the steps of a crawl."""
    settled = claims.settle(connection, article, article.read_at or article.canonical_url, run_id)
    saved = save(
        connection, article, run_id=run_id, own_id=page.id, settled=settled, run_started_at=started_at
    )
    ended = {"outcome": saved.outcome.value, "reason": saved.reason, "article_id": saved.article_id}
    connection.execute(sa.update(visits).where(visits.c.id == page.id).values(ended))
    return saved.outcome, saved.reason, saved.article_id
