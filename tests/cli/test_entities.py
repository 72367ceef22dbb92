"""`newscrawl entities` as a person or a program runs it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from newscrawl.article import Mention
from newscrawl.cli.entities import command
from newscrawl.entities.taggers import Names
from newscrawl.store import open_store
from tests.outputs.export.world import keep, make

LABELS = {"محمد صلاح": "PERSON", "فيروز": "PERSON", "فيفا": "ORGANIZATION", "كأس العالم": "MISC"}
DAYS = {
    1: ["محمد صلاح", "محمد صلاح", "مصر", "كأس العالم"],
    2: ["محمد صلاح", "مصر", "فيفا"],
    6: ["مصر", "فيروز"],
    8: ["محمد صلاح", "فيروز"],
    9: ["فيروز", "مصر"],
    13: ["فيروز", "فيفا"],
    20: ["مصر"],
}
"""Days ago → the names of an article."""


def article(number, days, names, outlet="sahel"):
    one = make(number, outlet, published_at=datetime.now(UTC) - timedelta(days=days))
    mentions = [Mention(name, LABELS.get(name, "LOCATION"), 0, len(name), name) for name in names]
    Names("light 1", mentions).put_into(one)
    return one


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    monkeypatch.setenv("COLUMNS", "100")
    archive = open_store()
    yield archive
    archive.close()


@pytest.fixture
def run(archive):
    keep(archive, *(article(number, days, names) for number, (days, names) in enumerate(DAYS.items())))
    keep(archive, article(99, 3, ["مصر"], "majma"))
    return entities


def entities(*words):
    return CliRunner().invoke(command, list(words))


def lines(output):
    return [line.split() for line in output.splitlines() if line.strip()]


def test_counts_and_the_change_against_the_week_before(run):
    result = run()
    assert result.exit_code == 0
    rows = lines(result.stdout)
    assert rows[0][:3] == ["4", "articles", "since"]
    assert " ".join(rows[0]).endswith("; 3 in the same time before.")
    assert ["1", "محمد", "صلاح", "2", "3", "1", "▲", "1", "more"] in rows
    assert ["2", "فيروز", "1", "1", "3", "▼", "2", "fewer"] in rows
    assert ["1", "فيفا", "1", "1", "1", "as", "before"] in rows
    assert ["1", "مصر", "EG", "4", "4", "1", "▲", "3", "more"] in rows
    assert "كأس العالم" not in result.stdout
    assert [row[0] for row in rows if row[0] in ("People", "Organisations", "Places")] == [
        "People", "Organisations", "Places",
    ]  # fmt: skip


def test_no_colours_and_no_marks_where_there_is_no_terminal(run):
    assert not set(run().stdout) & set("\x1b\u2066\u2067\u2068\u2069")


def test_a_new_name_is_called_new_and_nothing_is_compared_with_nothing(run):
    assert ["1", "كأس", "العالم", "1", "1", "0", "▲", "new"] in lines(run("--type", "misc").stdout)
    result = run("--type", "misc", "--since", "60d")
    assert result.stdout.splitlines()[0].endswith("; 0 in the same time before.")
    assert ["1", "كأس", "العالم", "1", "1"] in lines(result.stdout)
    assert "change" not in result.stdout


def test_options_and_json(run):
    found = json.loads(run("--json", "--outlet", "sahel", "--top", "1", "--since", "4d").stdout)
    assert (found["articles"], found["articles_before"]) == (2, 1)
    assert found["entities"] == {
        "person": [{"name": "محمد صلاح", "articles": 2, "mentions": 3, "before": 0}],
        "organization": [{"name": "فيفا", "articles": 1, "mentions": 1, "before": 0}],
        "location": [{"name": "مصر", "articles": 2, "mentions": 2, "before": 1, "country": "EG"}],
    }
    assert datetime.fromisoformat(found["since"]) < datetime.fromisoformat(found["until"])


def test_nothing_in_the_span_names_the_newest_day(archive):
    newest = datetime.now().astimezone() - timedelta(days=30)
    keep(archive, make(1, published_at=newest))
    result = entities("--outlet", "sahel")
    assert result.exit_code == 1
    assert f"the newest is of {newest.date()}: newscrawl entities --since 20" in result.stdout
    assert json.loads(entities("--json").stdout)["entities"]["person"] == []


def test_articles_without_names_say_what_to_do(archive):
    keep(archive, make(1, published_at=datetime.now(UTC) - timedelta(days=1)))
    result = entities()
    assert result.exit_code == 1
    assert result.stdout.startswith("None of the 1 articles since ")
    assert result.stdout.endswith("newscrawl retag\n")


def test_an_empty_archive(archive):
    result = entities("--outlet", "sahell")
    assert (result.exit_code, "There is no article; fill the archive" in result.stdout) == (1, True)
    assert "no article of outlet sahell" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--since", "soon"], "is no time"),
        (["--since", "2999-01-01"], "lies in the future"),
        (["--type", "planet"], "'planet' is not one of"),
        (["--top", "0"], "0 is not in the range"),
    ],
)
def test_errors_are_explained_and_exit_2(archive, words, message):
    result = entities(*words)
    assert result.exit_code == 2
    assert message in result.stderr
