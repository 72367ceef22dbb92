"""Archives of older releases are brought up to date whole or not at all, and say the same afterwards."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from newscrawl.article import Mention
from newscrawl.store import StoreError, open_store, versions
from newscrawl.store.packed import pack, unpack

from .conftest import SITE, fill, keep, make
from .old import BODIES, EARLIER, dump, more, old_archive

KILLED = """
import os, signal, sys, zlib
from newscrawl.store import open_store

compress, packed = zlib.compress, []

def until_killed(text):
    packed.append(text)
    if len(packed) == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return compress(text)

zlib.compress = until_killed
open_store(sys.argv[1])
"""


def texts(archive, number):
    with archive.engine.connect() as connection:
        return [(row.revision, row.body) for row in versions.of_article(connection, f"{number:032x}")]


def said(archive):
    """What an archive of three old articles says."""
    for number, body in BODIES.items():
        article = archive.article(f"{number:032x}")
        assert (article.body, article.authors) == (body, ["منى علي"])
        assert article.mentions == [Mention("القاهرة", "LOCATION", 4, 11, "القاهرة")] * 5 * (number == 2)
    assert archive.article(f"{2:032x}").entities == {"location": ["القاهرة"]}
    assert texts(archive, 1) == [(1, BODIES[1])]
    assert texts(archive, 3) == [(1, EARLIER), (2, BODIES[3])]
    return True


def columns(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute(query)]


def version(path):
    return columns(path, "SELECT version_num FROM alembic_version")[0]


def test_an_older_archive_says_the_same_and_takes_less_room(tmp_path):
    path = tmp_path / "news.db"
    old_archive(path)
    archive = open_store(f"sqlite:///{path}")
    assert said(archive)
    archive.close()
    assert columns(path, "SELECT run_id FROM articles") == [1, 1, 1]
    assert columns(path, "SELECT article_id FROM revisions") == [f"{3:032x}"]
    assert columns(path, "SELECT typeof(body) FROM articles") == ["text", "blob", "blob"]
    assert columns(path, "SELECT typeof(mentions) FROM articles") == ["text", "blob", "text"]


def test_a_revision_that_says_something_else_than_its_article_is_kept(tmp_path):
    path = tmp_path / "news.db"
    old_archive(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE articles SET body = body || '.' WHERE number = 2")
    archive = open_store(f"sqlite:///{path}")
    assert texts(archive, 2) == [(1, BODIES[2]), (1, BODIES[2] + ".")]
    archive.close()


def test_killed_on_the_way_an_archive_is_what_it_was(tmp_path):
    path = tmp_path / "news.db"
    old_archive(path)
    before = dump(path)
    done = subprocess.run([sys.executable, "-c", KILLED, f"sqlite:///{path}"], check=False)
    assert done.returncode == -9
    assert (version(path), dump(path)) == ("0008", before)
    archive = open_store(f"sqlite:///{path}")
    assert said(archive)
    archive.close()


def test_on_a_full_disk_an_archive_stays_what_it_was(disk):
    path = disk / "news.db"
    old_archive(path, more=more(4, 60))
    before = dump(path)
    fill(disk / "rest")
    with pytest.raises(StoreError, match="its disk is full; free some space"):
        open_store(f"sqlite:///{path}")
    (disk / "rest").unlink()
    assert (version(path), dump(path)) == ("0008", before)
    archive = open_store(f"sqlite:///{path}")
    assert said(archive)
    archive.close()


def test_an_article_of_an_older_archive_is_revised(tmp_path):
    path = tmp_path / "news.db"
    old_archive(path)
    archive = open_store(f"sqlite:///{path}")
    address = f"{SITE}/2"
    with archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE articles SET id = ? WHERE number = 2", (make("/2").id,))
    later = archive.begin_run("crawl", "sahifa", {})
    assert keep(later, make("/2", body="نص جديد", canonical_url=address)) == "updated"
    with archive.engine.connect() as connection:
        found = versions.of_article(connection, make("/2").id)
    assert [(row.run_id, row.body) for row in found] == [(1, BODIES[2]), (later.id, "نص جديد")]
    archive.close()


@pytest.mark.parametrize("text", ["", "نص", "ن" * 100, "نص " * 1000, "\0" * 300, os.urandom(300).hex()])
def test_a_packed_text_is_the_text(text):
    assert unpack(pack(text)) == text
    assert unpack(pack(text), 70) == text[:70]
    assert len(pack(text)) <= len(text.encode())


def test_a_damaged_packed_text_is_told_in_words():
    with pytest.raises(ValueError, match="damaged"):
        unpack(pack("نص " * 1000)[:-20] + b"x" * 20)
