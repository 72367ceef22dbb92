"""`newscrawl index` as a person or cron runs it, and what other commands say of what waits."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.search.elastic.names import WRITE_ALIAS
from newscrawl.search.elastic.setup import read_state
from newscrawl.store import Sent
from tests.cli.world import ELASTICSEARCH, NUMBER, closed_url, waiting_archive
from tests.outputs.delivery.world import indexed, stored

V1, NEXT = "news-articles-v1-000001", "news-articles-v1-000002"
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


@pytest.fixture
def server(clean_elasticsearch, archive, monkeypatch):
    monkeypatch.setenv(ELASTICSEARCH, clean_elasticsearch.url)
    with clean_elasticsearch.client() as client:
        yield client


def test_set_up_deliver_search(server, archive):
    first = run("index", "--setup")
    assert first.exit_code == 0
    assert first.stdout.splitlines() == [
        "templates news-articles, version 1",
        f"index {V1}",
        f"aliases news-articles, news-articles-write → {V1}",
    ]
    again = run("index", "--setup")
    assert (again.exit_code, again.stdout) == (0, "templates news-articles, version 1\n")

    delivered = run("index")
    assert delivered.exit_code == 0
    assert delivered.stdout == f"Elasticsearch: {NUMBER} delivered, 0 pending.\n"
    assert indexed(server) == stored(archive)

    migrated = run("index", "--migrate")
    assert (migrated.exit_code, migrated.stdout) == (0, f"{V1} is in use and up to date.\n")

    # A word that only Elasticsearch has: it is asked, and not the archive.
    found = next(iter(stored(archive)))
    server.update(index=WRITE_ALIAS, id=found, doc={"title": "زنجبيل"}, refresh=True)
    result = run("search", "title:الزنجبيل", "--json")
    assert result.exit_code == 0
    assert [hit["id"] for hit in json.loads(result.stdout)["hits"]] == [found]


def test_rebuild_and_the_index_it_replaces(server, archive):
    run("index")
    kept = run("index", "--rebuild")
    assert kept.exit_code == 0
    assert kept.stdout.splitlines() == [
        f"{V1} is out of use and kept; --delete-old would delete it.",
        f"Elasticsearch: {NUMBER} delivered, 0 pending.",
    ]
    assert (read_state(server).read, read_state(server).write) == ((NEXT,), (NEXT,))
    assert indexed(server) == stored(archive)
    gone = run("index", "--rebuild", "--delete-old")
    assert gone.stdout.splitlines()[0] == f"{NEXT} is deleted."
    assert set(read_state(server).versions) == {V1, "news-articles-v1-000003"}
    assert indexed(server) == stored(archive)
