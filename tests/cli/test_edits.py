"""`newscrawl edits` as a person or a program runs it."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli.edits import command
from newscrawl.store import open_store
from tests.store.conftest import SITE, keep, make
from tests.store.test_versions import BODY, LATER, come, reread


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    archive = open_store()
    yield archive
    archive.close()


def edits(*words):
    return CliRunner().invoke(command, words)


def test_a_silent_edit_has_its_line(archive):
    come(archive, BODY, LATER)
    done = edits("--since", "7d")
    assert done.exit_code == 0
    [heading, _, line] = done.stdout.splitlines()
    assert heading.split() == ["when", "outlet", "headline", "added", "cut", "stated", "URL"]
    assert line.split()[2:] == ["sahifa", "افتتاح", "المعرض", "5", "2", "no", f"{SITE}/1"]


def test_another_headline_shows_both(archive):
    come(archive, BODY)
    come(archive, BODY, title="معرض القاهرة يفتح أبوابه")
    assert "معرض القاهرة يفتح أبوابه ← افتتاح المعرض" in edits("--min-words", "50").stdout


def test_json_for_programs(archive):
    come(archive, BODY, LATER)
    values = json.loads(edits("--json").stdout)
    [one] = values["edits"]
    assert (one["added"], one["cut"], one["headline_changed"], one["stated"]) == (5, 2, False, False)
    assert (one["revision"], one["cause"], one["url"], values["others"]) == (2, "outlet", f"{SITE}/1", 0)


def test_what_our_rules_changed_is_told_of_and_listed_apart(archive):
    come(archive, BODY, LATER, rules=6)
    reread(archive, BODY)
    done = edits()
    assert len(done.stdout.splitlines()) == 3
    assert "1 more change, our extraction's or maybe so: --rules" in done.stderr
    [_, _, line] = edits("--rules").stdout.splitlines()
    assert line.split()[-2:] == ["rules", f"{SITE}/1"]


def test_the_limit_says_that_there_are_more(archive):
    come(archive, BODY, LATER, BODY)
    done = edits("--limit", "1")
    assert len(done.stdout.splitlines()) == 3
    assert "There are more" in done.stderr
    assert "There are more" not in edits("--limit", "2").stderr


def test_no_edit(archive):
    come(archive, BODY)
    done = edits("--outlet", "nobody")
    assert done.exit_code == 1
    assert "No outlet changed an article since" in done.stdout
    assert "no article of outlet nobody" in done.stderr
    assert edits("--rules").stdout.startswith("Our extraction changed no article since")
    assert json.loads(edits("--json").stdout)["edits"] == []


def test_no_archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert edits().exit_code == 2


def test_a_title_cannot_control_the_terminal(archive):
    come(archive, BODY)
    keep(archive.begin_run("crawl", "sahifa", {}), make(body=BODY, title="عاجل\x1b]0;x\x07 الآن"))
    assert "\x1b" not in edits().stdout
