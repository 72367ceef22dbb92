import subprocess
import sys

import pytest
import sqlalchemy as sa

from newscrawl.places import archive_url
from newscrawl.store import StoreError, open_store, store_url
from newscrawl.store.database import write


def refusal(url, **more):
    with pytest.raises(StoreError) as caught:
        open_store(url, **more)
    return str(caught.value)


def test_a_bad_url():
    message = refusal("news.db")
    assert "NEWSCRAWL_STORE_URL=news.db: not a database URL" in message
    assert "write e.g. sqlite:///data/newscrawl.db" in message


def test_another_database():
    message = refusal("postgresql://localhost/news")
    assert "postgresql is not supported" in message
    assert "sqlite:///data/newscrawl.db" in message


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("these are notes, not a database " * 50)
    message = refusal(f"sqlite:///{path}")
    assert "cannot be opened as a newscrawl store" in message
    assert "move the file away or point NEWSCRAWL_STORE_URL elsewhere" in message
    assert path.read_text().startswith("these are notes")


def test_none_yet_and_none_to_be_made(tmp_path):
    message = refusal(f"sqlite:///{tmp_path / 'data' / 'news.db'}", create=False)
    assert "no archive yet; crawl or ingest something first" in message
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "data").write_text("a file in the folder's place")
    message = refusal(f"sqlite:///{tmp_path / 'data' / 'news.db'}")
    assert "point NEWSCRAWL_STORE_URL to a folder you may write to" in message


def test_a_newer_schema(url):
    archive = open_store(url)
    with write(archive.engine) as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    archive.close()
    message = refusal(url)
    assert "9999, newer than this newscrawl" in message
    assert "update newscrawl" in message


def test_another_programs_tables(url):
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE articles (id INTEGER)"))
    engine.dispose()
    assert "already exists" in refusal(url)


def test_the_environment_names_the_store(monkeypatch, url):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", url)
    assert store_url() == url
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", "")
    assert store_url() == archive_url()


def test_two_processes_open_a_new_store_at_once(url):
    program = "import sys; from newscrawl.store import open_store; sys.stdin.read(1); open_store(sys.argv[1])"
    openers = [
        subprocess.Popen([sys.executable, "-c", program, url], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for opener in openers:
        opener.stdin.write(b"!")
        opener.stdin.flush()
    errors = [opener.communicate(timeout=60)[1].decode() for opener in openers]
    assert [opener.returncode for opener in openers] == [0, 0, 0, 0], errors
    archive = open_store(url, create=False)
    assert archive.count() == 0
    archive.close()
