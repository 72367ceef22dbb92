"""The wheel as its user has it: in an environment of its own, run from a folder without a project."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.end_to_end.crawling import environment
from tests.newsroom import Newsroom

ROOT = Path(__file__).resolve().parents[2]
UV = str(Path(sys.executable).parent / "uv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([UV, "build", "--quiet", "--wheel", "--out-dir", folder, ROOT], check=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The `newscrawl` command of an environment that has the wheel, and nothing of this checkout."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([UV, "venv", "--quiet", "--python", sys.executable, folder], check=True)
    versions = ["--constraint", ROOT / "constraints.txt", "--override", ROOT / "overrides.txt"]
    python = folder / "bin" / "python"
    subprocess.run([UV, "pip", "install", "--quiet", "--python", python, *versions, wheel], check=True)
    return folder / "bin" / "newscrawl"


def test_the_wheel_holds_every_file_of_the_package(wheel):
    listed = subprocess.run(
        ["git", "ls-files", "newscrawl"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert set(listed) <= set(zipfile.ZipFile(wheel).namelist())


def test_a_crawl_a_search_and_an_export_from_any_folder(installed, tmp_path):
    home = tmp_path / "home"
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with Newsroom(edition=1) as room:
        variables = environment(room, tmp_path / "unused.db")
        for name in ("NEWSCRAWL_STORE_URL", "XDG_DATA_HOME", "SCRAPY_SETTINGS_MODULE", "PYTHONPATH"):
            variables.pop(name, None)
        variables |= {"HOME": str(home), "NEWSCRAWL_WORKERS": "1"}

        def newscrawl(*words):
            return subprocess.run(
                [installed, *words],
                check=False,
                cwd=elsewhere,
                env=variables,
                capture_output=True,
                text=True,
                timeout=180,
            )

        crawled = newscrawl("crawl", "sahel")
    archive = home / ".local" / "share" / "newscrawl" / "newscrawl.db"
    assert (crawled.returncode, archive.is_file()) == (0, True), crawled.stderr
    assert str(archive) in crawled.stdout + crawled.stderr
    found = newscrawl("search", "--json", "--limit", "1", "الوزير")
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout)["hits"][0]["outlet"] == "sahel"
    assert newscrawl("export", "articles", "--format", "parquet").returncode == 0
    assert list((elsewhere / "articles").rglob("*.parquet"))
    assert newscrawl("doctor").returncode in (0, 1)
    assert os.listdir(elsewhere) == ["articles"]
