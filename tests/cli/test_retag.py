"""`newscrawl retag` as a person or cron runs it."""

import signal
import sqlite3
import time

import pytest
from click.testing import CliRunner

from newscrawl.cli import retag as module
from newscrawl.cli.retag import command
from newscrawl.entities import TaggerUnavailable
from newscrawl.steps import guard
from newscrawl.store import open_store
from newscrawl.workers.memory import MEGABYTE
from tests.entities.fake import BREAKS, cannot_be_loaded, newer_find_by, newer_identities_of, use
from tests.outputs.export.world import keep, make

BODIES = ["صلاح في مصر", f"{BREAKS} في مصر", "فيروز في لبنان", "لا اسم هنا"]


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setitem(module.CHUNK, "light", 2)
    use(monkeypatch)
    archive = open_store()
    yield archive
    archive.close()


@pytest.fixture
def four(archive):
    """Four articles, of which one breaks the tagger."""
    keep(archive, *(make(number, "sahel", day=20 + number, body=body) for number, body in enumerate(BODIES)))
    return archive


def retag(*words):
    return CliRunner().invoke(command, ["--workers", "1", *words])


def taggers(tmp_path):
    with sqlite3.connect(tmp_path / "a.db") as connection:
        return [row[0] for row in connection.execute("SELECT tagger FROM articles ORDER BY number")]


def test_all_are_tagged_but_the_one_that_cannot_be_and_again_does_only_the_rest(four, tmp_path, monkeypatch):
    first = retag()
    assert first.exit_code == 1
    assert "3 articles tagged by fake 1, in " in first.stdout
    assert "1 article could not be tagged, see above; they keep what names they had." in first.stdout
    assert taggers(tmp_path) == ["fake 1", "", "fake 1", "fake 1"]
    with four.named() as named:
        from newscrawl.filters import Filters

        assert {one.name for one in named.count(Filters())} == {"صلاح", "مصر", "فيروز", "لبنان"}
    second = retag()
    assert (second.exit_code, "No article was tagged by fake 1." in second.stdout) == (1, True)
    use(monkeypatch, newer_find_by, newer_identities_of)
    third = retag("--since", "2026-11-22", "--outlet", "sahel")
    assert (third.exit_code, "2 articles tagged by fake 2" in third.stdout) == (0, True)
    assert taggers(tmp_path) == ["fake 1", "", "fake 2", "fake 2"]
    assert "All is tagged by fake 2" in retag("--since", "2026-11-22").stdout


def test_all_again_writes_nothing_that_is_the_same(archive, tmp_path):
    keep(archive, make(1, body="صلاح في مصر"), make(2, body="لبنان"))
    assert retag().exit_code == 0
    newest = [one.version for one in archive.waiting(0, 9)]
    again = retag("--all")
    assert again.exit_code == 0
    assert "2 articles tagged by fake 1, 2 of them with the names they had, in " in again.stdout
    assert [one.version for one in archive.waiting(0, 9)] == newest


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_interrupted_it_keeps_what_is_done(four, tmp_path, monkeypatch, number):
    real = type(four).put_names

    def then_the_signal(self, pairs):
        real(self, pairs)
        signal.raise_signal(number)

    monkeypatch.setattr(type(four), "put_names", then_the_signal)
    result = retag()
    assert result.exit_code == 1
    assert f"Stopped, interrupted by {number.name}; " in result.stdout
    assert taggers(tmp_path)[0] == "fake 1"
    assert taggers(tmp_path)[2:] == ["", ""]
    monkeypatch.setattr(type(four), "put_names", real)
    assert "2 articles tagged by fake 1" in retag().stdout


@pytest.mark.parametrize(
    ("setting", "value", "words"),
    [
        ("NEWSCRAWL_MEMORY_MB", "300", "the process has 301 MB of memory in use (NEWSCRAWL_MEMORY_MB=300)"),
        ("NEWSCRAWL_STALL_TIMEOUT", "0.001", "nothing was read or stored for 0.001 s"),
    ],
)
def test_it_ends_in_order_where_it_grows_too_large_or_stands_still(four, monkeypatch, setting, value, words):
    monkeypatch.setenv(setting, value)
    monkeypatch.setattr(guard, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr(guard, "abort", lambda *_: None)  # the end in order takes longer than 0.001 s
    if "MEMORY" in setting:
        monkeypatch.setattr(guard, "resident_bytes", lambda: 301 * MEGABYTE)
    monkeypatch.setattr(type(four), "put_names", lambda *_: time.sleep(60))
    result = retag()
    assert result.exit_code == 1
    assert f"Stopped, {words}" in " ".join(result.stdout.split())


def test_a_tagger_that_cannot_be_loaded_changes_nothing(four, tmp_path, monkeypatch):
    use(monkeypatch, identities=cannot_be_loaded)
    result = retag()
    assert (result.exit_code, taggers(tmp_path)) == (1, [""] * 4)
    assert "the tagger light cannot be loaded, see above; nothing was changed" in result.stderr


@pytest.mark.parametrize(
    ("configured", "words", "message"),
    [
        ("off", [], "NEWSCRAWL_TAGGER is off; choose one: newscrawl retag --tagger light"),
        ("camell", [], "NEWSCRAWL_TAGGER=camell: not one of"),
        ("light", ["--tagger", "camel"], "no camel here"),
        ("light", ["--tagger", "heavy"], "'heavy' is not one of"),
        ("light", ["--since", "soon"], "is no time"),
    ],
)
def test_errors_are_explained_and_exit_2(archive, monkeypatch, configured, words, message):
    def missing(choice):
        raise TaggerUnavailable("no camel here")

    monkeypatch.setattr("newscrawl.entities.camel.installed", lambda: False)
    monkeypatch.setattr("newscrawl.entities.taggers.load_tagger", missing)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", configured)
    result = retag(*words)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())


def test_an_outlet_nobody_knows_is_named(four):
    result = retag("--outlet", "sahell")
    assert result.exit_code == 0
    assert result.stderr.endswith("The archive has no article of outlet sahell.\n")
