"""A rule changes, and the kept pages are read again: what changes is told before, is ours, and is all."""

from __future__ import annotations

import dataclasses
import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from newscrawl.article import Article
from newscrawl.store import articles, open_store
from newscrawl.store.schema import outbox
from newscrawl.store.transactions import write
from tests.end_to_end.crawling import crawl, environment
from tests.newsroom import Newsroom

pytestmark = [pytest.mark.slow, pytest.mark.faults]  # kills, a lost file, a lost outlet

RULE = """
[[layouts]]
body = "//div[@class='story-body']"
remove = ["//div[@class='story-body']/p[last()]"]
"""
"""The last paragraph of an agency's report is not the agency's, it has turned out."""


@dataclass
class Archived:
    """An archive, and the commands that are run on it."""

    store: Path
    environment: dict[str, str]

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command; none needs the newsroom any more."""
        program = Path(sys.executable).parent / "newscrawl"
        return subprocess.run(
            [program, *words], env=self.environment, capture_output=True, text=True, check=False
        )

    def articles(self) -> dict[str, Article]:
        """All articles, by id."""
        archive = open_store(f"sqlite:///{self.store}", create=False)
        with archive.engine.connect() as connection:
            found = {article.id: article for article in articles.read_all(connection)}
        archive.close()
        return found

    def waiting(self) -> set[str]:
        """The articles that wait for Elasticsearch."""
        archive = open_store(f"sqlite:///{self.store}", create=False)
        with archive.engine.connect() as connection:
            found = {row.article_id for row in connection.execute(outbox.select())}
        archive.close()
        return found

    def all_delivered(self) -> None:
        """Nothing waits for Elasticsearch any more."""
        archive = open_store(f"sqlite:///{self.store}", create=False)
        with write(archive.engine) as connection:
            connection.execute(outbox.delete())
        archive.close()


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Archived:
    folder = tmp_path_factory.mktemp("archive")
    outlets = folder / "outlets"
    with Newsroom(edition=1) as room:
        done = crawl(room, folder / "archive.db")
        assert done.returncode in (0, 1), done.stderr
        shutil.copytree(room.outlets_dir, outlets)
        settings = environment(room, folder / "archive.db") | {"NEWSCRAWL_OUTLETS_DIR": str(outlets)}
    return Archived(folder / "archive.db", settings)


@pytest.fixture
def archived(crawled: Archived, tmp_path: Path) -> Archived:
    """A copy of what was crawled, the pages beside it."""
    shutil.copytree(crawled.store.parent, tmp_path / "copy")
    copy = tmp_path / "copy" / crawled.store.name
    moved = {
        "NEWSCRAWL_STORE_URL": f"sqlite:///{copy}",
        "NEWSCRAWL_OUTLETS_DIR": str(tmp_path / "copy" / "outlets"),
    }
    return Archived(copy, crawled.environment | moved)


def change_rule(archived: Archived) -> None:
    """Another layout of the agency's pages."""
    file = Path(archived.environment["NEWSCRAWL_OUTLETS_DIR"]) / "sahel.toml"
    file.write_text(file.read_text(encoding="utf-8") + RULE, encoding="utf-8")


def test_pages_that_these_rules_have_read_are_left_alone(archived: Archived) -> None:
    before = archived.articles()
    assert "No kept page waits" in archived.run("reextract").stdout
    told = json.loads(archived.run("reextract", "--all", "--dry-run", "--json").stdout)
    assert told["pages"] > len(before)
    assert (told["same"], told["failed"], told["kinds"]) == (told["pages"], 0, {})
    done = archived.run("reextract", "--all")
    assert done.returncode == 0
    assert archived.articles() == before


def test_a_changed_rule_changes_what_it_concerns_and_says_so_before(archived: Archived) -> None:
    before = archived.articles()
    archived.all_delivered()
    change_rule(archived)
    told = json.loads(archived.run("reextract", "--all", "--dry-run", "--json").stdout)
    assert archived.articles() == before
    assert archived.waiting() == set()
    done = archived.run("reextract", "--all")
    assert done.returncode == 0
    assert "articles compared with the archive's for copies; the clusters of" in done.stdout

    after = archived.articles()
    changed = {id for id, article in before.items() if article != after[id]}
    fresh = after.keys() - before.keys()
    reread = {id for id, article in before.items() if after[id].revision > article.revision}
    assert {after[id].outlet for id in reread | fresh} == {"sahel"}
    assert len(reread) == told["kinds"]["body shorter"]["pages"] > 5
    copies = changed - reread  # their text is as it was; that of their original is not
    assert all(dataclasses.replace(before[id], similarity=after[id].similarity) == after[id] for id in copies)
    assert all(after[id].copy_of in reread for id in copies)
    assert len(fresh) == told["kinds"].get("article", {"pages": 0})["pages"]
    assert archived.waiting() == changed | fresh
    for id in reread:
        assert before[id].body.startswith(after[id].body)
        assert after[id].cause == "rules"
        assert after[id].fetched_at == before[id].fetched_at

    one = after[next(iter(reread))]
    history = json.loads(archived.run("history", one.url, "--json").stdout)
    assert [revision["cause"] for revision in history["revisions"]][-1] == "rules"


def test_it_goes_on_where_it_was_killed(archived: Archived) -> None:
    program = Path(sys.executable).parent / "newscrawl"
    change_rule(archived)
    whole = json.loads(archived.run("reextract", "--all", "--dry-run", "--json").stdout)
    for _ in range(3):
        process = subprocess.Popen([program, "reextract", "--all"], env=archived.environment)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
        process.kill()
        process.wait()
    assert archived.run("reextract", "--all").returncode == 0
    changed = [article for article in archived.articles().values() if article.cause == "rules"]
    assert len(changed) == whole["kinds"]["body shorter"]["pages"]
    assert {article.revision for article in changed} == {2}


def test_a_lost_file_costs_its_pages_and_changes_no_article(
    archived: Archived, crawled: Archived, tmp_path: Path
) -> None:
    before = archived.articles()
    for number, archive in enumerate((archived, crawled)):  # the copy knows where its files were written
        (archive.store.parent / "pages").rename(tmp_path / f"pages-{number}")
    done = archived.run("reextract", "--all")
    (tmp_path / "pages-1").rename(crawled.store.parent / "pages")
    assert done.returncode == 1
    assert "cannot be read" in done.stdout
    assert archived.articles() == before


def test_pages_of_an_outlet_that_nobody_knows_any_more_are_left_alone(archived: Archived) -> None:
    before = archived.articles()
    (Path(archived.environment["NEWSCRAWL_OUTLETS_DIR"]) / "albaydar.toml").unlink()
    told = json.loads(archived.run("reextract", "--all", "--dry-run", "--json").stdout)
    number = sum(article.outlet == "albaydar" for article in before.values())
    assert told["kinds"] == {}
    assert told["left"] >= number > 0
    assert told["failed"] == 0
    done = archived.run("reextract", "--all")
    assert done.returncode == 0
    assert "left alone" in done.stdout
    assert "outlet albaydar has no file any more" in done.stderr
    assert archived.articles() == before
