"""`newscrawl history URL` as a person or a program runs it."""

import json

import pytest
from click.testing import CliRunner

from newscrawl.cli.history import command
from newscrawl.store import Arrival, open_store
from newscrawl.store.save import rewrite
from newscrawl.store.schema import articles
from newscrawl.store.transactions import write
from tests.store.conftest import SITE, keep, make

FIRST = "افتتح الوزير صباح اليوم المعرض في القاهرة بحضور عدد من السفراء والكتاب والناشرين العرب والأجانب"
SECOND = FIRST.replace("صباح", "مساء")


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    archive = open_store()
    yield archive
    archive.close()


def store(archive, *bodies):
    for body in bodies:
        keep(archive.begin_run("crawl", "sahifa", {}), make(body=body))


def history(*words):
    return CliRunner().invoke(command, [f"{SITE}/1", *words])


def test_an_edit_of_the_outlet_shows_its_words(archive):
    store(archive, FIRST, SECOND)
    text = history().stdout.splitlines()
    assert [line.split(" · ")[-1] for line in text if line.startswith("Revision")] == [
        "first text",
        "changed by the outlet",
    ]
    assert "  body: 1 word added, 1 word cut" in text
    assert text[-1].strip() == "افتتح الوزير [-صباح-] {+مساء+} اليوم المعرض في القاهرة بحضور عدد …"


def test_a_revision_of_our_rules_is_no_edit(archive):
    store(archive, FIRST)
    run = archive.begin_run("reextract", "", {})
    again = make(body=FIRST + " وقال إنه سعيد", revision=2, cause="rules", rules=3)
    again.first_seen_at = again.fetched_at
    with write(archive.engine) as connection:
        number = connection.execute(articles.select()).one().number
        rewrite(connection, number, again, run_id=run.id)
    values = json.loads(history("--json").stdout)
    assert [(one["cause"], one["rules"], one["added"], one["cut"]) for one in values["revisions"]] == [
        ("", 0, 0, 0),
        ("rules", 3, 3, 0),
    ]
    assert "no edit of the outlet's" in history().stdout


def test_a_title_cannot_control_the_terminal(archive):
    store(archive, FIRST)
    keep(archive.begin_run("crawl", "sahifa", {}), make(title="عاجل\x1b]0;x\x07 الآن"))
    assert "\x1b" not in history().stdout


def test_an_address_that_led_to_the_article_finds_it(archive):
    address = "https://sahifa.example/1"
    arrival = Arrival(f"{SITE}/1", "sahifa", address)
    keep(archive.begin_run("crawl", "sahifa", {}), make(canonical_url=address), arrival)
    assert history().exit_code == 0
    assert CliRunner().invoke(command, [f"{SITE}/1?utm_source=x"]).exit_code == 0


def test_no_such_article_and_no_address(archive):
    assert CliRunner().invoke(command, ["https://elsewhere.example/9"]).exit_code == 1
    assert CliRunner().invoke(command, ["no address"]).exit_code == 2
