"""A crawl that has no workers any more ends, and says why."""

import asyncio
from types import SimpleNamespace

from newscrawl.extensions import watchdog
from newscrawl.extensions.run import RunAccounting
from newscrawl.extensions.watchdog import Watchdog


def test_a_crawl_without_workers_is_closed_with_the_reason(monkeypatch, caplog):
    monkeypatch.setattr(watchdog, "CHECK_SECONDS", 0)
    session, closed = SimpleNamespace(broken=""), []

    async def close(reason):
        closed.append(reason)

    crawler = SimpleNamespace(
        signals=SimpleNamespace(connect=lambda *_: None),
        engine=SimpleNamespace(close_spider_async=close),
    )
    monkeypatch.setattr(RunAccounting, "of", lambda _: SimpleNamespace(session=session))

    async def run():
        dog = Watchdog.from_crawler(crawler)
        dog._start()
        await asyncio.sleep(0)
        assert not closed
        session.broken = "worker processes do not start: ImportError"
        await dog._task
        await dog._closing
        dog._stop()

    asyncio.run(run())
    assert closed == [session.broken]
    assert f"The crawl ends: {session.broken}" in caplog.text
