"""`newscrawl runs`: candidates that are only counted are in its numbers, and said."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from newscrawl.article import Outcome
from newscrawl.cli import main
from newscrawl.store import Proposal, open_store
from newscrawl.store.runs import FINISHED


@pytest.fixture
def run(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", url)
    archive = open_store(url)
    run = archive.begin_run("crawl", "sahifa", {})
    known = [
        Proposal(f"https://sahifa.example/{number}", "sahifa", "map", Outcome.KNOWN, "before")
        for number in range(3)
    ]
    run.propose(known, {"sahifa": {Outcome.KNOWN: 4000}})
    run.finish(FINISHED, "finished", [], timedelta(days=30))
    archive.close()
    return run


def call(*words):
    done = CliRunner().invoke(main, ["runs", *words], catch_exceptions=False)
    assert done.exit_code == 0
    return done


def test_the_numbers_hold_them(run):
    assert json.loads(call("--json").stdout)["outlets"] == {"sahifa": {"known": 4003}}
    assert "of 4003 URLs" in call().stdout


def test_a_list_says_how_many_more_there_are(run):
    done = call(str(run.id), "--outcome", "known")
    assert len(done.stdout.splitlines()) == 3
    assert done.stderr.endswith("4,000 more ended so and are only counted.\n")
    assert "only counted" not in call(str(run.id), "--outcome", "stored").stderr
