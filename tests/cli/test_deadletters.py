"""`newscrawl deadletters` as a person or a program runs it."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from newscrawl.cli.deadletters import command
from newscrawl.outputs.delivery.bulk import operation_for
from newscrawl.store import DeadLetter
from tests.cli.world import NUMBER, isolate, waiting_archive

KIND, REASON = "document_parsing_exception", "[1:5] failed to parse field [word_count]: out of range"


@pytest.fixture
def archive(monkeypatch, tmp_path):
    archive = waiting_archive(monkeypatch, tmp_path)
    yield archive
    archive.close()


@pytest.fixture
def letters(archive):
    """Two of the articles, refused by Elasticsearch a minute apart; the newer one first."""
    moments = [datetime(2026, 11, 24, 12, minute, tzinfo=UTC) for minute in (1, 0)]
    refused = [
        DeadLetter(one.article.id, one.version, KIND, REASON, operation_for(one).source, moment)
        for one, moment in zip(archive.waiting(0, 2), moments, strict=True)
    ]
    archive.settle_deliveries([], [], refused)
    assert archive.pending() == NUMBER - 2
    return refused


def run(*words):
    return CliRunner().invoke(command, list(words))


def test_none(archive):
    result = run()
    assert (result.exit_code, result.stdout) == (0, "0 dead letters.\n")
    assert run("--json").stdout == ""
    assert run("replay").stdout == "0 articles wait again; `newscrawl index` sends them.\n"


def test_the_list_tells_which_when_and_why(letters):
    result = run()
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith(f"{letters[0].article_id}\t2026-11-24 12:01\t{KIND}\thttps://sahifa.example/")
    assert lines[1] == f"\t{REASON}"
    assert lines[2].startswith(letters[1].article_id)
    assert lines[-1] == "2 dead letters. Send them again: newscrawl deadletters replay"


def test_json_is_one_object_a_line_with_the_document(letters):
    result = run("--json")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["article_id"] for one in found] == [letter.article_id for letter in letters]
    first = found[0]
    assert (first["error_type"], first["reason"], first["version"]) == (KIND, REASON, letters[0].version)
    assert first["document"] == json.loads(letters[0].document)
    assert datetime.fromisoformat(first["died_at"]) == letters[0].died_at


def test_replay_queues_all_of_them(letters, archive):
    result = run("replay")
    assert (result.exit_code, result.stdout) == (0, "2 articles wait again; `newscrawl index` sends them.\n")
    assert (archive.pending(), archive.count_dead_letters()) == (NUMBER, 0)


def test_replay_queues_one_by_its_id(letters, archive):
    result = run("replay", letters[1].article_id)
    assert result.exit_code == 0
    assert (archive.pending(), archive.count_dead_letters()) == (NUMBER - 1, 1)
    assert [letter.article_id for letter in archive.dead_letters()] == [letters[0].article_id]


def test_replay_of_an_id_that_is_none_exits_2(letters, archive):
    result = run("replay", "f" * 32)
    assert result.exit_code == 2
    assert "no dead letter has that id" in result.stderr
    assert archive.count_dead_letters() == 2


def test_no_archive_exits_2(monkeypatch, tmp_path):
    isolate(monkeypatch, tmp_path)
    for words in ([], ["replay"]):
        result = run(*words)
        assert result.exit_code == 2
        assert "no archive yet" in result.stderr
