"""An archive as older releases wrote it, row by row in SQL; nothing of today's store writes its rows."""

import json
import sqlite3
from contextlib import closing

import sqlalchemy as sa

from newscrawl.arabic.tokens import text_row

from .conftest import migrate

WORDS = "افتتح الوزير صباح اليوم معرض القاهرة الدولي للكتاب بحضور عدد كبير من الناشرين والكتاب العرب"
BODIES = {1: "نص قصير", 2: f"{WORDS}\n\n" * 20, 3: f"{WORDS} " * 3}
EARLIER = f"{WORDS}، في طبعة أولى. " * 5
"""The text that article 3 had before."""
TIME = "2026-11-01 09:00:00.000000"


def article(number):
    """An article's row; the second has names."""
    url = f"https://www.sahifa.example/{number}"
    mention = {"text": "القاهرة", "label": "LOCATION", "start": 4, "end": 11, "name": "القاهرة"}
    row = dict.fromkeys(("section", "image", "agency", "dateline", "cluster_id", "copy_of"), "")
    return row | {
        "number": number, "id": f"{number:032x}", "url": url, "canonical_url": url, "outlet": "sahifa",
        "outlet_name": "الصحيفة", "domain": "sahifa.example", "country": "EG", "title": f"معرض {number}",
        "summary": "", "body": BODIES[number], "authors": json.dumps(["منى علي"]), "tags": "[]",
        "published_at": "2026-11-01T09:00:00+03:00", "published_source": "meta", "modified_at": None,
        "fetched_at": TIME, "event_time": TIME, "language": "ar", "word_count": 3,
        "content_hash": f"hash {number}", "revision": 2 if number == 3 else 1, "first_seen_at": TIME,
        "last_seen_at": TIME, "cluster_size": 1, "similarity": None, "schema_version": 1,
        "entities": json.dumps({"location": ["القاهرة"]} if number == 2 else {}),
        "mentions": json.dumps([mention] * 5 if number == 2 else []), "tagger": "", "version": number,
    }  # fmt: skip


def revision(row, **changed):
    """A revision's row, as it was written beside its article."""
    names = "revision url title summary body published_at modified_at fetched_at content_hash".split()
    return {"article_id": row["id"], "run_id": 1, **{name: row[name] for name in names}, **changed}


def insert(connection, table, row):
    columns = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(f"INSERT INTO {table} ({columns}) VALUES ({values})", row)


def old_archive(path, version="0008", more=()):
    """Three articles, the third in its second revision. `more`: bodies of further articles."""
    engine = sa.create_engine(f"sqlite:///{path}")
    migrate(engine, version)
    engine.dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        run = {"id": 1, "kind": "crawl", "name": "sahifa", "arguments": "{}", "started_at": TIME}
        insert(connection, "runs", run | {"status": "finished", "host": "", "pid": 1})
        for row in [*map(article, BODIES), *(article(1) | one for one in more)]:
            insert(connection, "articles", row)
            insert(connection, "revisions", revision(row))
            words = text_row(row["title"], row["summary"], row["body"])
            insert(connection, "article_text", {"rowid": row["number"], **words})
        insert(connection, "revisions", revision(article(3), revision=1, body=EARLIER, content_hash="before"))


def more(first, number):
    """So many further articles."""
    return [
        {"number": n, "id": f"{n:032x}", "version": n, "content_hash": str(n), "body": f"{WORDS} {n} " * 10}
        for n in range(first, first + number)
    ]


def dump(path):
    """All that an archive says, as SQL; without full-text search."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "article_text" not in line]
