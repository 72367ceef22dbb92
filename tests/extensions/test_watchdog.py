"""A crawl that cannot go on, or does not, ends and says why."""

import asyncio
from types import SimpleNamespace

import pytest
from scrapy.settings import Settings

from newscrawl.extensions import watchdog
from newscrawl.extensions.run import RunAccounting
from newscrawl.extensions.watchdog import Watchdog
from newscrawl.steps import guard
from newscrawl.workers.memory import MEGABYTE


class Crawl:
    """As much of a crawl as a watchdog knows, and what became of it."""

    def __init__(self, **settings):
        self.settings = Settings({"NEWSCRAWL_STALL_TIMEOUT": "3600"} | settings)
        self.signals = SimpleNamespace(connect=lambda *_: None)
        self.engine = SimpleNamespace(close_spider_async=self._close)
        self.session = SimpleNamespace(
            broken="",
            workers=SimpleNamespace(close=lambda: self.done.append("workers")),
            run=SimpleNamespace(accuse=lambda why: self.done.append("accused")),
            on_store=self._on_store,
        )
        self.done = []

    def fail(self):
        self.done.append("failed")

    async def _on_store(self, function, *args):
        return function(*args)

    async def _close(self, reason):
        self.done.append(reason)


@pytest.fixture
def watched(monkeypatch):
    monkeypatch.setattr(watchdog, "CHECK_SECONDS", 0)
    monkeypatch.setattr(Watchdog, "_guard", lambda _: None)

    def watch(crawl, then=lambda: None):
        monkeypatch.setattr(RunAccounting, "of", lambda _: crawl)

        async def run():
            dog = Watchdog.from_crawler(crawl)
            dog._start()
            await asyncio.sleep(0)
            then()
            await dog._task
            await dog._closing
            dog._stop()

        asyncio.run(run())
        return crawl.done

    return watch


def test_a_crawl_without_workers_is_closed_with_the_reason(watched, caplog):
    crawl = Crawl()
    reason = "worker processes do not start: ImportError"

    def then():
        assert not crawl.done
        crawl.session.broken = reason

    assert watched(crawl, then) == ["failed", reason]
    assert f"The crawl ends: {reason}" in caplog.text


def test_one_that_holds_too_much_memory_is_closed_and_what_is_under_way_suspected(watched, monkeypatch):
    monkeypatch.setattr(guard, "resident_bytes", lambda: 301 * MEGABYTE)
    failed, accused, reason = watched(Crawl(NEWSCRAWL_MEMORY_MB="300"))
    assert (failed, accused) == ("failed", "accused")
    assert reason == "the process has 301 MB of memory in use (NEWSCRAWL_MEMORY_MB=300)"


def test_one_that_stands_still_is_closed_with_its_workers(watched):
    failed, reason, workers = watched(Crawl(NEWSCRAWL_STALL_TIMEOUT="0.001"))
    assert (failed, workers) == ("failed", "workers")
    assert reason.startswith("nothing was answered, read or stored for 0.001 s")


@pytest.mark.parametrize(
    ("settings", "used", "words"),
    [
        ({"NEWSCRAWL_STALL_TIMEOUT": "0.001"}, 0, "stood still"),
        ({"NEWSCRAWL_MEMORY_MB": "300"}, 451, "451 MB"),
    ],
)
def test_where_even_the_end_stands_still_or_memory_grows_on_the_process_ends(
    monkeypatch, capfd, settings, used, words
):
    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(guard.os, "_exit", leave)
    monkeypatch.setattr(watchdog, "CHECK_SECONDS", 0.01)
    monkeypatch.setattr(guard, "resident_bytes", lambda: used * MEGABYTE)
    with pytest.raises(SystemExit) as ended:
        Watchdog.from_crawler(Crawl(**settings))._guard()
    assert ended.value.code == 1
    said = capfd.readouterr().err
    assert words in said
    assert "test_watchdog" in said  # where it stood
