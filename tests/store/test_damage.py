"""Pages of the file that something else has overwritten: `newscrawl doctor` tells, and no command raises."""

import os
import shutil
import sqlite3
from contextlib import closing

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.store import StoreError, open_store
from newscrawl.store.database import PAGE_SIZE
from newscrawl.store.runs import FINISHED

from .conftest import KEEP, keep, make

WORDS = "افتتح الوزير صباح اليوم معرض القاهرة الدولي للكتاب بحضور عدد كبير من الناشرين والكتاب العرب".split()


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A sound archive, with a row that fills pages of its own."""
    path = tmp_path_factory.mktemp("whole") / "news.db"
    archive = open_store(f"sqlite:///{path}")
    run = archive.begin_run("crawl", "sahifa", {})
    for number in range(30):
        keep(run, make(f"/{number}", body=" ".join([*WORDS, str(number)] * 4)))
    noise = os.urandom(20_000).hex()
    keep(run, make("/long", body=noise))
    later = archive.begin_run("crawl", "sahifa", {})
    keep(later, make("/long", body=f"{noise} {noise[:5000]}"))
    for one in (run, later):
        one.finish(FINISHED, "finished", [], KEEP)
    assert archive.damage() == ""
    archive.close()
    return path


def pages(path):
    """Number → the table or index that a page belongs to; the first page and free ones are left out."""
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT pageno, name FROM dbstat WHERE pageno > 1"))


def doctor(path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{path}")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    return CliRunner().invoke(main, ["doctor"])


def spoil(path, page, content):
    with path.open("r+b") as stream:
        stream.seek((page - 1) * PAGE_SIZE)
        stream.write(content)


@pytest.mark.parametrize("content", [b"\xff", b"\0"], ids=["ones", "zeros"])
def test_any_page_overwritten_is_noticed(whole, tmp_path, content):
    unnoticed = []
    for page, name in pages(whole).items():
        path = shutil.copy(whole, tmp_path / "news.db")
        spoil(path, page, content * PAGE_SIZE)
        try:
            archive = open_store(f"sqlite:///{path}")
        except StoreError:
            continue
        if not archive.damage():
            unnoticed.append((page, name))
        archive.close()
    assert unnoticed == []


def test_a_text_whose_bytes_changed_is_named_though_the_pages_are_sound(whole, tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    shutil.copy(whole, path)
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        body = connection.execute("SELECT body FROM articles WHERE number = 7").fetchone()[0]
    at = content.index(body) + 20
    content[at] ^= 0xFF
    path.write_bytes(content)
    done = doctor(path, monkeypatch)
    assert done.exit_code == 1
    assert "✗ archive: damaged" in done.output
    assert "body of articles 7: a packed text is damaged" in done.output
    done = CliRunner().invoke(main, ["export", str(tmp_path / "out.jsonl")])
    assert done.exit_code == 2
    assert "it is damaged; restore a copy" in done.output
    assert not (tmp_path / "out.jsonl").exists()


def test_doctor_tells_damage_and_its_mend(whole, tmp_path, monkeypatch):
    path = tmp_path / "news.db"
    shutil.copy(whole, path)
    assert "✓ archive: 31 articles" in doctor(path, monkeypatch).output
    for page in [page for page, name in pages(path).items() if name == "revisions"]:
        spoil(path, page, os.urandom(PAGE_SIZE))
    done = doctor(path, monkeypatch)
    assert done.exit_code == 1
    assert "it is damaged; restore a copy, or save what can be read into a new file" in done.output
