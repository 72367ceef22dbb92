"""`newscrawl clusters`, `cluster` and `syndication` as a person or a program runs them."""

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner

from newscrawl.cli import cluster, clusters, syndication
from newscrawl.config import Config
from newscrawl.steps.cluster import cluster as compare
from newscrawl.steps.session import Session
from newscrawl.store import open_store
from tests.dedupe.texts import cut, edited, text
from tests.store.conftest import NOW, SITE, keep, make

ORIGINAL = text("wire", 120)


def article(path, body, hours=0, outlet="sahifa", **fields):
    at = NOW - timedelta(hours=30) + timedelta(hours=hours)
    values = {"outlet": outlet, "outlet_name": outlet, "published_at": at, "title": f"خبر {path}"} | fields
    return make(path, body, **values)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """An agency's report with three copies, a pair within one outlet, and a report of its own."""
    place = f"sqlite:///{tmp_path_factory.mktemp('archive') / 'a.db'}"
    within = text("within", 90)
    some = [
        article("/wire", ORIGINAL, 2, outlet="spa", outlet_name="وكالة الأنباء السعودية"),
        article("/copy", f"{edited(ORIGINAL, 1, 2)} وفق الوزارة", 1, outlet="jarida", agency="واس"),
        article("/third", cut(ORIGINAL, 0.4), 5, outlet="khabar"),
        article("/late", ORIGINAL, 8, outlet="khabar", title="[red]عنوان[/red] \x1b[31mآخر"),
        article("/twice", within, 0, outlet="jarida"),
        article("/twice-again", edited(within, 2, 2), 1, outlet="jarida"),
        article("/own", text("own", 90), 0, outlet="khabar"),
    ]
    with Session(open_store(place), Config(), tagger=None) as session:
        run = session.archive.begin_run("crawl", "sahifa", {})
        for one in some:
            keep(run, one)
        run.leave()
        compare(session)
    return place


@pytest.fixture
def ask(place, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", place)
    return lambda module, *words: CliRunner().invoke(module.command, words)


def told(done):
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def paths(found):
    return [one["url"].removeprefix(SITE) for one in found]


def test_the_largest_comes_first_by_its_original(ask):
    done = ask(clusters, "--since", "7d")
    heading, _, first, second = done.stdout.splitlines()
    assert heading.split()[:3] == ["articles", "outlets", "first"]
    assert first.split()[:2] == ["4", "3"]
    assert "/wire" in first  # the copy is dated earlier, and credits it
    assert second.split()[:2] == ["2", "1"]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["--agency", "وكالة الأنباء السعودية"], ["/wire"]),
        (["--agency", "رويترز"], []),
        (["--outlet", "khabar"], ["/wire"]),
        (["--min-size", "5"], []),
        (["--since", "3h"], []),
        (["--since", "7d", "--until", "29h"], ["/twice"]),
        (["--limit", "1"], ["/wire"]),
    ],
)
def test_which_clusters(ask, options, expected):
    done = ask(clusters, *options, "--json")
    assert done.exit_code == (0 if expected else 1)
    assert paths(json.loads(done.stdout)["clusters"]) == expected


def test_none_is_said(ask):
    done = ask(clusters, "--since", "1h")
    assert done.exit_code == 1
    assert done.stdout.startswith("No text of several articles since")


def test_a_rebuild_says_the_same(ask):
    day = (NOW - timedelta(days=7)).isoformat()
    before = told(ask(clusters, "--since", day, "--json"))
    done = ask(clusters, "--since", day, "--rebuild", "--json")
    assert told(done) == before
    assert "7 articles compared" in done.stderr


def test_a_rebuild_is_refused_where_nothing_is_compared(ask, monkeypatch):
    monkeypatch.setenv("NEWSCRAWL_COPIES", "off")
    done = ask(clusters, "--rebuild")
    assert (done.exit_code, "NEWSCRAWL_COPIES" in done.stderr) == (2, True)


@pytest.mark.parametrize("path", ["/wire", "/copy", "/third"])
def test_any_member_calls_its_cluster(ask, path):
    found = told(ask(cluster, SITE + path, "--json"))
    assert paths(found["articles"]) == ["/wire", "/copy", "/third", "/late"]
    by_id = told(ask(cluster, found["articles"][2]["id"].upper(), "--json"))
    assert by_id == found


def test_what_each_added_and_cut(ask):
    wire, copy, third, late = told(ask(cluster, SITE + "/wire", "--json"))["articles"]
    assert (wire["copy_of"], wire["added"], wire["credited"]) == ("", None, None)
    assert (copy["copy_of"], copy["added"], copy["cut"], copy["credited"]) == (wire["id"], 4, 2, True)
    assert (third["added"], third["cut"], third["credited"]) == (0, 72, False)
    assert (late["added"], late["cut"], late["similarity"]) == (0, 0, 1)


def test_the_timeline(ask):
    lines = ask(cluster, SITE + "/late").stdout.splitlines()
    assert lines[0] == "خبر /wire"
    wire, copy, third, late = lines[3:]
    assert "original" in wire
    assert copy.split()[2:4] == ["-1h", "0m"]
    assert third.split()[2:8] == ["3h", "0m", "khabar", third.split()[5], "0", "72"]
    assert "[red]عنوان[/red]" in late
    assert "\x1b" not in late


def test_the_words(ask):
    done = ask(cluster, SITE + "/copy", "--diff")
    assert "jarida · 4 words added, 2 words cut" in done.stdout
    assert "{+وفق الوزارة+}" in done.stdout


def test_an_article_of_its_own(ask):
    done = ask(cluster, SITE + "/own")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "No other article has this text.")


@pytest.mark.parametrize("name", [f"{SITE}/nowhere", "0" * 32])
def test_no_such_article(ask, name):
    done = ask(cluster, name)
    assert (done.exit_code, f"no article {name}" in done.stderr) == (1, True)


def test_who_republishes_whom(ask):
    found = told(ask(syndication, "--json"))
    assert found["outlets"] == {"jarida": 3, "khabar": 3, "spa": 1}
    assert found["syndication"] == [
        {
            "outlet": "khabar",
            "source": "spa",
            "copies": 2,
            "share": 0.6667,
            "credited": 0,
            "delay_seconds": 4.5 * 3600,
        },
        {
            "outlet": "jarida",
            "source": "spa",
            "copies": 1,
            "share": 0.3333,
            "credited": 1,
            "delay_seconds": -3600,
        },
    ]


def test_who_republishes_whom_for_people(ask):
    lines = ask(syndication).stdout.splitlines()
    assert lines[2].split() == ["khabar", "spa", "2", "67%", "0%", "4h", "30m"]
    assert lines[-1] == "3 copies of 7 articles in all."
    assert ask(syndication, "--source", "jarida").exit_code == 1
    assert "no article of outlet nobody" in ask(syndication, "--source", "nobody").stderr


def test_originals_alone_are_exported(ask):
    from newscrawl.cli import export

    lines = ask(export, "-", "--originals").stdout.splitlines()
    assert {json.loads(line)["url"].removeprefix(SITE) for line in lines} == {"/wire", "/twice", "/own"}


def test_originals_alone_are_found(ask):
    from newscrawl.cli import search

    words = ORIGINAL.split()[:3]
    assert told(ask(search, *words, "--all", "--json"))["total"] == 4
    found = told(ask(search, *words, "--all", "--json", "--originals"))
    assert paths(found["hits"]) == ["/wire"]


def test_one_of_each_cluster_is_exported(ask):
    from newscrawl.cli import export

    lines = ask(export, "-", "--collapse", "--outlet", "jarida", "--outlet", "khabar").stdout.splitlines()
    assert {json.loads(line)["url"].removeprefix(SITE) for line in lines} == {"/copy", "/twice", "/own"}
    refused = ask(export, "-", "--collapse", "--revisions")
    assert refused.exit_code == 2
    assert "--collapse is for articles" in refused.stderr


def test_one_of_each_cluster_is_found_with_the_number_of_the_others(ask):
    from newscrawl.cli import search

    words = ORIGINAL.split()[:3]
    found = told(ask(search, *words, "--all", "--json", "--collapse"))
    assert (found["total"], [hit["copies"] for hit in found["hits"]]) == (1, [3])
    done = ask(search, *words, "--all", "--collapse")
    assert "copies of one text count once" in done.stdout
    assert f"3 more copies: newscrawl cluster {found['hits'][0]['id']}" in done.stdout
    assert "more cop" not in ask(search, *words, "--all").stdout


def test_copies_are_dropped_from_search_and_export(ask, monkeypatch, tmp_path):
    from newscrawl.cli import export, search

    def exported(*words):
        done = ask(export, "-", *words)
        assert done.exit_code == 0, done.output
        return {json.loads(line)["url"].removeprefix(SITE) for line in done.stdout.splitlines()}

    assert ask(export, str(tmp_path / "news"), "--format", "jsonl").exit_code == 0
    monkeypatch.setenv("NEWSCRAWL_COPIES", "drop")
    assert exported() == {"/wire", "/twice", "/own"}
    assert "Copies are left out (NEWSCRAWL_COPIES); --with-copies" in ask(export, "-").stderr
    assert len(exported("--with-copies")) == 7
    assert ask(export, "-", "--with-copies", "--originals").exit_code == 2
    found = told(ask(search, *ORIGINAL.split()[:3], "--all", "--json"))
    assert paths(found["hits"]) == ["/wire"]
    # The clusters are whole, and a folder of another setting is refused.
    assert len(told(ask(cluster, f"{SITE}/wire", "--json"))["articles"]) == 4
    refused = ask(export, str(tmp_path / "news"), "--format", "jsonl")
    assert refused.exit_code == 2
    assert "not with --originals" in refused.stderr
