"""`newscrawl entity NAME` as a person or a program runs it."""

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from newscrawl.cli.entity import DAYS, command
from newscrawl.store import open_store
from tests.outputs.export.world import keep, make


@pytest.fixture
def archive(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'a.db'}")
    archive = open_store()
    yield archive
    archive.close()


@pytest.fixture
def run(archive):
    people = {"person": ["محمد صلاح"]}
    keep(
        archive,
        make(1, day=21, entities={**people, "location": ["القاهرة", "مصر"]}),
        make(2, day=21, hour=18, entities={**people, "organization": ["فيفا"]}),
        make(3, "majma", day=22, entities={**people, "location": ["القاهرة"], "misc": ["محمد صلاح"]}),
        make(4, "majma", day=23, entities={"location": ["القاهرة"]}),
    )
    return entity


def entity(*words):
    return CliRunner().invoke(command, list(words))


def test_kinds_days_outlets_company_and_titles(run):
    result = run("مُحمّد", "صلاح")
    assert result.exit_code == 0
    text = [line.rstrip() for line in result.stdout.splitlines()]
    assert text[:2] == [
        "محمد صلاح · person · 3 articles, 3 mentions",
        "محمد صلاح · misc · 1 article, 1 mention",
    ]
    days = text.index("Days")
    assert text[days + 1].split() == ["2026-11-22", "1", "█" * 15]
    assert text[days + 2].split() == ["2026-11-21", "2", "█" * 30]
    outlets = text.index("Outlets")
    assert [line.split()[:2] for line in text[outlets + 1 : outlets + 3]] == [["sahel", "2"], ["majma", "1"]]
    places = text.index("Places in the same articles")
    assert [line.split() for line in text[places + 1 : places + 3]] == [["2", "القاهرة"], ["1", "مصر"]]
    assert "People in the same articles" not in text
    newest = text.index("Newest")
    assert text[newest + 1] == "  الخبر رقم 3"
    assert text[newest + 2].startswith("    majma · 2026-11-22 ")
    assert text[newest + 2].endswith(" · https://majma.example/3")
    assert not set(result.stdout) & set("\x1b\u2066\u2067\u2068\u2069")


def test_json(run):
    found = json.loads(run("محمد صلاح", "--json").stdout)
    assert found["types"] == {
        "person": {"articles": 3, "mentions": 3},
        "misc": {"articles": 1, "mentions": 1},
    }
    assert (found["name"], found["articles"], found["outlets"]) == ("محمد صلاح", 3, {"sahel": 2, "majma": 1})
    assert found["days"] == {"2026-11-22": 1, "2026-11-21": 2}
    assert found["together"]["location"] == [
        {"name": "القاهرة", "articles": 2},
        {"name": "مصر", "articles": 1},
    ]
    assert [one["url"][-1] for one in found["newest"]] == ["3", "2", "1"]
    assert found["near"] == []


def test_since(run):
    found = json.loads(run("محمد صلاح", "--since", "2026-11-22", "--json").stdout)
    assert (found["articles"], found["outlets"]) == (1, {"majma": 1})
    nothing = run("فيفا", "--since", "2026-11-22")
    assert nothing.exit_code == 1
    assert nothing.stdout.startswith("No article since 2026-11-22 00:00 mentions فيفا.\n")


def test_only_the_newest_days_are_shown(archive):
    for number in range(DAYS + 3):
        moment = datetime(2026, 10, 1 + number, 12, tzinfo=UTC)
        keep(archive, make(number, published_at=moment, entities={"location": ["مصر"]}))
    shown = entity("مصر").stdout
    assert shown.count("2026-10-") == DAYS + 5  # with the titles' days
    assert "and 3 more articles on 3 earlier days" in shown


def test_a_name_nobody_has_gives_names_that_are_near(run):
    result = run("صلاح")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[:3] == [
        "No article mentions صلاح.",
        "Did you mean:",
        "  محمد صلاح · person · 3 articles",
    ]
    assert json.loads(run("القهرة", "--json").stdout)["near"][0]["name"] == "القاهرة"
    assert run("زحل").stdout == "No article mentions زحل.\n"


def test_errors_are_explained_and_exit_2(tmp_path, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert "no archive yet" in entity("مصر").stderr
    assert entity().exit_code == entity("مصر", "--since", "soon").exit_code == 2
