"""`newscrawl crawl`: what it hands to Scrapy, and that it works from a folder without a project."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newscrawl.cli import main
from newscrawl.places import PROJECT_FILE
from tests.cli.world import isolate
from tests.end_to_end.crawling import environment
from tests.newsroom import Newsroom


@pytest.fixture
def handed(monkeypatch, tmp_path):
    """What `newscrawl crawl` with these words hands to Scrapy."""
    isolate(monkeypatch, tmp_path)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "")
    given = []
    monkeypatch.setattr("scrapy.cmdline.execute", given.append)

    def run(*words):
        done = CliRunner().invoke(main, ["crawl", *words])
        return (done.exit_code, given.pop()[2:]) if given else (done.exit_code, done.stderr)

    return run


@pytest.mark.parametrize(
    ("words", "spider"),
    [
        ("aljazeera", "aljazeera"),
        ("aljazeera -a since=2d -a limit=3", "aljazeera -a since=2d -a limit=3"),
        ("aljazeera youm7", "news -a outlets=aljazeera,youm7"),
        ("--country EG --country SA -a since=2d", "news -a country=EG,SA -a since=2d"),
        ("--kind agency --country EG", "news -a country=EG -a kind=agency"),
        ("--all -s NEWSCRAWL_WORKERS=1", "news -s NEWSCRAWL_WORKERS=1"),
        ("site -a url=https://example.org/", "site -a url=https://example.org/"),
    ],
)
def test_the_choice_becomes_a_spider_and_its_arguments(handed, words, spider):
    code, given = handed(*words.split())
    assert (code, given) == (0, spider.split())
    assert os.environ["SCRAPY_SETTINGS_MODULE"] == "newscrawl.settings"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "--all"),
        ("--all youm7", "leave out the other choices"),
        ("site youm7", "name it alone"),
        ("--nosuch youm7", "No such option"),
    ],
)
def test_a_choice_that_is_none_is_refused(handed, words, said):
    code, stderr = handed(*words.split())
    assert code == 2
    assert said in stderr


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """A folder that lies in no project."""
    folder = tmp_path_factory.mktemp("elsewhere")
    assert not any((one / PROJECT_FILE).exists() for one in (folder, *folder.parents))
    return folder


def run(words, folder, environ):
    program = str(Path(sys.executable).parent / "newscrawl")
    return subprocess.run(
        [program, *words],
        cwd=folder,
        env=environ,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_it_crawls_from_any_folder_into_the_users_archive(elsewhere, tmp_path):
    with Newsroom() as room:
        environ = environment(room, tmp_path / "x.db") | {
            "XDG_DATA_HOME": str(tmp_path / "home"),
            "NEWSCRAWL_TAGGER": "off",
            "NEWSCRAWL_WORKERS": "1",
        }
        del environ["NEWSCRAWL_STORE_URL"]
        done = run(["crawl", "majma", "-a", "limit=3"], elsewhere, environ)
    archive = tmp_path / "home" / "newscrawl" / "newscrawl.db"
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Archive: {archive}" in done.stdout
    assert archive.exists()
    assert list(elsewhere.iterdir()) == []
    found = run(["runs"], elsewhere, environ)
    assert (found.returncode, found.stderr) == (0, f"Archive: {archive}\n")


@pytest.mark.parametrize(
    "words",
    [["nosuchoutlet"], ["site", "-a", "url=http://[::1"], ["youm7", "-a", "since=soon"], ["--country", "XX"]],
)
def test_wrong_arguments_are_one_sentence_and_2(elsewhere, tmp_path, words):
    environ = os.environ | {"NEWSCRAWL_STORE_URL": f"sqlite:///{tmp_path / 'a.db'}"}
    done = run(["crawl", *words], elsewhere, environ)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("Error: ") == 1
    assert "Usage" not in done.stderr
    assert not (tmp_path / "a.db").exists()
