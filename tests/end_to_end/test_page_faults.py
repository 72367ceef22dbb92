"""What befalls kept pages: crawls that are killed, disks that are full, disks that are away."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.pagekills import measure
from newscrawl.config import Config
from newscrawl.steps.kept import KeptPages
from newscrawl.store import open_store
from newscrawl.store.schema import articles, pages
from tests.end_to_end.crawling import environment, start
from tests.newsroom import Newsroom
from tests.store.conftest import disk  # noqa: F401  (a fixture)
from tests.warc.readers import checked

pytestmark = [pytest.mark.slow, pytest.mark.faults]


def test_killed_while_pages_are_kept_no_article_is_without_its_page() -> None:
    found = measure(kills=3, number=250, seed=3)
    assert found.ended
    assert found.kills >= 2
    assert (found.without, found.broken, found.appended) == ([], [], [])
    assert found.stored > 0
    assert found.looked_at > found.stored


def _crawl(room: Newsroom, store: Path, folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("NEWSCRAWL_PAGES", str(folder))
    monkeypatch.setenv("NEWSCRAWL_TAGGER", "off")  # it takes its time at first, and all pages wait before it
    # One after the other, so that some are stored before the disk is full.
    process = start(room, store, "sahel", "-s", "NEWSCRAWL_CONCURRENT_REQUESTS_PER_DOMAIN=1")
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def _each_has_its_page(store: Path, folder: Path) -> int:
    """How many articles there are; each gives its page back."""
    archive = open_store(f"sqlite:///{store}", create=False)
    reader = KeptPages(Config(store_url=f"sqlite:///{store}", pages=str(folder)))
    with archive.engine.connect() as connection:
        stored = list(connection.execute(sa.select(articles.c.id)).scalars())
        known = connection.execute(sa.select(sa.func.count()).select_from(pages)).scalar_one()
    for id in stored:
        page = archive.pages.find(id)
        assert page is not None
        assert reader.read(page).payload(0)
    archive.close()
    assert known >= len(stored)
    return len(stored)


def test_on_a_full_disk_the_crawl_ends_in_order_and_the_next_goes_on(
    disk: Path,  # noqa: F811
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    store, folder = tmp_path / "a.db", disk / "pages"
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - 60_000))
    with Newsroom(slow_seconds=1) as room:
        code, out, err = _crawl(room, store, folder, monkeypatch)
        assert code == 1
        assert f"{folder}: no page can be kept there (No space left on device); free some space" in err
        assert "Traceback" not in err
        before = _each_has_its_page(store, folder)
        assert 0 < before < 18
        assert checked(*folder.iterdir())
        ballast.unlink()
        code, out, err = _crawl(room, store, folder, monkeypatch)
    assert code == 0, out + err
    assert _each_has_its_page(store, folder) == 18
    assert len(list(folder.iterdir())) == 2
    assert checked(*folder.iterdir())


def test_what_needs_no_page_does_not_miss_them_and_a_crawl_is_refused_before_it_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, folder = tmp_path / "a.db", tmp_path / "disk" / "pages"
    with Newsroom(slow_seconds=1) as room:
        assert _crawl(room, store, folder, monkeypatch)[0] == 0
        environ = environment(room, store)

        def newscrawl(*words: str) -> subprocess.CompletedProcess[str]:
            program = str(Path(sys.executable).parent / "newscrawl")
            return subprocess.run([program, *words], env=environ, capture_output=True, text=True, check=False)

        (tmp_path / "disk").rename(tmp_path / "away")
        (tmp_path / "disk").touch()  # nothing can be made there
        assert "articles found" in newscrawl("search", "الوزير").stdout
        for words in (["runs"], ["pages"], ["export", str(tmp_path / "out.jsonl")]):
            done = newscrawl(*words)
            assert done.returncode == 0, done.stderr
        url = newscrawl("search", "الوزير", "--json").stdout.partition('"url": "')[2].partition('"')[0]
        gone = newscrawl("page", url)
        assert (gone.returncode, gone.stdout) == (1, "")
        assert "its page cannot be read" in gone.stderr
        asked = len(room.log())
        code, _, err = _crawl(room, store, folder, monkeypatch)
        assert code == 2
        assert "no pages can be kept there" in err
        assert len(room.log()) == asked
