"""The embedded index keeps no copy of its terms: rows are taken out, and made anew, from the articles."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from newscrawl.arabic import tokens
from newscrawl.search import open_index
from newscrawl.store import fulltext, open_store
from newscrawl.store.database import write

from .conftest import fill, found, keep, make
from .old import insert, more, old_archive

QUERIES = ["معرض", "القاهرة", '"معرض القاهرة"', "طبعة", "الناشرون العرب", "قصير OR كتاب", "معرض -قصير"]
HITS = [[2, 3, 1], [2, 3], [2, 3], [], [2, 3], [1, 2, 3], [2, 3]]
"""The articles that the release before the change found with them."""

KILLED = """
import os, signal, sys
from newscrawl.store import fulltext, open_store

put, indexed = fulltext.put, 0

def until_killed(connection, terms):
    global indexed
    for number, some in terms.items():
        put(connection, {number: some})
        indexed += 1
        if indexed == fulltext.BATCH + 20:
            os.kill(os.getpid(), signal.SIGKILL)

fulltext.put = until_killed
open_store(sys.argv[1])
"""


def sound(archive):
    """Every article is indexed once, and the index is whole."""
    with write(archive.engine) as connection:
        connection.exec_driver_sql("INSERT INTO article_text(article_text) VALUES ('integrity-check')")
        held = connection.exec_driver_sql("SELECT id FROM article_text_docsize").scalars().all()
        numbers = connection.exec_driver_sql("SELECT number FROM articles").scalars().all()
    return sorted(held) == sorted(numbers)


def words(archive):
    """Every term of the index, and how many articles have it."""
    with archive.engine.connect() as connection:
        connection.exec_driver_sql("CREATE VIRTUAL TABLE temp.w USING fts5vocab(main, article_text, row)")
        return connection.exec_driver_sql("SELECT term, doc, cnt FROM temp.w").all()


def results(archive):
    return [open_index(archive.engine).search(query).hits for query in QUERIES]


def other_rules(monkeypatch):
    """From now on words are read in another way: each is a term as it stands."""
    monkeypatch.setattr(fulltext, "terms_version", lambda: 7)
    monkeypatch.setattr(fulltext, "text_row", as_they_stand)


def as_they_stand(title, summary, body):
    texts = {"title": title, "summary": summary, "body": body}
    return texts | {f"{name}_exact": text for name, text in texts.items()}


def test_of_a_changed_text_nothing_old_remains(archive, run):
    keep(run, make("/1", body="كلمات لا يعرفها غير هذا النص"))
    keep(run, make("/2", body="نص ثان"))
    keep(archive.begin_run("crawl", "sahifa", {}), make("/1", body="نص ثان آخر"))
    assert sound(archive)
    other = open_store(str(archive.engine.url).replace("news.db", "other.db"))
    fresh = other.begin_run("crawl", "sahifa", {})
    keep(fresh, make("/1", body="نص ثان آخر"))
    keep(fresh, make("/2", body="نص ثان"))
    assert words(archive) == words(other)
    other.close()


def test_an_older_archive_finds_the_same(tmp_path):
    old_archive(tmp_path / "old.db", version="0010")
    archive = open_store(f"sqlite:///{tmp_path / 'old.db'}")
    assert sound(archive)
    assert [[int(hit.id, 16) for hit in hits] for hits in results(archive)] == HITS
    archive.close()


def test_words_that_are_read_in_another_way_are_indexed_anew_once(url, archive, run, monkeypatch):
    keep(run, make("/1", body="وللوزير"))
    archive.close()
    with monkeypatch.context() as patch:
        other_rules(patch)
        opened = open_store(url)
        assert "وللوزير" in dict(row[:2] for row in words(opened))
        opened.close()
        patch.setattr(fulltext, "put", None)
        open_store(url).close()  # nothing is left to do
    opened = open_store(url)
    assert found(opened, "الوزير") == [make("/1").id]
    assert "وللوزير" in dict(row[:2] for row in words(opened))  # the exact form
    assert sound(opened)
    opened.close()


def test_killed_while_it_indexes_the_next_opening_goes_on(tmp_path):
    path = tmp_path / "news.db"
    old_archive(path, version="0010", more=more(4, fulltext.BATCH + 50))
    done = subprocess.run([sys.executable, "-c", KILLED, f"sqlite:///{path}"], check=False)
    assert done.returncode == -signal.SIGKILL
    archive = open_store(f"sqlite:///{path}")
    assert sound(archive)
    assert archive.count() == fulltext.BATCH + 53
    assert open_index(archive.engine).search("معرض").total == fulltext.BATCH + 53
    archive.close()


def test_an_article_is_revised_while_it_is_not_indexed_yet(url, archive, run, monkeypatch):
    keep(run, make("/1"))
    keep(run, make("/2", body="نص ثان"))
    with write(archive.engine) as connection:
        connection.exec_driver_sql("INSERT INTO article_text(article_text) VALUES ('delete-all')")
        connection.exec_driver_sql(f"PRAGMA user_version = -{tokens.terms_version()}")
    assert found(archive, "معرض") == []
    keep(archive.begin_run("crawl", "sahifa", {}), make("/1", body="نص جديد"))
    assert found(archive, "جديد") == [make("/1").id]
    archive.close()
    opened = open_store(url)
    assert sorted(found(opened, "معرض")) == sorted([make("/1").id, make("/2").id])
    assert sound(opened)
    opened.close()


@pytest.mark.parametrize("name", ["gazetteer.toml", "lexicon.txt"])
def test_another_list_of_words_is_another_version(name, tmp_path, monkeypatch):
    before = tokens.terms_version()
    (tmp_path / "data").mkdir()
    for one in ("gazetteer.toml", "lexicon.txt"):
        content = (tokens.files("newscrawl.arabic") / "data" / one).read_bytes()
        (tmp_path / "data" / one).write_bytes(content + b"\n# more" * (one == name))
    monkeypatch.setattr(tokens, "files", lambda _: tmp_path)
    assert tokens.terms_version.__wrapped__() != before


def test_on_a_full_disk_what_is_indexed_is_found_and_the_rest_follows(disk):
    url = f"sqlite:///{disk}/news.db"
    old_archive(disk / "news.db", version="0010", more=more(4, 60))
    open_store(url).close()
    with closing(sqlite3.connect(disk / "news.db")) as connection, connection:
        connection.execute("INSERT INTO article_text(article_text) VALUES ('delete-all')")
        connection.execute(f"PRAGMA user_version = -{tokens.terms_version()}")
        words = fulltext.text_row("معرض 1", "", "")
        insert(connection, "article_text", {"rowid": 1, **words})
    fill(disk / "rest")
    full = open_store(url)
    assert found(full, "معرض") == [f"{1:032x}"]
    full.close()
    (disk / "rest").unlink()
    archive = open_store(url)
    assert open_index(archive.engine).search("معرض").total == 63
    assert sound(archive)
    archive.close()
