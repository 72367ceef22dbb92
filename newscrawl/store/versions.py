"""The texts that articles had: each is kept when a newer one takes its place, with how much that one changed.

A revision's row has the text, and of the step to the next text when it was made and how many words it added
and cut: so edits are listed by time without a look at a text. Rows of older archives lack the numbers, which
are counted when they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import sqlalchemy as sa

from newscrawl.article import Article, Cause
from newscrawl.dedupe.changes import Edit, edit, same_words
from newscrawl.store.schema import articles, revisions

_STEP = ("replaced_at", "headline_changed", "words_added", "words_cut")
"""Columns that tell of the step to the next text."""
_TEXT = [one.name for one in revisions.c if one.name not in ("article_id", *_STEP)]
"""What a revision keeps of its article."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A text that an article has or had."""

    article_id: str
    revision: int
    run_id: int | None
    url: str
    title: str
    summary: str
    body: str
    published_at: datetime | None
    modified_at: datetime | None
    fetched_at: datetime
    content_hash: str
    rules: int
    cause: Cause
    edit: Edit | None
    """What it changed; None for a first text."""


@dataclass(frozen=True, slots=True)
class Edited:
    """One step from a text of an article to the next."""

    article_id: str
    revision: int
    """The newer text's."""
    at: datetime
    """When the newer text was fetched; when our rules made it, where they did."""
    outlet: str
    outlet_name: str
    url: str
    title_before: str
    title: str
    edit: Edit
    cause: Cause
    rules_before: int
    rules: int
    modified_before: datetime | None
    modified_at: datetime | None

    @property
    def stated(self) -> bool:
        """Whether the outlet says that it changed the text: its time of the last change is another one."""
        return self.modified_at is not None and self.modified_at != self.modified_before


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which edits."""

    since: datetime
    until: datetime | None = None
    outlets: Sequence[str] = ()
    min_words: int = 1
    """Words of the body added and cut together; another headline is an edit whatever the body does."""
    ours: bool = False
    """Those that are none of the outlet's, or maybe not: other rules of ours read one of both texts, or one
    is another page's. Otherwise those that the same rules read in the same page, changed."""


def unedited(connection: sa.Connection, number: int, article: Article) -> bool:
    """Whether the archive's text under this number has the same words as an article's."""
    return same_words(_text(connection, number), (article.title, article.body))


def keep(connection: sa.Connection, number: int, article: Article) -> None:
    """Keep the text of an article as it stands, before the one given takes its place."""
    step = edit(_text(connection, number), (article.title, article.body))
    at = datetime.now(UTC) if article.cause == "rules" else article.fetched_at
    values = (at, step.headline, step.added, step.cut)
    made = [sa.literal(value, revisions.c[name].type) for name, value in zip(_STEP, values, strict=True)]
    before = sa.select(articles.c.id, *(articles.c[name] for name in _TEXT), *made)
    columns = ["article_id", *_TEXT, *_STEP]
    connection.execute(revisions.insert().from_select(columns, before.where(articles.c.number == number)))


def _text(connection: sa.Connection, number: int) -> tuple[str, str]:
    query = sa.select(articles.c.title, articles.c.body).where(articles.c.number == number)
    title, body = connection.execute(query).one()
    return title, body


def of_article(connection: sa.Connection, article_id: str) -> list[Revision]:
    """All texts an article had, the oldest first; the newest is that of its own row."""
    earlier = sa.select(revisions).where(revisions.c.article_id == article_id).order_by(revisions.c.revision)
    newest = sa.select(articles.c.id.label("article_id"), *(articles.c[name] for name in _TEXT))
    rows = [*connection.execute(earlier), *connection.execute(newest.where(articles.c.id == article_id))]
    texts = [{name: row._mapping[name] for name in ("article_id", *_TEXT)} for row in rows]
    steps = [None, *(_edit(row) or _counted(row, now) for row, now in pairwise(rows))]
    return [Revision(**text, edit=step) for text, step in zip(texts, steps, strict=False)]


def _edit(row: sa.Row[Any]) -> Edit | None:
    """The step from an earlier text to the next; None where nobody has counted yet."""
    if row.words_added is None:
        return None
    return Edit(row.headline_changed, row.words_added, row.words_cut)


def _counted(before: sa.Row[Any], now: sa.Row[Any]) -> Edit:
    return edit((before.title, before.body), (now.title, now.body))


# --- edits of all articles ------------------------------------------------------------------------

_BEFORE, _NEXT = revisions, revisions.alias("next")


def _newer(name: str) -> sa.ColumnElement[Any]:
    """A column of the newer text: of the next revision, or of the article itself."""
    return sa.case((_NEXT.c.article_id.is_(None), articles.c[name]), else_=_NEXT.c[name])


_STEPS = sa.join(_BEFORE, articles, articles.c.id == _BEFORE.c.article_id).outerjoin(
    _NEXT, (_NEXT.c.article_id == _BEFORE.c.article_id) & (_NEXT.c.revision == _BEFORE.c.revision + 1)
)
_OURS = _newer("cause").in_(("rules", "page")) | (_newer("rules") != _BEFORE.c.rules)


def edits(connection: sa.Connection, wanted: Wanted) -> Iterator[Edited]:
    """Edits, the newest first, streamed."""
    query: sa.Select[Any] = (
        sa.select(
            *(_BEFORE.c[name] for name in ("article_id", "revision", *_STEP)),
            *(articles.c[name] for name in ("outlet", "outlet_name")),
            *(_newer(name).label(name) for name in ("url", "title", "cause", "rules", "modified_at")),
            _BEFORE.c.title.label("title_before"),
            _BEFORE.c.rules.label("rules_before"),
            _BEFORE.c.modified_at.label("modified_before"),
        )
        .select_from(_STEPS)
        .where(*_conditions(wanted))
        .order_by(_BEFORE.c.replaced_at.desc(), _BEFORE.c.article_id, _BEFORE.c.revision.desc())
        .execution_options(yield_per=200)
    )
    for row in connection.execute(query):
        step = _edit(row) or _count_one(connection, row.article_id, row.revision)
        if step.headline or step.added + step.cut >= wanted.min_words:
            yield _edited(row, step)


def count_edits(connection: sa.Connection, wanted: Wanted) -> int:
    """How many edits there are; those of older archives that nobody has counted yet are all among them."""
    query = sa.select(sa.func.count()).select_from(_STEPS).where(*_conditions(wanted))
    return connection.execute(query).scalar_one()


def _conditions(wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    at = _BEFORE.c.replaced_at
    found = [at >= wanted.since, _OURS if wanted.ours else ~_OURS]
    if wanted.until:
        found.append(at <= wanted.until)
    if wanted.outlets:
        found.append(articles.c.outlet.in_(wanted.outlets))
    words = _BEFORE.c.words_added + _BEFORE.c.words_cut
    return [*found, words.is_(None) | _BEFORE.c.headline_changed | (words >= wanted.min_words)]


def _edited(row: sa.Row[Any], step: Edit) -> Edited:
    values = {name: value for name, value in row._mapping.items() if name not in _STEP}
    return Edited(**values | {"revision": row.revision + 1}, at=row.replaced_at, edit=step)


def _count_one(connection: sa.Connection, article_id: str, revision: int) -> Edit:
    """The step from one text of an article to the next, from both texts."""
    kept = sa.select(revisions.c.revision, revisions.c.title, revisions.c.body)
    own = sa.select(articles.c.revision, articles.c.title, articles.c.body)
    two = revisions.c.article_id == article_id, revisions.c.revision.in_((revision, revision + 1))
    both = kept.where(*two).union_all(own.where(articles.c.id == article_id)).order_by("revision")
    rows: list[sa.Row[Any]] = list(connection.execute(both))
    return _counted(rows[0], rows[1])
