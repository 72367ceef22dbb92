"""The store's tables, in SQLAlchemy Core. Changing one needs a migration in migrations/versions/.

articles       the newest text of every article, one column per stored field of newscrawl/fields.py
revisions      the texts that articles had before their newest one, and what the next one changed: versions.py
article_text   the embedded search index (SQLite FTS5), one row per article: see fulltext.py
article_names  which names are in an article, to be counted and looked up
names          each canonical name of the archive once, with its key
fingerprints   what an article is compared by, and the group of those found alike that it is in
shingles       samples of three words in a row → the articles that have them: see clustering.py
likenesses     pairs of articles of which one copies the other: enough of them to hold each cluster together
unclustered    articles whose copies are not looked for yet, or whose cluster is not described anew yet
reports        originals as stories see them: their terms, and what is to be done with each: see reports.py
report_links   pairs of them that are alike enough to be reports of one event
reports_read   the version of the last change that was looked at for stories
claims         addresses that pages state as theirs and do not stand at: who holds them, or that nobody may
outbox         articles whose newest state Elasticsearch has not acknowledged yet, removed ids included
dead_letters   articles that Elasticsearch refused, as they were sent, and why
under_way      URLs that runs have asked for and that have not ended yet
visits         every URL ever fetched, by canonical URL: how it ended, and when to look again
listings       feeds, sitemaps and section pages: validators for conditional requests, and their health
robots         the last good robots.txt of each host
page_files     the files that pages are kept in, as fetched: where each is, and how large
pages          where each page that was fetched lies in them, and what became of it: see pages.py
runs           one row per crawl or ingest, with its newest heartbeat
leases         the run that reads an outlet, or read it last
candidates     URLs that a run considered, and the one Outcome each ended in
run_counted    how many more URLs it considered at each outlet that are only counted, by Outcome
run_outlets    the outlets a run read, and how their listings answered
run_counts     both summed per outlet and outcome; kept when old candidates are pruned
run_fields     what a crawl read at each outlet: articles, their words, and how many had which field
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table
from sqlalchemy.types import TypeEngine

from newscrawl.fields import FIELDS, Field, Type
from newscrawl.store.packed import PackedJson, PackedText
from newscrawl.store.times import OffsetTime, UtcTime

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

runs = Table(
    "runs",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("kind", sa.String(20), nullable=False),
    Column("name", sa.Text, nullable=False),
    Column("arguments", sa.JSON, nullable=False),
    Column("started_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("status", sa.String(20), nullable=False),
    Column("reason", sa.Text, nullable=False, server_default=""),
    Column("host", sa.Text, nullable=False),
    Column("pid", sa.Integer, nullable=False),
    Column("birth", sa.Text, nullable=False, server_default=""),
    Column("heartbeat_at", UtcTime),
)

leases = Table(
    "leases",
    metadata,
    Column("outlet", sa.String(64), primary_key=True),
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), nullable=False),
    Column("number", sa.Integer, nullable=False),
    Column("taken_at", UtcTime, nullable=False),
    Column("expires_at", UtcTime),
)

_TYPES: dict[Type, TypeEngine[Any]] = {
    Type.WORDS: sa.JSON(),
    Type.TIME: UtcTime(),
    Type.STATED_TIME: OffsetTime(),
    Type.SHORT: sa.Integer(),
    Type.INTEGER: sa.Integer(),
    Type.LONG: sa.BigInteger(),
    Type.REAL: sa.Float(),
    Type.OBJECT: PackedJson(),
    Type.OBJECTS: PackedJson(),
}
_PACKED = frozenset({"summary", "body"})
"""Texts that are packed: long, and looked for by no query in SQL."""


def article_columns(fields: Sequence[Field] = FIELDS) -> list[Column[Any]]:
    """The columns of `articles` that hold an article's fields."""
    return [
        Column(
            field.name,
            _column_type(field),
            nullable=field.nullable,
            unique=field.name == "id" or None,
            server_default=field.default,
        )
        for field in fields
        if field.stored
    ]


def _column_type(field: Field) -> TypeEngine[Any]:
    if field.name in _PACKED:
        return PackedText()
    if field.type is Type.TEXT:
        return sa.String(field.length) if field.length else sa.Text()
    return _TYPES[field.type]


articles = Table(
    "articles",
    metadata,
    Column("number", sa.Integer, primary_key=True),
    *article_columns(),
    # The run that brought the newest text.
    Column("run_id", sa.Integer, ForeignKey(runs.c.id)),
    Index(None, "version", unique=True),
    Index(None, "outlet", "event_time"),
    Index(None, "event_time"),
    Index(None, "content_hash", "outlet"),
    # Only clusters of several: one article in four or fewer.
    Index(
        None,
        "cluster_id",
        "event_time",
        sqlite_where=sa.text("cluster_size > 1"),
        postgresql_where=sa.text("cluster_size > 1"),
    ),
    # Only those in a story: one article in four or fewer.
    Index(
        None,
        "story_id",
        "event_time",
        sqlite_where=sa.text("story_id != ''"),
        postgresql_where=sa.text("story_id != ''"),
    ),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", sa.String(32), ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("revision", sa.Integer, primary_key=True),
    Column("run_id", sa.Integer, ForeignKey(runs.c.id)),
    Column("url", sa.Text, nullable=False),
    Column("title", sa.Text, nullable=False),
    Column("summary", PackedText, nullable=False),
    Column("body", PackedText, nullable=False),
    Column("published_at", OffsetTime),
    Column("modified_at", OffsetTime),
    Column("fetched_at", UtcTime, nullable=False),
    Column("content_hash", sa.String(64), nullable=False),
    Column("rules", sa.Integer, nullable=False, server_default="0"),
    Column("cause", sa.String(8), nullable=False, server_default=""),
    # The step to the next text: when it was made, and how much it changed; null where nobody has counted.
    Column("replaced_at", UtcTime),
    Column("headline_changed", sa.Boolean),
    Column("words_added", sa.Integer),
    Column("words_cut", sa.Integer),
    Index(None, "replaced_at"),
)

names = Table(
    "names",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("kind", sa.String(16), nullable=False),
    Column("key", sa.Text, nullable=False),
    Column("name", sa.Text, nullable=False),
    Index(None, "key"),
)

article_names = Table(
    "article_names",
    metadata,
    Column("number", sa.Integer, ForeignKey(articles.c.number, ondelete="CASCADE"), primary_key=True),
    Column("name_id", sa.Integer, ForeignKey(names.c.id), primary_key=True),
    Column("mentions", sa.Integer, nullable=False),
    # Whole rows in the order of names: to count all of them takes 0.1 s for 30,000 articles, not 1 s.
    Index(None, "name_id", "mentions"),
    sqlite_with_rowid=False,
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column(
        "number",
        sa.Integer,
        ForeignKey(articles.c.number, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # Numbers of 32 bits (newscrawl/dedupe/comparing.py).
    Column("sample", sa.LargeBinary, nullable=False),
    # The number of one of those that belong together.
    Column("cluster", sa.Integer, nullable=False),
    Index(None, "cluster"),
)

# No foreign key: it would need an index by number. What a removed article leaves is found, without a text.
shingles = Table(
    "shingles",
    metadata,
    Column("shingle", sa.Integer, primary_key=True),
    Column("number", sa.Integer, primary_key=True),
    sqlite_with_rowid=False,
)

likenesses = Table(
    "likenesses",
    metadata,
    Column("one", sa.Integer, ForeignKey(articles.c.number, ondelete="CASCADE"), primary_key=True),
    Column("other", sa.Integer, ForeignKey(articles.c.number, ondelete="CASCADE"), primary_key=True),
    Column("jaccard", sa.Float, nullable=False),
    Column("contained", sa.Float, nullable=False),
    Index(None, "other"),
    sqlite_with_rowid=False,
)

unclustered = Table(
    "unclustered",
    metadata,
    Column(
        "number",
        sa.Integer,
        ForeignKey(articles.c.number, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # Of the change that put it here, so that a later one is not taken for done.
    Column("version", sa.BigInteger, nullable=False),
    # Where a worker has made it already.
    Column("sample", sa.LargeBinary),
    Column("compared", sa.Boolean, nullable=False, server_default=sa.false()),
)

reports = Table(
    "reports",
    metadata,
    Column(
        "number",
        sa.Integer,
        ForeignKey(articles.c.number, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    # Of the article as it was looked at.
    Column("version", sa.BigInteger, nullable=False),
    # When it was published, in seconds since 1970: thousands are read at once, and reading times takes long.
    Column("at", sa.BigInteger, nullable=False),
    Column("outlet", sa.String(64), nullable=False),
    # Numbers of 32 bits, and how much is said of each (newscrawl/dedupe/reports.py).
    Column("terms", sa.LargeBinary, nullable=False),
    # "compare", "tell", or nothing.
    Column("due", sa.String(8), nullable=False, server_default=""),
    Index(None, "at", "number"),
    Index(
        None, "due", "at", "number", sqlite_where=sa.text("due != ''"), postgresql_where=sa.text("due != ''")
    ),
)

report_links = Table(
    "report_links",
    metadata,
    Column("one", sa.Integer, ForeignKey(reports.c.number, ondelete="CASCADE"), primary_key=True),
    Column("other", sa.Integer, ForeignKey(reports.c.number, ondelete="CASCADE"), primary_key=True),
    Column("likeness", sa.Float, nullable=False),
    Index(None, "other"),
    sqlite_with_rowid=False,
)

reports_read = Table("reports_read", metadata, Column("version", sa.BigInteger, primary_key=True))

claims = Table(
    "claims",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("address", sa.Text, nullable=False),
    Column("read_at", sa.Text),
)

outbox = Table(
    "outbox",
    metadata,
    # No foreign key: an id that no article has any more waits here to be removed from Elasticsearch.
    Column("article_id", sa.String(32), primary_key=True),
    Column("version", sa.BigInteger, nullable=False),
    Column("queued_at", UtcTime, nullable=False),
    Column("attempts", sa.Integer, nullable=False, server_default="0"),
    Column("not_before", UtcTime),
    Column("error", sa.Text, nullable=False, server_default=""),
    Index(None, "version"),
    Index(None, "not_before"),
)

dead_letters = Table(
    "dead_letters",
    metadata,
    Column("article_id", sa.String(32), ForeignKey(articles.c.id, ondelete="CASCADE"), primary_key=True),
    Column("version", sa.BigInteger, nullable=False),
    Column("error_type", sa.Text, nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("document", sa.Text, nullable=False),
    Column("died_at", UtcTime, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("url", sa.Text, nullable=False),
    Column("outlet", sa.String(64), nullable=False),
    Column("outcome", sa.String(20), nullable=False),
    Column("reason", sa.Text, nullable=False),
    Column("article_id", sa.String(32)),
    Column("event_time", UtcTime),
    Column("listed_at", UtcTime),
    Column("first_visited_at", UtcTime, nullable=False),
    Column("last_visited_at", UtcTime, nullable=False),
    Column("next_visit_at", UtcTime),
    Column("streak", sa.Integer, nullable=False),
    Column("changes", sa.Integer, nullable=False, server_default="0"),
    Column("strikes", sa.Integer, nullable=False, server_default="0"),
    Index(None, "outlet", "next_visit_at"),
)

under_way = Table(
    "under_way",
    metadata,
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("id", sa.String(32), primary_key=True),
    Column("outlet", sa.String(64), nullable=False),
    Column("url", sa.Text, nullable=False),
    Column("sent_at", UtcTime, nullable=False),
    Column("listing", sa.Boolean, nullable=False, server_default=sa.false()),
)

listings = Table(
    "listings",
    metadata,
    Column("url", sa.Text, primary_key=True),
    Column("outlet", sa.String(64), nullable=False),
    Column("etag", sa.Text, nullable=False, server_default=""),
    Column("last_modified", sa.Text, nullable=False, server_default=""),
    Column("status", sa.Text, nullable=False, server_default=""),
    Column("visited_at", UtcTime, nullable=False),
    Column("failures", sa.Integer, nullable=False, server_default="0"),
    Column("full_read_at", UtcTime),
    Column("unchanged", sa.Integer, nullable=False, server_default="0"),
    Column("strikes", sa.Integer, nullable=False, server_default="0"),
    Column("rests_until", UtcTime),
)

robots = Table(
    "robots",
    metadata,
    Column("site", sa.Text, primary_key=True),
    Column("body", sa.LargeBinary, nullable=False),
    Column("read_at", UtcTime, nullable=False),
)

page_files = Table(
    "page_files",
    metadata,
    Column("number", sa.Integer, primary_key=True),
    Column("name", sa.Text, nullable=False, unique=True),
    # The folder that it is in: a path, or a URL.
    Column("place", sa.Text, nullable=False),
    Column("run_id", sa.Integer, ForeignKey(runs.c.id)),
    Column("opened_at", UtcTime, nullable=False),
    Column("bytes", sa.BigInteger, nullable=False, server_default="0"),
    # When its pages were fetched: the first, and the last.
    Column("first_at", UtcTime),
    Column("last_at", UtcTime),
)

pages = Table(
    "pages",
    metadata,
    Column("number", sa.Integer, primary_key=True),
    # The id of the address that was asked for, as in `visits`, and of the article that the page is.
    Column("id", sa.String(32), nullable=False),
    Column("article_id", sa.String(32)),
    # The article's revision that the page gave, or confirmed.
    Column("revision", sa.Integer),
    Column("url", sa.Text, nullable=False),
    Column("outlet", sa.String(64), nullable=False),
    Column("outcome", sa.String(20), nullable=False),
    Column("fetched_at", UtcTime, nullable=False),
    Column("file", sa.Integer, ForeignKey(page_files.c.number, ondelete="CASCADE"), nullable=False),
    Column("offset", sa.BigInteger, nullable=False),
    Column("length", sa.BigInteger, nullable=False),
    Column("digest", sa.LargeBinary(20), nullable=False),
    # The page that has the bytes of this one. No foreign key: it may be gone; its number is not used again.
    Column("original", sa.Integer),
    # What else its reading stood on, as it was stated, and the rules that read it last.
    Column("listed_at", OffsetTime),
    Column("rules", sa.Integer, nullable=False, server_default="0"),
    Index(None, "id"),
    Index(None, "article_id"),
    Index(None, "digest"),
    Index(None, "file", "original"),
    sqlite_autoincrement=True,
)

candidates = Table(
    "candidates",
    metadata,
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("key", sa.String(32), primary_key=True),
    Column("outlet", sa.String(64), nullable=False),
    Column("url", sa.Text, nullable=False),
    Column("found_in", sa.Text, nullable=False),
    Column("outcome", sa.String(20)),
    Column("reason", sa.Text, nullable=False, server_default=""),
    Column("article_id", sa.String(32)),
    Column("ended_at", UtcTime),
    Index(None, "run_id", "outlet", "outcome"),
)

run_outlets = Table(
    "run_outlets",
    metadata,
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("outlet", sa.String(64), primary_key=True),
    Column("listings_read", sa.Integer, nullable=False),
    Column("listings_unchanged", sa.Integer, nullable=False),
    Column("listings_failed", sa.Integer, nullable=False),
    Column("problems", sa.JSON, nullable=False),
    Column("left_to", sa.Text, nullable=False, server_default=""),
)

run_counted = Table(
    "run_counted",
    metadata,
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("outlet", sa.String(64), primary_key=True),
    Column("outcome", sa.String(20), primary_key=True),
    Column("count", sa.Integer, nullable=False),
)

run_counts = Table(
    "run_counts",
    metadata,
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("outlet", sa.String(64), primary_key=True),
    Column("outcome", sa.String(20), primary_key=True),
    Column("count", sa.Integer, nullable=False),
)

run_fields = Table(
    "run_fields",
    metadata,
    Column("outlet", sa.String(64), primary_key=True),
    Column("run_id", sa.Integer, ForeignKey(runs.c.id, ondelete="CASCADE"), primary_key=True),
    Column("articles", sa.Integer, nullable=False),
    Column("rejected", sa.Integer, nullable=False),
    Column("words", sa.BigInteger, nullable=False),
    Column("published_at", sa.Integer, nullable=False),
    Column("authors", sa.Integer, nullable=False),
    Column("section", sa.Integer, nullable=False),
    Column("tags", sa.Integer, nullable=False),
    Column("image", sa.Integer, nullable=False),
    Column("summary", sa.Integer, nullable=False),
    Column("guarded", sa.Integer, server_default="0", nullable=False),
    Index(None, "run_id"),
    # An outlet's rows side by side: a month of hourly runs is summed in a third of the time.
    sqlite_with_rowid=False,
)
