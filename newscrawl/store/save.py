"""Putting an article into the archive: one transaction over every table it concerns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from newscrawl.arabic.tokens import text_row
from newscrawl.article import Article, Cause, Outcome
from newscrawl.dedupe.canonical import page_forms
from newscrawl.entities.taggers import Names
from newscrawl.store import clusters, fulltext, names, outbox, unclustered, versions
from newscrawl.store.articles import OF_CLUSTER, to_row
from newscrawl.store.claims import Settled
from newscrawl.store.schema import articles, pages, revisions

HOLDING = (Outcome.STORED.value, Outcome.UPDATED.value, Outcome.UNCHANGED.value)
"""Outcomes of kept pages that an article's text was read from: a duplicate has another page's."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a page: the outcome, the article it concerns, and why."""

    outcome: Outcome
    article_id: str | None
    reason: str = ""
    revision: int | None = None
    """The article's revision that the page gave, or confirmed."""


# Made once: to make a statement takes longer than to execute it, and every article needs these.
_KNOWN = sa.select(
    articles.c.number,
    articles.c.content_hash,
    articles.c.revision,
    articles.c.first_seen_at,
    articles.c.last_seen_at,
    articles.c.url,
    articles.c.tagger,
    articles.c.rules,
).where(articles.c.id == sa.bindparam("its_id"))
_LAST = sa.select(sa.func.max(articles.c.number))
_TWIN = (
    sa.select(articles.c.id, articles.c.url)
    .where(
        articles.c.content_hash == sa.bindparam("its_hash"), articles.c.outlet == sa.bindparam("its_outlet")
    )
    .limit(1)
)


def save(
    connection: sa.Connection,
    article: Article,
    *,
    run_id: int,
    own_id: str,
    settled: Settled,
    run_started_at: datetime,
    terms: dict[str, str] | None = None,
    sample: bytes | None = None,
    digest: bytes | None = None,
) -> Saved:
    """Put an article into the archive, unless it is there already.

    Inside the caller's transaction: article, earlier revision, full-text row and outbox row, or nothing.

    Args:
        connection: a connection in a write transaction.
        article: with `content_hash` set. `revision`, `first_seen_at` and its cluster are filled in here. The
            names of a changed text are those given here, be they none; an unchanged text takes those of
            another tagger (`names.put`), and keeps its own where none are given.
        run_id: the run that brought it.
        own_id: the id of the address that was asked for, which may redirect.
        settled: what was decided of its address (`claims.settle`). The text of an article's own page stays
            where another page is read; where the own one comes later, it is no edit of the outlet's.
        run_started_at: when that run began.
        terms: its search terms (`text_row`), where a worker has made them already.
        sample: what it is compared with others by (`sample_of`), in the same way.
        digest: of the page that it was read from, where that is kept: a text that was read otherwise from the
            very page that the archive's text is from is no edit of the outlet's.

    Returns:
        STORED, UPDATED, UNCHANGED, or DUPLICATE. An article that was fetched before the archive's text was
        last seen, and reads otherwise, is DUPLICATE: a text of the past never replaces a newer one. A text in
        which no word is another one (`dedupe.changes`) is UNCHANGED, and the archive's stays to the letter,
        unless other rules read it; where it is the article's own page's, and the archive's is another page's,
        the article goes by its own address from then on.
    """
    known = connection.execute(_KNOWN, {"its_id": article.id}).one_or_none()
    if known is None:
        return _save_new(connection, article, run_id, terms, sample)
    same = known.content_hash == article.content_hash
    if settled.twin or (own_id != article.id and same):
        return Saved(Outcome.DUPLICATE, article.id, f"the same article as {known.url}")
    if same or (known.rules == article.rules and versions.unedited(connection, known.number, article)):
        seen: dict[str, Any] = {"last_seen_at": max(article.fetched_at, known.last_seen_at)}
        if settled.own or (page_forms(known.url) and not page_forms(article.url)):
            seen |= {"url": article.url, "version": outbox.next_version(connection)}
            outbox.enqueue(connection, article.id, seen["version"])
        connection.execute(sa.update(articles).where(articles.c.number == known.number).values(seen))
        if same and article.tagger not in ("", known.tagger):
            names.put(connection, article, Names(article.tagger, article.mentions))
        if known.first_seen_at >= run_started_at:
            return Saved(Outcome.DUPLICATE, article.id, "stored in this run under another address")
        return Saved(Outcome.UNCHANGED, article.id, revision=known.revision)
    if older := _of_the_past(connection, article, known.last_seen_at):
        return Saved(Outcome.DUPLICATE, article.id, older)
    article.revision = known.revision + 1
    other = settled.own or page_forms(known.url) != page_forms(article.url)
    article.cause = "page" if other else _cause(connection, article.id, digest)
    article.first_seen_at = known.first_seen_at
    rewrite(connection, known.number, article, run_id=run_id, terms=terms, sample=sample)
    return Saved(Outcome.UPDATED, article.id, f"revision {article.revision}", article.revision)


def _cause(connection: sa.Connection, id: str, digest: bytes | None) -> Cause:
    """Who changed an article's text: the outlet; our rules alone, where its page is the same to the byte."""
    if digest is None:
        return "outlet"
    holding = pages.c.article_id == id, pages.c.outcome.in_(HOLDING)
    newest = sa.select(pages.c.digest).where(*holding).order_by(pages.c.number.desc()).limit(1)
    return "rules" if connection.execute(newest).scalar() == digest else "outlet"


def _save_new(
    connection: sa.Connection,
    article: Article,
    run_id: int,
    terms: dict[str, str] | None,
    sample: bytes | None,
) -> Saved:
    twin = connection.execute(
        _TWIN, {"its_hash": article.content_hash, "its_outlet": article.outlet}
    ).one_or_none()
    if twin is not None:
        return Saved(Outcome.DUPLICATE, twin.id, f"the same text as {twin.url}")
    saved, new = begin(connection, article, terms, sample)
    put_in(connection, [new], run_id)
    return saved


class New(NamedTuple):
    """An article that is to be put in."""

    article: Article
    version: int
    terms: dict[str, str] | None
    sample: bytes | None


def begin(
    connection: sa.Connection, article: Article, terms: dict[str, str] | None, sample: bytes | None
) -> tuple[Saved, New]:
    """Give an article that the archive does not have its first revision; `put_in` puts it in."""
    article.revision = 1
    article.cause = ""
    article.first_seen_at = article.fetched_at
    for name, value in clusters.alone(article.id)._asdict().items():  # until it is compared with others
        setattr(article, name, value)
    new = New(article, outbox.next_version(connection), terms, sample)
    return Saved(Outcome.STORED, article.id, revision=article.revision), new


def put_in(connection: sa.Connection, some: Sequence[New], run_id: int) -> None:
    """Put in articles that the archive does not have: a few statements, whatever their number."""
    number = connection.execute(_LAST).scalar() or 0
    numbered = dict(enumerate(some, number + 1))
    rows = [
        {
            **to_row(new.article),
            **{name: getattr(new.article, name) for name in OF_CLUSTER},
            "number": number,
            "version": new.version,
            "run_id": run_id,
        }
        for number, new in numbered.items()
    ]
    connection.execute(articles.insert(), rows)
    _put_beside(connection, numbered)


def rewrite(
    connection: sa.Connection,
    number: int,
    article: Article,
    *,
    run_id: int,
    revised: bool = True,
    terms: dict[str, str] | None = None,
    sample: bytes | None = None,
) -> None:
    """Put an article in the place of what the archive has under this number.

    Args:
        connection: in a write transaction.
        number: the article's.
        article: as it is from now on, `revision` and `cause` included.
        run_id: the run that brought its text.
        revised: the text that it had is kept as a revision; otherwise the article is only described anew, and
            counts as seen when it was.
        terms: its search terms, where a worker has made them already.
        sample: what it is compared with others by, in the same way.
    """
    version = outbox.next_version(connection)
    row = {**to_row(article), "version": version}
    if revised:
        row["run_id"] = run_id
        versions.keep(connection, number, article)
    else:
        del row["last_seen_at"]
    fulltext.take_out(connection, number)
    names.delete(connection, number)
    connection.execute(sa.update(articles).where(articles.c.number == number).values(row))
    _put_beside(connection, {number: New(article, version, terms, sample)})


def _put_beside(connection: sa.Connection, some: Mapping[int, New]) -> None:
    """What stands in other tables: search terms, names, and the places in outbox and queue."""
    fulltext.put(connection, {number: new.terms or _terms(new.article) for number, new in some.items()})
    names.write_rows(connection, {number: new.article for number, new in some.items()})
    outbox.enqueue_some(connection, {new.article.id: new.version for new in some.values()})
    unclustered.queue(connection, {number: (new.version, new.sample) for number, new in some.items()})


def _terms(article: Article) -> dict[str, str]:
    return text_row(article.title, article.summary, article.body)


def _of_the_past(connection: sa.Connection, article: Article, seen: datetime) -> str:
    """Why an article is older than the archive's text, which was last `seen` then; "" where it is newer."""
    if article.fetched_at < seen:
        return f"an earlier text than the archive's, which was seen on {seen:%Y-%m-%d %H:%M} UTC"
    same = sa.select(revisions.c.revision).where(
        revisions.c.article_id == article.id,
        revisions.c.content_hash == article.content_hash,
        revisions.c.fetched_at == article.fetched_at,
    )
    if article.fetched_at == seen and connection.execute(same).first() is not None:
        return "an earlier text of the article, which the archive has"
    return ""
