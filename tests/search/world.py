"""A small archive made of rows, for tests of the search."""

from datetime import UTC, datetime

import sqlalchemy as sa

from newscrawl.arabic.tokens import text_row
from newscrawl.store.fulltext import ARTICLE_TEXT_DDL, article_text
from newscrawl.store.names import insert, name_rows
from newscrawl.store.schema import articles, metadata


def row(day, title, body="", *, number=None, **fields):
    """One article's row, of a day of November 2026; its number is the day if none is given."""
    number = day if number is None else number
    moment = fields.pop("moment", datetime(2026, 11, day, 12, tzinfo=UTC))
    url = f"https://x.example/{number}"
    return {
        "number": number, "id": f"{number:032x}", "url": url, "canonical_url": url, "outlet": "x",
        "outlet_name": "الخبر", "domain": "x.example", "country": "EG", "title": title, "summary": "",
        "body": body, "authors": [], "section": "", "tags": [], "image": "", "published_at": moment,
        "fetched_at": moment, "event_time": moment, "language": "ar", "agency": "", "dateline": "",
        "word_count": 0, "content_hash": str(number), "revision": 1, "first_seen_at": moment,
        "last_seen_at": moment, "cluster_id": "", "cluster_size": 1, "copy_of": "", "story_id": "",
        "entities": {}, "mentions": [], "tagger": "", "schema_version": 1, "version": number, **fields,
    }  # fmt: skip


def fill(engine, rows):
    """Put rows into an engine whose tables exist."""
    with engine.begin() as connection:
        connection.execute(articles.insert(), rows)
        connection.execute(
            article_text.insert(),
            [{"rowid": r["number"], **text_row(r["title"], r["summary"], r["body"])} for r in rows],
        )
        insert(
            connection,
            [row for r in rows for row in name_rows(r["number"], r["entities"], r["mentions"])],
        )


def archive(path, rows):
    """An engine on a new archive that holds these rows."""
    engine = sa.create_engine(f"sqlite:///{path}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql(ARTICLE_TEXT_DDL)
    fill(engine, rows)
    return engine
