"""Whatever the archive, a setting or an argument holds: no command lets a control reach the terminal."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from newscrawl.article import Outcome
from newscrawl.cli import COMMANDS, main
from newscrawl.store import Arrival, DeadLetter, IngestRow, OutletTally, open_store
from newscrawl.store.database import write
from newscrawl.store.schema import articles as table
from tests.cli.world import isolate
from tests.outputs.delivery.world import articles

HOSTILE = "خبر\x1b]0;عنوان\x07\x1b[2J\x9b31m\u202eمقلوب\u2066\u2028\x7f\r\nسطر\x1b[31m"
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f]")
OURS = re.compile("\x1b\\[[0-9;]*m|[\u2067\u2069\r]")
"""Styles of ours, and a terminal's own line ends."""


@pytest.fixture
def archive(monkeypatch, tmp_path):
    """An archive whose every text is hostile; the environment names it."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.chdir(tmp_path)
    archive = open_store(f"sqlite:///{tmp_path / 'news.db'}")
    run = archive.begin_run("crawl", HOSTILE, {"outlet": HOSTILE})
    [one] = articles(1)
    one = replace(
        one, title=f"{HOSTILE} الوزير", body=f"{HOSTILE} قال الوزير. {one.body}", outlet=HOSTILE,
        outlet_name=HOSTILE, section=HOSTILE, authors=[HOSTILE], fetched_at=datetime.now(UTC),
        published_at=datetime.now(UTC), entities={kind: [HOSTILE] for kind in ("person", "location")},
    )  # fmt: skip
    run.keep_rows([IngestRow(Arrival(one.url, HOSTILE, one.canonical_url), one, Outcome.STORED)])
    _put_copy_in(archive, run, one)
    address = f"http://a.example/{HOSTILE}"
    run.keep_rows([IngestRow(Arrival(address, HOSTILE, "x"), None, Outcome.HTTP_ERROR, HOSTILE)])
    tally = OutletTally(HOSTILE, {Outcome.STORED: 1, Outcome.HTTP_ERROR: 1})
    tally.problems.append(HOSTILE)
    run.finish("stopped", HOSTILE, [tally], timedelta(days=9))
    source = json.dumps({"url": HOSTILE})
    [waiting] = archive.waiting(0, 1)
    letter = DeadLetter(one.id, waiting.version, HOSTILE, HOSTILE, source.encode(), datetime.now(UTC))
    archive.settle_deliveries([], [], [letter])
    (tmp_path / "page.html").write_text(f"<title>{HOSTILE}</title><h1>{HOSTILE}</h1>", encoding="utf-8")
    row = {"url": f"http://b.example/{HOSTILE}", "title": HOSTILE, "text": one.body, "source": HOSTILE}
    (tmp_path / "rows.jsonl").write_text(f"{json.dumps(row)}\n{{{HOSTILE}", encoding="utf-8")
    yield archive
    archive.close()


def _put_copy_in(archive, run, one):
    """Another outlet's copy of an article, in its cluster."""
    copy = replace(one, url=f"{one.url}/copy", canonical_url=f"{one.url}/copy", outlet=f"{HOSTILE} copy")
    copy.body = f"{one.body} {HOSTILE} وأضاف."
    copy.content_hash = "copy"
    run.keep_rows([IngestRow(Arrival(copy.url, copy.outlet, copy.canonical_url), copy, Outcome.STORED)])
    with write(archive.engine) as connection:
        connection.execute(sa.update(table).values(cluster_id=one.id, cluster_size=2, story_id=one.id))
        values = {"copy_of": one.id, "similarity": 0.9}
        connection.execute(sa.update(table).where(table.c.id == copy.id).values(values))


ONE = next(articles(1)).url
CALLS = [
    ["clusters"],
    ["clusters", "--json"],
    ["clusters", "--outlet", HOSTILE],
    ["cluster", ONE],
    ["cluster", ONE, "--diff"],
    ["cluster", HOSTILE],
    ["stories"],
    ["stories", "--json"],
    ["story", ONE],
    ["story", ONE, "--json"],
    ["story", HOSTILE],
    ["syndication"],
    ["syndication", "--source", HOSTILE],
    ["deadletters"],
    ["deadletters", "--json"],
    ["deadletters", "replay", HOSTILE],
    ["doctor"],
    ["edits"],
    ["edits", "--json"],
    ["entities"],
    ["entities", "--json"],
    ["entity", HOSTILE],
    ["entity", HOSTILE, "--json"],
    ["export", "-"],
    ["extract", "page.html", "--url", f"http://a.example/{HOSTILE}"],
    ["crawl", HOSTILE],
    ["index"],
    ["ingest", "rows.jsonl", "--workers", "1"],
    ["kibana", "import", "--url", HOSTILE],
    ["outlets", HOSTILE],
    ["outlets", "--country", HOSTILE],
    ["outlets", "check", "aljazeera", "page.html", "--url", f"https://www.aljazeera.net/{HOSTILE}"],
    ["history", f"http://a.example/{HOSTILE}"],
    ["page", f"http://a.example/{HOSTILE}", "--headers"],
    ["pages"],
    ["pages", "prune", "--dry-run"],
    ["reextract", "--dry-run", "--outlet", HOSTILE],
    ["retag", "--outlet", HOSTILE],
    ["runs"],
    ["runs", "--json"],
    ["runs", "1", "--outcome", "http_error"],
    ["search", "الوزير"],
    ["search", "الوزير", "--json"],
    ["search", HOSTILE],
    ["search", "الوزير", "--outlet", HOSTILE],
    ["search", "الوزير", "--story", HOSTILE],
    ["search", "--since", HOSTILE, "x"],
    [HOSTILE],
    [f"--{HOSTILE}"],
]


@pytest.mark.parametrize("words", CALLS, ids=lambda words: " ".join(words).encode("ascii", "ignore").decode())
def test_no_control_where_there_is_no_terminal(archive, monkeypatch, words):
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "light" if words[0] == "retag" else "off")
    monkeypatch.setenv("NEWSCRAWL_CONTACT", HOSTILE)
    done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert done.output
    assert CONTROLS.findall(done.output) == []


def test_the_calls_are_of_every_command():
    without = {"bootstrap", "models"}  # they show nothing that a page or row has written
    assert {words[0] for words in CALLS} & COMMANDS.keys() == COMMANDS.keys() - without


def on_terminal(words, columns):
    """What a terminal of so many columns gets from the program, and its exit code."""
    mine, its = pty.openpty()
    program = str(Path(sys.executable).parent / "newscrawl")
    environ = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen([program, *words], stdout=its, stderr=its, stdin=its, env=environ) as child:
        os.close(its)
        read = b""
        with suppress(OSError):  # the terminal's end
            while got := os.read(mine, 65_536):
                read += got
    os.close(mine)
    return child.returncode, read.decode()


@pytest.mark.parametrize(
    ("words", "columns"), [(["search", "الوزير"], 80), (["runs"], 12), (["entities"], 20)]
)
def test_a_terminal_gets_our_styles_and_no_other_control(archive, words, columns):
    code, shown = on_terminal(words, columns)
    assert code == 0, shown
    assert "\x1b[31m" not in shown  # the foreign one
    assert CONTROLS.findall(OURS.sub("", shown)) == []
    assert shown.count("\u2067") == shown.count("\u2069")


def test_a_setting_with_controls_is_refused_in_words(monkeypatch, tmp_path):
    isolate(monkeypatch, tmp_path)
    monkeypatch.setenv("NEWSCRAWL_WORKERS", HOSTILE)
    monkeypatch.setenv(f"NEWSCRAWL_{HOSTILE}", "1")
    done = CliRunner().invoke(main, ["runs"])
    assert done.exit_code == 2
    assert CONTROLS.findall(done.output) == []
