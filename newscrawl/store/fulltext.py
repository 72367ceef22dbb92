"""The rows of the embedded search index, and their renewal when words are read in another way.

`article_text` is contentless: FTS5 keeps the index and no copy of the terms, which would take twice the
room of the index itself. So a row is taken out by the very terms that were put in, made again from the text
that the article still has. Terms made by other rules would leave remnants; therefore the file says which
rules its terms follow (`PRAGMA user_version`), and an archive whose rules are older is indexed anew when it
is opened, in batches: killed on the way, the next opening goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from newscrawl.arabic.tokens import terms_version, text_row
from newscrawl.store.schema import articles
from newscrawl.store.transactions import write
from newscrawl.tables import progress

BATCH = 200
"""Articles in one transaction of a renewal: others that write wait for less than a second."""
_log = logging.getLogger(__name__)

# FTS5 is a virtual table that SQLAlchemy cannot create; a migration does. The columns take space-separated
# terms from newscrawl.arabic, not the published text, and give nothing back; rowid is articles.number.
article_text = sa.table(
    "article_text",
    sa.column("rowid", sa.Integer),
    sa.column("title", sa.Text),
    sa.column("summary", sa.Text),
    sa.column("body", sa.Text),
    sa.column("title_exact", sa.Text),
    sa.column("summary_exact", sa.Text),
    sa.column("body_exact", sa.Text),
)
ARTICLE_TEXT_DDL = (
    "CREATE VIRTUAL TABLE article_text USING fts5("
    "title, summary, body, title_exact, summary_exact, body_exact, content = '', "
    "tokenize = \"unicode61 remove_diacritics 0 tokenchars '_'\")"
)
_held = sa.table("article_text_docsize", sa.column("id", sa.Integer))
"""FTS5's own table of the rows that it holds: the number of each article that can be found."""


def put(connection: sa.Connection, terms: Mapping[int, dict[str, str]]) -> None:
    """Make words of articles searchable, by number; rows that these had before must have been taken out."""
    connection.execute(article_text.insert(), [{"rowid": number, **some} for number, some in terms.items()])


def take_out(connection: sa.Connection, number: int) -> None:
    """Take an article's words out, while its row in `articles` still has the text they were made from."""
    text = sa.select(articles.c.title, articles.c.summary, articles.c.body)
    held = sa.select(_held.c.id).where(_held.c.id == number).exists()
    row = connection.execute(text.where(articles.c.number == number, held)).one_or_none()
    if row is None:  # not indexed yet, in a renewal that was killed
        return
    terms = text_row(*row)
    statement = sa.insert(sa.table("article_text", *map(sa.column, ("article_text", "rowid", *terms))))
    connection.execute(statement, {"article_text": "delete", "rowid": number, **terms})


def renew(engine: sa.Engine) -> None:
    """Index an archive anew whose terms follow other rules than this program's; nothing for all others.

    Articles can be written meanwhile, and are indexed by whoever writes them. A search finds those that are
    indexed already.
    """
    wanted = terms_version()
    with engine.connect() as connection:
        if _version(connection) == wanted:
            return
    with write(engine) as connection:
        if _version(connection) not in (wanted, -wanted):
            connection.exec_driver_sql("INSERT INTO article_text(article_text) VALUES ('delete-all')")
            _set_version(connection, -wanted)
        total: int = connection.execute(_missing(sa.func.count())).scalar_one()
    if total:
        _log.info("The search index is made anew, for words are read in another way: %d articles", total)
    with progress("Search index", total) as show:
        done = 0
        while added := _add(engine):
            done += added
            show(done)
    with write(engine) as connection:
        _set_version(connection, wanted)


def _add(engine: sa.Engine) -> int:
    """Index some of the articles that are not. Returns how many; 0: all are indexed."""
    text = _missing(articles.c.number, articles.c.title, articles.c.summary, articles.c.body)
    with write(engine) as connection:
        rows = connection.execute(text.order_by(articles.c.number).limit(BATCH)).all()
        if rows:
            put(connection, {row.number: text_row(row.title, row.summary, row.body) for row in rows})
    return len(rows)


def _missing(*columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """These columns of the articles that are not indexed."""
    both = articles.join(_held, _held.c.id == articles.c.number, isouter=True)
    query: sa.Select[Any] = sa.select(*columns).select_from(both).where(_held.c.id.is_(None))
    return query


def _version(connection: sa.Connection) -> int:
    """The rules that an archive's terms follow; negative: some articles are not indexed yet."""
    version: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
    return version


def _set_version(connection: sa.Connection, version: int) -> None:
    connection.exec_driver_sql(f"PRAGMA user_version = {version}")
