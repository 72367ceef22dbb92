"""Whose turn it is: sites that answer never wait for those that do not; what cannot be had ends at once."""

import asyncio
from collections import Counter
from types import SimpleNamespace

import pytest
from scrapy import Request, signals
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from scrapy.squeues import LifoMemoryQueue
from scrapy.utils.misc import load_object
from scrapy.utils.test import get_crawler

from newscrawl import settings
from newscrawl.article import Outcome
from newscrawl.middlewares import breaker as breakers
from newscrawl.middlewares.breaker import URLS_IN_A_ROW, CircuitBreaker
from newscrawl.middlewares.queue import AT_ONCE, FairQueue, full
from newscrawl.steps.session import Tallies
from newscrawl.store import Arrival, StoreError

WAITING = {"bina.example", "dead.example", "rasd.example"}


@pytest.mark.parametrize(
    ("active", "sound", "expected"),
    [
        ({}, set(), set()),
        ({"bina.example": 1}, {"bina.example"}, set()),
        ({"bina.example": 2}, {"bina.example"}, {"bina.example"}),
        ({"dead.example": 1}, set(), {"dead.example"}),
        # Six of eight places are taken by sites that may never answer: a sound one can use the two left.
        (dict.fromkeys("abcdef", 1), {"bina.example"}, {*"abcdef", "dead.example", "rasd.example"}),
        (dict.fromkeys("abcdef", 1), {"x", "y", "z"}, {*"abcdef"}),
        (dict.fromkeys("abcd", 1), {"bina.example", "rasd.example", "x"}, {*"abcd", "dead.example"}),
        (dict.fromkeys("abcd", 1), {"bina.example"}, {*"abcd"}),
        (dict.fromkeys("abcd", 1), set("abcd"), set()),
    ],
)
def test_sites_without_a_sound_answer_leave_places_to_those_that_can_use_them(active, sound, expected):
    assert full(Counter(active), WAITING, sound, places=8, room=2) == expected


def test_a_crawl_with_one_place_still_asks_sites_it_does_not_know():
    assert full(Counter(), WAITING, set(), places=1, room=2) == set()
    assert full(Counter(dict.fromkeys("abcd", 1)), WAITING, set(), places=0, room=2) == set("abcd")


class World:
    """A queue and its breaker, without a crawl."""

    def __init__(self, monkeypatch):
        self.writes, self.woken = [], 0
        self.fault = False
        run = SimpleNamespace(postpone=self.writes.append)
        session = SimpleNamespace(on_store=self._on_store, run=run)
        self.accounting = SimpleNamespace(session=session, tallies=Tallies())
        monkeypatch.setattr(breakers.RunAccounting, "of", lambda _: self.accounting)
        self.crawler = get_crawler()
        downloader = SimpleNamespace(
            active=set(), slots={}, total_concurrency=32, domain_concurrency=2,
            get_slot_key=lambda request: request.meta["download_slot"],
        )  # fmt: skip
        slot = SimpleNamespace(nextcall=SimpleNamespace(schedule=self._wake))
        self.crawler.engine = SimpleNamespace(downloader=downloader, _slot=slot)
        self.breaker = CircuitBreaker(self.crawler)
        monkeypatch.setattr(self.crawler, "get_downloader_middleware", lambda _: self.breaker)
        self.queue = FairQueue(self.crawler, LifoMemoryQueue, "")

    async def _on_store(self, function, *arguments):
        await asyncio.sleep(0)
        if self.fault:
            raise StoreError("the disk is full")
        return function(*arguments)

    def _wake(self):
        self.woken += 1

    def add(self, host, number, **arguments):
        url = f"http://{host}/{number}"
        arguments = arguments or {"arrival": Arrival(url, host, url)}
        site = host.removeprefix("www.")
        request = Request(url, cb_kwargs=arguments, meta={"download_slot": site})
        self.queue.push(request)
        return request

    def fail(self, host):
        for number in range(URLS_IN_A_ROW):
            request = Request(f"http://{host}/{number}", meta={"download_slot": host})
            self.breaker.process_response(request, Response(request.url, status=503))


@pytest.fixture
def world(monkeypatch):
    return World(monkeypatch)


def taken(world, times=1):
    """What the queue gives out, once all that it sets aside is written down."""

    async def take():
        urls = [request and request.url for request in (world.queue.pop() for _ in range(times))]
        idle = [result for _, result in world.crawler.signals.send_catch_log(signals.spider_idle)]
        open_still = any(isinstance(getattr(one, "value", one), DontCloseSpider) for one in idle)
        while world.breaker._writing is not None:
            await asyncio.sleep(0)
        return urls, open_still

    return asyncio.run(take())


def test_what_waits_for_a_host_that_failed_ends_in_one_write(world):
    world.fail("dead.example")
    for number in range(100):
        world.add("dead.example", number)
    world.add("bina.example", 1)
    urls, open_still = taken(world, 2)
    assert urls == ["http://bina.example/1", None]
    assert open_still, "the run must not end before they are written down"
    [ends] = world.writes
    assert len(ends) == len({arrival.url for arrival, _ in ends}) == 100
    assert {why for _, why in ends} == {"dead.example rests: HTTP 503, 5 failures in a row"}
    assert world.accounting.tallies["dead.example"].counts == {Outcome.POSTPONED: 100}
    assert world.breaker.hosts["dead.example"].postponed == 100
    assert world.woken == 1
    assert len(world.queue) == 0


def test_another_host_of_the_site_and_listings_are_given_out(world):
    world.fail("dead.example")
    world.add("dead.example", 1, crawl=None)
    world.add("www.dead.example", 2)
    urls, open_still = taken(world, 2)
    assert sorted(urls) == ["http://dead.example/1", "http://www.dead.example/2"]
    assert not open_still
    assert world.writes == []


def test_a_long_queue_leaves_the_event_loop_its_turn(world):
    world.fail("dead.example")
    for number in range(AT_ONCE + 10):
        world.add("dead.example", number)
    assert taken(world)[0] == [None]
    assert len(world.queue) == 10
    assert taken(world)[0] == [None]
    assert [len(ends) for ends in world.writes] == [AT_ONCE, 10]


def test_where_nothing_can_be_stored_they_stay_open(world):
    world.fail("dead.example")
    world.add("dead.example", 1)
    world.fault = True
    assert taken(world)[0] == [None]
    assert world.writes == []
    assert world.accounting.tallies == {}


def test_a_site_that_fails_after_good_answers_is_doubted_again(world):
    request = Request("http://bina.example/1", meta={"download_slot": "bina.example"})
    world.breaker.process_response(request, Response(request.url))
    assert world.breaker.sound == {"bina.example"}
    world.breaker.process_response(request, Response(request.url, status=503))
    assert world.breaker.sound == set()


def test_an_outlets_newest_pages_which_come_first_are_asked_for_first(world):
    queue = FairQueue(world.crawler, load_object(settings.SCHEDULER_MEMORY_QUEUE), "")
    world.queue = queue
    urls = [world.add("bina.example", number).url for number in range(3)]
    assert taken(world, 3)[0] == urls
