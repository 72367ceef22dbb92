"""`newscrawl index` as a person or cron runs it, and what other commands say of what waits."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.store import Sent
from tests.cli.world import ELASTICSEARCH, NUMBER, closed_url, waiting_archive

WAITING = f"{NUMBER} articles wait for Elasticsearch (newscrawl index)"


@pytest.fixture
def archive(monkeypatch, tmp_path):
    archive = waiting_archive(monkeypatch, tmp_path)
    yield archive
    archive.close()


def run(*words):
    return CliRunner().invoke(main, list(words))


def test_not_configured_exits_2_with_the_mend(archive):
    for words in ([], ["--setup"], ["--migrate"], ["--rebuild"]):
        result = run("index", *words)
        assert result.exit_code == 2
        assert "no Elasticsearch is configured; name it: export NEWSCRAWL_ELASTICSEARCH_URL=" in result.output


def test_a_closed_port_loses_nothing_and_exits_1(archive, monkeypatch):
    url = closed_url()
    monkeypatch.setenv(ELASTICSEARCH, url)
    result = run("index", "--patience", "0")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        f"Elasticsearch: 0 delivered, {NUMBER} pending: {url}: cannot connect (connection refused)"
    )
    assert result.stdout.endswith(" `newscrawl index` sends them.\n")
    assert (archive.pending(), archive.count_dead_letters()) == (NUMBER, 0)


@pytest.mark.parametrize("what", ["--setup", "--migrate", "--rebuild"])
def test_the_other_ways_say_one_sentence_too(archive, monkeypatch, what):
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    result = run("index", what)
    assert result.exit_code == 1
    assert "cannot connect (connection refused)" in result.stderr
    assert "Traceback" not in result.output
    assert archive.pending() == NUMBER


@pytest.mark.parametrize("url", ["localhost:9200", "ftp://x", "http://u:secret@x:port"])
def test_a_bad_url_is_named_and_not_shown(archive, monkeypatch, url):
    monkeypatch.setenv(ELASTICSEARCH, url)
    result = run("index")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{ELASTICSEARCH}={url.replace('u:secret', '…')}: not a URL of a server; "
        f"write e.g. {ELASTICSEARCH}=http://localhost:9200\n"
    )


def test_a_secret_that_cannot_be_read(archive, monkeypatch):
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    monkeypatch.setenv("NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE", "/nowhere/key")
    result = run("index")
    assert result.exit_code == 2
    assert "NEWSCRAWL_ELASTICSEARCH_API_KEY_FILE=/nowhere/key: cannot be read" in result.stderr


@pytest.mark.parametrize("words", [["--delete-old"], ["--setup", "--delete-old"]])
def test_delete_old_alone_is_no_command(archive, monkeypatch, words):
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    result = run("index", *words)
    assert result.exit_code == 2
    assert "--delete-old goes with --migrate or --rebuild" in result.stderr


def test_no_archive_exits_2(archive, monkeypatch, tmp_path):
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    result = run("index")
    assert result.exit_code == 2
    assert "no archive yet" in result.stderr


def test_runs_ends_with_what_waits(archive, monkeypatch):
    assert WAITING not in run("runs").stdout  # no Elasticsearch, nothing to wait for
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    assert run("runs").stdout.splitlines()[-1] == WAITING
    assert [json.loads(line)["run"] for line in run("runs", "--json").stdout.splitlines()] == [1]


def test_runs_counts_and_is_silent_where_nothing_waits(archive, monkeypatch):
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    archive.settle_deliveries(_sent(archive)[1:], [], [])
    assert run("runs").stdout.splitlines()[-1] == "1 article waits for Elasticsearch (newscrawl index)"
    archive.settle_deliveries(_sent(archive), [], [])
    assert "Elasticsearch" not in run("runs").stdout


def _sent(archive):
    """All that waits, as if it had arrived."""
    return [Sent(one.article.id, one.version) for one in archive.waiting(0, NUMBER)]


def test_ingest_ends_with_what_waits(archive, monkeypatch, tmp_path):
    file = tmp_path / "rows.jsonl"
    body = "قال وزير الخارجية في القاهرة إن الزيارة كانت ناجحة وإن المحادثات مستمرة. " * 5
    row = {"url": "https://x.example/1", "title": "الوزير في القاهرة", "text": body}
    file.write_text(json.dumps(row), encoding="utf-8")
    monkeypatch.setenv(ELASTICSEARCH, closed_url())
    result = run("ingest", str(file), "--workers", "1")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == f"{NUMBER + 1} articles wait for Elasticsearch (newscrawl index)"
    monkeypatch.delenv(ELASTICSEARCH)
    assert "Elasticsearch" not in run("ingest", str(file), "--workers", "1").stdout
