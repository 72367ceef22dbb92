"""Faults of the disk and of the file: each has its sentence and its mend, and what was stored stays."""

import asyncio
import shutil
import sqlite3
import subprocess

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.config import Config
from newscrawl.search import open_index
from newscrawl.steps.session import Session
from newscrawl.store import Proposal, StoreError, open_store
from newscrawl.store.database import write
from newscrawl.store.faults import ending, sentence

from .conftest import SITE, arrive, fill, keep, make


def filled(place, texts=1):
    archive = open_store(f"sqlite:///{place}/news.db")
    run = archive.begin_run("crawl", "test", {})
    for number in range(texts):
        keep(run, make(f"/{number}"))
    return archive, run


def files(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbers(archive):
    with archive.engine.connect() as connection:
        return connection.execute(sa.text("SELECT count(*) FROM articles")).scalar()


def refusal(place):
    with pytest.raises(StoreError) as caught:
        open_store(f"sqlite:///{place}/news.db").check_writable("news.db")
    return str(caught.value)


def test_a_read_only_disk_is_read_and_not_written(disk, monkeypatch):
    filled(disk)[0].close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    archive = open_store(f"sqlite:///{disk}/news.db")
    assert [hit.title.text for hit in open_index(archive.engine).search("معرض").hits] == [make().title]
    archive.close()
    told = refusal(disk)
    assert "read-only" in told
    assert "make it writable" in told
    assert "move the file away" not in told
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{disk}/news.db")
    done = CliRunner().invoke(main, ["search", "معرض", "--json"])
    assert done.exit_code == 0, done.output
    assert CliRunner().invoke(main, ["runs"]).exit_code == 0


def test_an_old_archive_on_a_read_only_disk_is_not_brought_up_to_date(disk):
    archive, _ = filled(disk)
    with write(archive.engine) as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0005'")
    archive.close()
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert "make it writable" in refusal(disk)


def test_a_full_disk_ends_a_run_at_once_and_keeps_what_was_stored(disk):
    archive, run = filled(disk)
    session = Session(archive, Config(workers=1), tagger=None)
    fill(disk / "rest")

    async def store(number):
        return await session.on_store(keep, run, make(f"/full/{number}", body="نص طويل جدا " * 2000))

    async def until_refused():
        for number in range(100):
            await store(number)

    with pytest.raises(StoreError, match="its disk is full; free some space"):
        asyncio.run(until_refused())
    assert "its disk is full" in session.broken
    (disk / "rest").unlink()
    with pytest.raises(StoreError, match="full"):  # the run is over, whatever becomes free
        asyncio.run(store(0))
    session.close()
    assert numbers(open_store(f"sqlite:///{disk}/news.db")) >= 1


def test_a_run_on_a_full_disk_can_say_why_it_ends(disk):
    archive, _ = filled(disk)
    run = archive.begin_run("ingest", "rows.jsonl", {})
    fill(disk / "rest")
    run.stop("its disk is full")
    run.leave()
    assert [(one.status, one.reason) for one in archive.newest_runs(1)] == [("stopped", "its disk is full")]
    archive.close()
    assert not (disk / f"news.db.run-{run.id}").exists()


def test_a_run_that_a_full_disk_ends_accuses_no_page(disk):
    archive, _ = filled(disk)
    session = Session(archive, Config(workers=1), tagger=None)
    run = session.begin_run("crawl", "sahifa", {})
    run.propose([Proposal(f"{SITE}/under-way", "sahifa", "feed")])
    run.ask([arrive("/under-way").suspect])
    fill(disk / "rest")
    session.close()
    (disk / "rest").unlink()
    archive = open_store(f"sqlite:///{disk}/news.db")
    with write(archive.engine) as connection:
        connection.execute(sa.text("UPDATE runs SET heartbeat_at = '2020-01-01 00:00:00'"))
    archive.begin_run("crawl", "sahifa", {})
    assert archive.visits([arrive("/under-way").suspect.id]) == {}
    assert archive.run(run.id).status == "stopped"


def test_an_archive_on_a_full_disk_can_be_searched_and_exported_elsewhere(disk, tmp_path, monkeypatch):
    filled(disk)[0].close()
    fill(disk / "rest")
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{disk}/news.db")
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    rows = tmp_path / "rows.jsonl"
    rows.write_text("{}")
    for words, exit_code in (
        (["search", "معرض"], 0),
        (["export", str(tmp_path / "out.jsonl")], 0),
        (["ingest", str(rows)], 2),
    ):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == exit_code, done.output
    assert "its disk is full; free some space" in done.output
    assert (tmp_path / "out.jsonl").read_text().count("\n") == 1


@pytest.mark.parametrize("name", ["out.jsonl", "out.jsonl.gz", "out.parquet", "folder"])
def test_an_export_onto_a_full_disk_leaves_what_was_there(disk, tmp_path, monkeypatch, name):
    filled(tmp_path, 30)[0].close()
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path}/news.db")
    words = ["export", str(disk / name), *(["--format", "jsonl"] if name == "folder" else [])]
    assert CliRunner().invoke(main, words).exit_code == 0
    before = files(disk)
    fill(disk / "rest")
    done = CliRunner().invoke(main, [*words, "--full"] if name == "folder" else words)
    assert done.exit_code == 1, done.output
    assert "cannot be written (No space left on device); no file that was there is lost" in done.output
    (disk / "rest").unlink()
    assert files(disk) == before


@pytest.mark.parametrize("replaced", [False, True])
def test_an_archive_deleted_or_replaced_during_a_run_is_noticed(tmp_path, replaced):
    archive, _ = filled(tmp_path / "data")
    with Session(archive, Config(workers=1), tagger=None) as session:
        assert session.broken == ""
        shutil.rmtree(tmp_path / "data")
        if replaced:
            filled(tmp_path / "data")[0].close()
        assert "deleted or replaced during the run" in session.broken
        with pytest.raises(StoreError, match="deleted or replaced"):
            asyncio.run(session.on_store(archive.count))


def test_overwritten_pages_are_named_and_nobody_says_move_it_away(tmp_path, monkeypatch):
    archive, _ = filled(tmp_path, 200)
    archive.close()
    path = tmp_path / "news.db"
    with path.open("r+b") as stream:
        stream.seek(8192)
        stream.write(b"\xff" * (path.stat().st_size - 8192))
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{path}")
    for words in (["search", "معرض"], ["runs"], ["export", str(tmp_path / "out.jsonl")]):
        done = CliRunner().invoke(main, words)
        assert done.exit_code == 2, done.output
        assert "it is damaged; restore a copy" in done.output
        assert not (tmp_path / "out.jsonl").exists()


def test_a_locked_archive_says_who_must_end(tmp_path, monkeypatch):
    monkeypatch.setattr("newscrawl.store.database.BUSY_TIMEOUT_S", 0)
    archive, _ = filled(tmp_path)
    with write(archive.engine):
        assert "another process has been writing" in refusal(tmp_path)


def test_what_is_no_fault_of_the_disk_ends_no_run():
    def raised(connection, statement):
        try:
            connection.execute(sa.text(statement))
        except sa.exc.DBAPIError as error:
            return error

    with sa.create_engine("sqlite://").connect() as connection:
        error = raised(connection, "SELECT x FROM nowhere")
    assert ending(error, "news.db") == ""
    assert "no such table" in sentence(error, "news.db")
    assert isinstance(error.orig, sqlite3.Error)
