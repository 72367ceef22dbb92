"""What all commands share: wrong settings, unknown ones, help texts with the variables' names."""

import doctest
import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from newscrawl.cli import COMMANDS, common, main
from newscrawl.store import open_store
from tests.cli.world import isolate, waiting_archive

WHOLE = {
    "bootstrap": [],
    "cluster": ["http://a.example/1"],
    "clusters": [],
    "crawl": ["aljazeera"],
    "deadletters": [],
    "deadletters replay": [],
    "edits": [],
    "entities": [],
    "entity": ["x"],
    "export": ["x.jsonl"],
    "extract": ["-", "--url", "http://a.example/1"],
    "history": ["http://a.example/1"],
    "index": [],
    "ingest": [__file__],
    "kibana import": [],
    "models install": ["camel"],
    "models list": [],
    "outlets show": [],
    "outlets check": ["aljazeera"],
    "page": ["http://a.example/1"],
    "pages": [],
    "pages prune": [],
    "reextract": [],
    "retag": [],
    "runs": [],
    "search": ["x"],
    "stories": [],
    "story": ["http://a.example/1"],
    "syndication": [],
}
"""A command with the arguments that it cannot do without."""
WITHOUT = {"doctor", "kibana objects"}
"""Doctor shows what is wrong as its lines; the objects depend on no setting."""


def leaves(group, path=()):
    for name in group.list_commands(None):
        command = group.get_command(None, name)
        if isinstance(command, click.Group):
            yield from leaves(command, (*path, name))
            if command.invoke_without_command:
                yield " ".join((*path, name))
        else:
            yield " ".join((*path, name))


def run(words, stdin="", **environ):
    return CliRunner().invoke(main, words, input=stdin, env=environ)


def test_a_wrong_setting_ends_every_command_with_2(monkeypatch, tmp_path):
    isolate(monkeypatch, tmp_path)
    assert set(leaves(main)) == set(WHOLE) | WITHOUT
    wrong = {}
    for command, words in WHOLE.items():
        done = run([*command.split(), *words], NEWSCRAWL_WORKERS="zwei", NEWSCRAWL_MIN_WORDS="-1")
        if (done.exit_code, done.stdout, done.stderr) != (
            2,
            "",
            "NEWSCRAWL_WORKERS=zwei: not a whole number; write e.g. NEWSCRAWL_WORKERS=2\n"
            "NEWSCRAWL_MIN_WORDS=-1: less than 0; write e.g. NEWSCRAWL_MIN_WORDS=25\n",
        ):
            wrong[command] = done.output
    assert wrong == {}


def test_an_unknown_setting_gets_a_word_and_ends_nothing(monkeypatch, tmp_path):
    waiting_archive(monkeypatch, tmp_path).close()
    for words in (["outlets", "aljazeera"], ["deadletters"], ["deadletters", "replay"]):
        done = run(words, NEWSCRAWL_WORKER="2")
        assert done.exit_code == 0
        first, *rest = done.stderr.splitlines()
        assert first == (
            "NEWSCRAWL_WORKER is set, but there is no such setting; did you mean NEWSCRAWL_WORKERS?"
        )
        assert all(line.startswith("Archive: ") for line in rest)


def test_help_is_shown_whatever_the_settings_and_names_the_variables(monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_WORKERS", "zwei")
    for name in COMMANDS:
        done = run([name, "--help"])
        assert (done.exit_code, done.stderr) == (0, ""), name
        assert "$" not in done.stdout, name
    assert "NEWSCRAWL_ELASTICSEARCH_URL" in run(["search", "--help"]).stdout


def test_doctests():
    result = doctest.testmod(common)
    assert (result.attempted > 0, result.failed) == (True, 0)


@pytest.mark.parametrize(
    ("words", "encoding", "code", "said"),
    [
        (["search", "الوزير"], "utf-8", 2, "the archive is empty"),
        (["entity", "بوتين"], "utf-8", 1, ""),
        (["entity", "بوتين"], "cp1256", 2, "not UTF-8"),
        (["outlets", "show", "مصر"], "cp1256", 2, ""),
    ],
)
def test_words_are_utf8_whatever_the_locale(tmp_path, words, encoding, code, said):
    """The C locale, which cron's jobs have, and a terminal of another encoding."""
    open_store(f"sqlite:///{tmp_path / 'a.db'}").close()
    environ = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0",
        "NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'a.db'}",
    }
    command = [sys.executable, "-m", "newscrawl", *(word.encode(encoding) for word in words)]
    done = subprocess.run(command, env=environ, cwd=tmp_path, capture_output=True, check=False)
    printed = (done.stdout + done.stderr).decode()
    assert "Traceback" not in printed
    assert (done.returncode, said in printed) == (code, True), printed
