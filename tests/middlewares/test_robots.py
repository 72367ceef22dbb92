"""robots.txt: what each kind of answer allows."""

import asyncio
import threading
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError, IgnoreRequest
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.article import Outcome
from newscrawl.middlewares import robots
from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.robots import MAX_BYTES, RobotsMiddleware

SITE = "https://sahifa.example"
ROBOTS = SITE + "/robots.txt"
CLOSED = b"User-agent: *\nDisallow: /"


class Archive(dict):
    """Of the archive, the copies of robots.txt."""

    robots = dict.get
    keep_robots = dict.__setitem__


def made(monkeypatch, answer, copies=None):
    """The middleware of a crawl; the requests for robots.txt, the copies kept, and the delays set."""
    archive = Archive(copies or {})

    async def on_store(function, *arguments):
        return function(*arguments)

    run = SimpleNamespace(end_listing=lambda url: archive.setdefault("ended", url))
    session = SimpleNamespace(archive=archive, on_store=on_store, run=run)
    monkeypatch.setattr(robots.RunAccounting, "of", lambda _: SimpleNamespace(session=session))
    asked = []

    async def download(request):
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    crawler = get_crawler(settings_dict={"ROBOTSTXT_USER_AGENT": "newscrawl"})
    delays = {}
    downloader = SimpleNamespace(per_slot_settings=delays, slots={}, _delay=1.0)
    crawler._engine = crawler.engine = SimpleNamespace(download_async=download, downloader=downloader)
    return RobotsMiddleware(crawler), asked, archive, delays


def verdict(monkeypatch, answer, *, copies=None, path="/news/1"):
    """ "allowed", or why not; and the requests for robots.txt."""
    middleware, asked, archive, delays = made(monkeypatch, answer, copies)
    request = Request(SITE + path, meta={"download_slot": "sahifa.example"})
    try:
        asyncio.run(middleware.process_request(request))
        return "allowed", asked, archive, delays
    except Refused as error:
        assert error.outcome is Outcome.ROBOTS
        return error.reason, asked, archive, delays


def answer(status, body=b"", **headers):
    return Response(ROBOTS, status=status, body=body, headers=headers)


UNREADABLE = "robots.txt cannot be read ({}), which forbids everything"
FORBIDS = "robots.txt forbids it"


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (answer(200, CLOSED), FORBIDS),
        (answer(200, "\ufeff".encode() + CLOSED), FORBIDS),
        (answer(200, b"User-agent: other\nDisallow: /"), "allowed"),
        (answer(200, b"<html><body>Not found</body></html>"), "allowed"),
        (answer(404, CLOSED), "allowed"),
        (answer(403, CLOSED), "allowed"),
        (answer(410), "allowed"),
        (answer(301), "allowed"),
        (Refused(Outcome.REDIRECT_LOOP, "more redirects than allowed"), "allowed"),
        (answer(500, b"User-agent: *\nAllow: /"), UNREADABLE.format("HTTP 500")),
        (answer(503), UNREADABLE.format("HTTP 503")),
        (answer(429), UNREADABLE.format("HTTP 429")),
        (DownloadTimeoutError("long"), UNREADABLE.format("no whole answer in time")),
        (OSError("no route to host"), UNREADABLE.format("OSError: no route to host")),
        (IgnoreRequest("whatever"), UNREADABLE.format("whatever")),
        (answer(200, b"#" * MAX_BYTES + b"\n" + CLOSED), "allowed"),
        (answer(200, CLOSED + b"\n" + b"#" * MAX_BYTES), FORBIDS),
        # What is read ends in the midst of "Disallow: /shop", after its "/".
        (answer(200, (b"User-agent: *\nDisallow: /shop").rjust(MAX_BYTES + 4, b"\n") + b"\n" * 9), "allowed"),
        (answer(200, b"User-agent: *\r" + b"Disallow: /shop\r" * (MAX_BYTES // 16)), "allowed"),
        (answer(200, b"#" * (MAX_BYTES - 26) + b"\n" + CLOSED + b"\n" * 50), FORBIDS),
    ],
)
def test_each_answer(monkeypatch, got, said):
    assert (verdict(monkeypatch, got))[0] == said


def test_the_last_good_copy_stands_in(monkeypatch):
    copies = {SITE: b"User-agent: *\nDisallow: /private"}
    for path, said in (("/news/1", "allowed"), ("/private/1", FORBIDS)):
        assert (verdict(monkeypatch, answer(503), copies=copies, path=path))[0] == said


def test_a_good_copy_is_kept_and_a_bad_one_is_not(monkeypatch):
    _, _, kept, _ = verdict(monkeypatch, answer(200, CLOSED))
    assert kept == {SITE: CLOSED, "ended": ROBOTS}
    _, _, kept, _ = verdict(monkeypatch, answer(500, b"User-agent: *"), copies={SITE: CLOSED})
    assert kept == {SITE: CLOSED, "ended": ROBOTS}


def test_it_is_under_way_until_it_is_parsed_and_kept_only_then(monkeypatch):
    middleware, [], archive, _ = made(monkeypatch, answer(200, CLOSED))

    def parse(_):
        raise MemoryError  # as good as a kill: nothing after it happens

    monkeypatch.setattr(robots.Protego, "parse", parse)
    with pytest.raises(MemoryError):
        asyncio.run(middleware.process_request(Request(SITE + "/news/1")))
    assert archive == {}


@pytest.mark.parametrize(
    ("copies", "said"),
    [({}, UNREADABLE.format("it rests")), ({SITE: b"User-agent: *\nDisallow: /private"}, "allowed")],
)
def test_one_at_rest_is_not_asked_for_and_goes_on_resting(monkeypatch, copies, said):
    resting = Refused(Outcome.QUARANTINED, "it rests")
    heard, _, archive, _ = verdict(monkeypatch, resting, copies=copies)
    assert heard == said
    assert "ended" not in archive


def test_it_is_asked_for_in_the_sites_own_queue(monkeypatch):
    _, [request], _, _ = verdict(monkeypatch, answer(404))
    assert request.url == ROBOTS
    assert request.meta["download_slot"] == "sahifa.example"
    assert request.meta["listing"].url == ROBOTS


@pytest.mark.parametrize(("stated", "kept"), [("7", 7.0), ("2.5", 2.5), ("86400", 30.0), ("0.1", None)])
def test_crawl_delay_is_obeyed_within_bounds(monkeypatch, stated, kept):
    body = f"User-agent: *\nCrawl-delay: {stated}".encode()
    *_, delays = verdict(monkeypatch, answer(200, body))
    assert delays["sahifa.example"].get("delay") == kept


def test_its_text_is_there_for_who_looks_for_sitemaps_and_is_asked_for_once(monkeypatch):
    body = b"User-agent: *\nDisallow: /x\nSitemap: /map.xml"
    middleware, asked, *_ = made(monkeypatch, answer(200, body))
    request = Request(SITE + "/news/1")

    async def both():
        await middleware.process_request(request)
        return await middleware.rules(Request(ROBOTS))

    assert asyncio.run(both()).body == body
    assert len(asked) == 1


@pytest.mark.parametrize(("rules", "in_a_thread"), [(9, False), (3000, True)])
def test_many_rules_are_applied_beside_the_event_loop(monkeypatch, rules, in_a_thread):
    threads = []
    refuse = robots.Rules.refuse

    def noted(*arguments):
        threads.append(threading.current_thread() is not threading.main_thread())
        return refuse(*arguments)

    monkeypatch.setattr(robots.Rules, "refuse", noted)
    body = b"User-agent: *\n" + b"".join(b"Disallow: /*page%d\n" % number for number in range(rules))
    assert verdict(monkeypatch, answer(200, body))[0] == "allowed"
    assert threads == [in_a_thread]
