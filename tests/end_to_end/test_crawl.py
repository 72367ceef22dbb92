"""The whole way, through `scrapy crawl` in a process of its own: every URL's outcome, by name."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from click.testing import CliRunner

from newscrawl.article import Outcome
from newscrawl.cli import main
from newscrawl.store import open_store
from tests.end_to_end.crawling import crawl
from tests.newsroom import Newsroom
from tests.newsroom.sites.majma import OWN_PARAGRAPH

pytestmark = pytest.mark.slow


@dataclass
class Visited:
    """The archive after two visits, and what the newsroom saw of each."""

    store: Path
    first: CompletedProcess[str]
    second: CompletedProcess[str]
    expected: list[dict[str, dict[str, object]]]
    fetched: list[list[str]]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Visited:
    store = tmp_path_factory.mktemp("archive") / "archive.db"
    with Newsroom(edition=1) as room:
        first = crawl(room, store)
        expected = [room.expected()]
        fetched = [[request.url for request in room.log()]]
    with Newsroom(edition=2) as room:
        second = crawl(room, store)
        expected.append(room.expected(second_visit=True))
        fetched.append([request.url for request in room.log()])
    return Visited(store, first, second, expected, fetched)


def _ends(store: Path, run: int) -> dict[str, dict[str, Outcome]]:
    archive = open_store(f"sqlite:///{store}", create=False)
    found: dict[str, dict[str, Outcome]] = {}
    for row in archive.candidates(run):
        assert row.url not in found.get(row.outlet, {})
        found.setdefault(row.outlet, {})[row.url] = Outcome(row.outcome)
    archive.close()
    return found


def _differences(found: dict[str, dict[str, Outcome]], expected: dict[str, dict[str, object]]) -> list[str]:
    lines = []
    for outlet in expected.keys() | found.keys():
        wanted, got = expected.get(outlet, {}), found.get(outlet, {})
        for url in wanted.keys() | got.keys():
            ends = wanted.get(url, "nothing")
            allowed = ends if isinstance(ends, set | frozenset) else {ends}
            if got.get(url, "nothing") not in allowed:
                lines.append(f"{outlet} {url}: {got.get(url, 'nothing')}, not {ends}")
    return sorted(lines)


@pytest.mark.parametrize("visit", [1, 2])
def test_every_url_ends_as_it_must(visited: Visited, visit: int) -> None:
    assert _differences(_ends(visited.store, visit), visited.expected[visit - 1]) == []


@pytest.mark.parametrize("visit", [1, 2])
def test_outcomes_sum_to_candidates(visited: Visited, visit: int) -> None:
    archive = open_store(f"sqlite:///{visited.store}", create=False)
    run = archive.run(visit)
    archive.close()
    assert run is not None
    assert run.status == "finished"
    total = sum(tally.candidates for tally in run.tallies)
    assert total == sum(len(ends) for ends in visited.expected[visit - 1].values())


def test_the_table_and_the_sentence_are_printed(visited: Visited) -> None:
    assert visited.first.returncode == 0, visited.first.stderr
    assert "new articles" in visited.first.stdout
    assert "albaydar" in visited.first.stdout
    assert "Traceback" not in visited.first.stderr
    assert "WARNING" not in visited.first.stderr  # what is worth a warning here has its line in the table


def test_the_second_visit_fetches_no_stored_article_again_but_the_corrected(visited: Visited) -> None:
    stored = {
        url
        for ends in _ends(visited.store, 1).values()
        for url, outcome in ends.items()
        if outcome is Outcome.STORED
    }
    again = [url for url in visited.fetched[1] if url in stored]
    archive = open_store(f"sqlite:///{visited.store}", create=False)
    updated = [row.url for row in archive.candidates(2, "updated")]
    archive.close()
    assert len(updated) == 1
    assert again == updated


def test_the_corrected_article_has_two_revisions(visited: Visited) -> None:
    from newscrawl.store import versions

    archive = open_store(f"sqlite:///{visited.store}", create=False)
    (row,) = archive.candidates(2, "updated")
    article = archive.article(row.article_id)
    assert article is not None
    assert article.revision == 2
    with archive.engine.connect() as connection:
        texts = [revision.title for revision in versions.of_article(connection, article.id)]
    archive.close()
    assert len(texts) == 2
    assert texts[0] != texts[1] == article.title


def test_the_correction_is_shown_word_by_word_listed_and_exported(
    visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{visited.store}")
    archive = open_store(f"sqlite:///{visited.store}", create=False)
    (row,) = archive.candidates(2, "updated")
    archive.close()

    history = _cli("history", row.url)
    assert "changed by the outlet" in history
    assert "[-120-] {+185+} عائلة" in history  # the headline's figure, and that of the first paragraph
    assert "{+تصحيح: ذكرت «المرفأ» في صيغة سابقة" in history
    first, second = json.loads(_cli("history", row.url, "--json"))["revisions"]
    assert (first["cause"], second["cause"]) == ("", "outlet")

    (edit,) = json.loads(_cli("edits", "--json"))["edits"]
    assert (edit["url"], edit["outlet"], edit["revision"]) == (row.url, "almarfa", 2)
    assert (edit["headline_changed"], edit["stated"]) == (True, True)
    assert (edit["added"], edit["cut"]) == (second["added"], second["cut"])
    assert edit["added"] > 40 > edit["cut"] > 0

    lines = [json.loads(line) for line in _cli("export", "--revisions", "-").splitlines()]
    assert [(one["revision"], one["words_added"], one["words_cut"]) for one in lines] == [
        (1, None, None),
        (2, edit["added"], edit["cut"]),
    ]
    assert [one["body"] for one in lines] == [first["body"], second["body"]]


def test_the_aggregators_copies_are_known_by_their_original(
    visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{visited.store}")
    found = json.loads(_cli("clusters", "--since", "2026-10-01", "--json"))
    assert found["waiting"] == 0
    assert sorted((one["outlet"], one["size"]) for one in found["clusters"]) == [
        ("almarfa", 2), ("sahel", 2), ("sahel", 2), ("sahel", 2),
    ]  # fmt: skip
    for one in found["clusters"]:
        original, copy = json.loads(_cli("cluster", one["url"], "--json"))["articles"]
        assert (copy["outlet"], copy["copy_of"], copy["credited"]) == ("majma", original["id"], True)
        whole = (copy["similarity"], copy["added"], copy["cut"]) == (1, 0, 0)
        assert whole is (original["outlet"] == "sahel")

    pairs = json.loads(_cli("syndication", "--since", "2026-10-01", "--json"))["syndication"]
    assert [(one["outlet"], one["source"], one["copies"], one["credited"]) for one in pairs] == [
        ("majma", "sahel", 3, 3),
        ("majma", "almarfa", 1, 1),
    ]

    exported = [json.loads(line) for line in _cli("export", "-").splitlines()]
    assert all(one["cluster_id"] and one["cluster_size"] for one in exported)
    copies = [one["id"] for one in exported if one["copy_of"]]
    originals = [json.loads(line)["id"] for line in _cli("export", "-", "--originals").splitlines()]
    assert len(copies) == 4
    assert sorted([*originals, *copies]) == sorted(one["id"] for one in exported)
    assert [json.loads(line)["id"] for line in _cli("export", "-", "--collapse").splitlines()] == originals


def test_the_corrected_article_and_the_aggregators_longer_copy_are_one_cluster_with_both_texts(
    visited: Visited, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSCRAWL_STORE_URL", f"sqlite:///{visited.store}")
    (corrected,) = json.loads(_cli("edits", "--json"))["edits"]
    added = len(OWN_PARAGRAPH.split())

    original, copy = json.loads(_cli("cluster", corrected["url"], "--json"))["articles"]
    assert (original["id"], original["copy_of"]) == (corrected["id"], "")
    assert (copy["outlet"], copy["copy_of"], copy["agency"]) == ("majma", corrected["id"], "جريدة المرفأ")
    assert 0.5 < copy["similarity"] < 1
    assert copy["added"] >= added > 30  # and the figures that the paper corrected
    assert copy["cut"] >= corrected["added"] - 5  # the correction, which the aggregator lacks
    shown = _cli("cluster", corrected["url"], "--diff")
    assert f"{{+{OWN_PARAGRAPH}+}}" in shown
    assert "[-185-] {+120+} عائلة" in shown

    history = json.loads(_cli("history", corrected["url"], "--json"))["revisions"]
    assert [(one["revision"], one["cause"]) for one in history] == [(1, ""), (2, "outlet")]

    rows = {row["id"]: row for row in map(json.loads, _cli("export", "-").splitlines())}
    both = [rows[corrected["id"]], rows[copy["id"]]]
    assert {(row["cluster_id"], row["cluster_size"]) for row in both} == {(corrected["id"], 2)}
    assert [(row["copy_of"], row["revision"], row["similarity"]) for row in both] == [
        ("", 2, None),
        (corrected["id"], 1, copy["similarity"]),
    ]
    found = json.loads(_cli("search", "سهل", "عكار", "--all", "--collapse", "--json"))
    one = [(hit["id"], hit["copies"]) for hit in found["hits"] if hit["copies"]]
    assert one in ([(corrected["id"], 1)], [(copy["id"], 1)])


def _cli(*words: str) -> str:
    done = CliRunner().invoke(main, list(words))
    assert done.exit_code == 0, done.stderr
    return done.stdout


def test_stored_text_is_as_published(visited: Visited) -> None:
    from newscrawl.store import articles

    with Newsroom(edition=2) as room:
        truths = {text.title: text for texts in room.articles().values() for text in texts.values()}
    archive = open_store(f"sqlite:///{visited.store}", create=False)
    with archive.engine.connect() as connection:
        found = list(articles.read_all(connection))
    archive.close()
    checked = 0
    for article in found:
        truth = truths.get(article.title)
        if truth is not None:
            checked += 1
            assert truth.body[0] in article.body.replace("\n\n", " "), article.url
            # albaydar's section page gives no dates, and some of its pages only one written for people.
            assert article.published_at or article.outlet == "albaydar", article.url
    assert checked >= 60


def test_articles_have_the_names_that_stand_in_their_texts(visited: Visited) -> None:
    from newscrawl.entities.taggers import canonical_names, tagged_text
    from newscrawl.store import articles

    archive = open_store(f"sqlite:///{visited.store}", create=False)
    with archive.engine.connect() as connection:
        found = list(articles.read_all(connection))
    archive.close()
    assert len({article.tagger for article in found}) == 1
    assert found[0].tagger
    for article in found:  # the corrected one's places are those in its new text
        text = tagged_text(article)
        assert all(text[one.start : one.end] == one.text for one in article.mentions), article.url
        assert article.entities == canonical_names(article.mentions)
    assert sum(bool(article.mentions) for article in found) > len(found) / 4
    assert "without names" not in visited.first.stdout + visited.second.stdout


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("NEWSCRAWL_TAGGER", "camell", "NEWSCRAWL_TAGGER=camell: not one of auto, camel, light, off"),
        (
            "NEWSCRAWL_ELASTICSEARCH_URL",
            "localhost:9200",
            "NEWSCRAWL_ELASTICSEARCH_URL=localhost:9200: not a URL of a server; write e.g.",
        ),
    ],
)
def test_a_wrong_setting_ends_the_crawl_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(variable, value)
    with Newsroom() as room:
        done = crawl(room, tmp_path / "archive.db", "sahel")
        assert not room.log()
    assert done.returncode == 2
    assert sentence in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_no_request_went_where_it_must_not(visited: Visited) -> None:
    for urls in visited.fetched:
        assert not [url for url in urls if "/private/" in url]
        assert not [url for url in urls if "other-site.example" in url or "127.0.0.1" in url]


def test_an_outlet_that_yields_nothing_makes_the_exit_code_1(tmp_path: Path) -> None:
    with Newsroom() as room:
        silent = tmp_path / "outlets"
        silent.mkdir()
        (silent / "silent.toml").write_text(
            'id = "silent"\nname = "صامتة"\nname_en = "Silent"\ndomain = "albaydar.example"\n'
            'homepage = "http://albaydar.example/"\ncountry = "EG"\ntimezone = "Africa/Cairo"\n'
            'kind = "newspaper"\nfeeds = ["http://albaydar.example/feeds/down.php"]\n',
            encoding="utf-8",
        )
        room.outlets_dir = silent
        done = crawl(room, tmp_path / "archive.db", "silent")
    assert done.returncode == 1
    assert "Yielded nothing: silent" in done.stdout


def test_bad_arguments_are_explained_and_exit_with_2(tmp_path: Path) -> None:
    with Newsroom() as room:
        done = crawl(room, tmp_path / "archive.db", "sahel", "-a", "since=lately", "-a", "limt=3")
    assert done.returncode == 2
    assert "since=lately" in done.stdout + done.stderr
    assert "limt" in done.stdout + done.stderr
    assert "Usage" not in done.stdout + done.stderr
