"""`newscrawl stories` and `story`, and --story of search and export, as a person or a program runs them."""

import json
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from newscrawl.cli import clusters, export, search, stories, story
from newscrawl.config import Config
from newscrawl.steps.relate import relate
from newscrawl.steps.session import Session
from newscrawl.store import open_store
from newscrawl.store.schema import articles as table
from tests.dedupe.texts import edited
from tests.steps.test_story import report, world
from tests.store.conftest import SITE, keep


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Three events that three outlets report, one of them with a copy, and articles on other things."""
    place = f"sqlite:///{tmp_path_factory.mktemp('archive') / 'a.db'}"
    some = world()
    copy = report("زلزال", "majalla", 9, body=edited(some[0].body, 1, 2))
    copy.title = "[red]عنوان[/red] \x1b[31mآخر"
    with Session(open_store(place), Config(), tagger=None) as session:
        run = session.archive.begin_run("crawl", "sahifa", {})
        for one in (*some, copy):
            keep(run, one)
        run.leave()
        relate(session)
    return place


@pytest.fixture
def ask(place, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", place)
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")
    return lambda module, *words: CliRunner().invoke(module.command, words)


def told(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def paths(found):
    return [one["url"].removeprefix(SITE) for one in found]


def test_those_of_most_outlets_come_first_by_their_first_report(ask):
    done = ask(stories)
    heading, _, *rows = done.stdout.splitlines()
    assert heading.split() == ["outlets", "articles", "own", "first", "for", "outlet", "headline", "story"]
    assert [row.split()[:3] for row in rows] == [["4", "4", "3"], ["3", "3", "3"], ["3", "3", "3"]]
    found = told(ask(stories, "--json"))
    assert paths(found["stories"]) == ["/زلزال-sahifa", "/نهائي-sahifa", "/قمة-sahifa"]
    first = found["stories"][0]
    assert (first["articles"], first["own_words"], first["outlets"], first["outlet"]) == (4, 3, 4, "sahifa")
    assert datetime.fromisoformat(first["published_at"]) < datetime.fromisoformat(first["last_at"])
    assert found["waiting"] == 0


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--min-outlets", "4"], ["/زلزال-sahifa"]),
        (["--min-outlets", "5"], []),
        (["--limit", "1"], ["/زلزال-sahifa"]),
        (["--since", "39h"], ["/نهائي-sahifa"]),
        (["--until", "45h"], ["/زلزال-sahifa"]),
        (["--since", "1h"], []),
    ],
)
def test_a_choice_of_them(ask, options, expected):
    done = ask(stories, *options, "--json")
    assert done.exit_code == (0 if expected else 1)
    assert paths(json.loads(done.stdout)["stories"]) == expected


def test_none_is_said_in_words_and_more_than_are_shown(ask):
    done = ask(stories, "--min-outlets", "9")
    assert done.exit_code == 1
    assert done.stdout.startswith("No event that several articles report since ")
    assert "--limit shows them" in ask(stories, "--limit", "1").stderr
    assert "--limit shows them" in ask(story, SITE + "/قمة-khabar", "--limit", "1").stderr


def test_who_reported_it_when_and_in_whose_words(ask):
    wanted = ["/زلزال-sahifa", "/زلزال-jarida", "/زلزال-khabar", "/زلزال-majalla"]
    listed = told(ask(story, f"{SITE}/زلزال-majalla", "--json"))
    assert paths(listed["articles"]) == wanted
    assert listed["id"] == listed["articles"][0]["id"] == listed["articles"][3]["copy_of"]
    assert listed["more"] is False
    by_id = ask(story, listed["articles"][2]["id"].upper())
    heading, _, *rows = by_id.stdout.splitlines()[1:]
    assert heading.split() == ["when", "after", "outlet", "words", "headline", "URL"]
    assert [row.split()[-1].removeprefix(SITE) for row in rows] == wanted
    assert ["copy of sahifa" in row for row in rows] == [False, False, False, True]
    assert "[red]" in rows[3]
    assert "\x1b" not in by_id.stdout


def test_an_article_in_no_story_and_one_that_is_not_there(ask):
    alone = ask(story, f"{SITE}/خبر1-jarida")
    assert alone.stdout.splitlines()[-1] == "No other article is known to report this."
    assert told(ask(story, f"{SITE}/خبر1-jarida", "--json"))["id"] == ""
    for word in (f"{SITE}/none", "0" * 32):
        none = ask(story, word)
        assert (none.exit_code, none.stdout) == (1, "")
        assert f"The archive has no article {word}." in none.stderr


def test_a_story_alone_is_exported_and_searched(ask):
    [first, *_] = told(ask(stories, "--json"))["stories"]
    lines = list(map(json.loads, ask(export, "-", "--story", first["id"]).stdout.splitlines()))
    assert {one["story_id"] for one in lines} == {first["id"]}
    assert len(lines) == 4
    found = told(ask(search, "زلزالا", "--all", "--json", "--story", first["id"]))
    assert found["hits"]
    assert all("زلزال" in path for path in paths(found["hits"]))
    assert ask(search, "خبر1ا", "--story", first["id"]).exit_code == 1


def test_what_waits_is_told_and_rebuild_tells_all_stories_anew(ask, place):
    before = told(ask(stories, "--json"))["stories"]
    archive = open_store(place)
    with archive.engine.begin() as connection:
        connection.execute(sa.update(table).values(story_id=""))
    archive.reporting.forget_all()
    archive.close()
    assert "43 articles have not been looked at" not in ask(stories).stdout
    assert "40 articles have not been looked at for stories yet" in ask(stories).stderr
    done = ask(clusters, "--rebuild", "--min-size", "2")
    assert "The stories of 10 articles changed" in done.stderr
    assert told(ask(stories, "--json"))["stories"] == before
    assert datetime.fromisoformat(before[0]["published_at"]).astimezone(UTC) < datetime.now(UTC)
