"""Small answers that unpack to large ones, and packed answers as servers really send them."""

import asyncio
import gzip
import threading
import zlib

import brotli
import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from newscrawl.article import Outcome
from newscrawl.middlewares.refusals import Refused
from newscrawl.middlewares.unpacking import Unpacking
from newscrawl.warc.encodings import gunzip


def packed(body):
    """Alike at every time: a test's name is made of it."""
    return gzip.compress(body, mtime=0)


LIMIT = 100_000
BOMB = bytes(3_000_000)
TEXT = ("خبر " * 5000).encode()


class Breaker:
    """Counts what it is told of."""

    failures = 0

    def note_failure(self, _request, _why):
        Breaker.failures += 1


def unpacked(body, encoding, **meta):
    crawler = get_crawler(settings_dict={"DOWNLOAD_MAXSIZE": LIMIT, "DOWNLOAD_WARNSIZE": 0})
    crawler.get_downloader_middleware = lambda _: Breaker()
    unpacking = Unpacking.from_crawler(crawler)
    url = "http://sahifa.example/1"
    response = Response(url, headers={"Content-Encoding": encoding}, body=body)
    return asyncio.run(unpacking.process_response(Request(url, meta=meta), response)).body


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (packed(BOMB), "gzip"),
        (zlib.compress(BOMB), "deflate"),
        (brotli.compress(BOMB), "br"),
        (packed(packed(BOMB)), "gzip, gzip"),
        (packed(b"a") * 2000, "x-gzip"),
        (packed(packed(packed(b"a"))), ["gzip", "gzip, gzip"]),
    ],
)
def test_bombs_are_too_large(body, encoding):
    with pytest.raises(Refused) as caught:
        unpacked(body, encoding)
    assert caught.value.outcome is Outcome.TOO_LARGE


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (packed(TEXT), "gzip"),
        (packed(TEXT[:900]) + packed(TEXT[900:]), "gzip"),
        (packed(packed(TEXT)), "gzip, gzip"),
        (zlib.compress(TEXT), "deflate"),
        (brotli.compress(TEXT), "br"),
        (packed(TEXT) + b"\0" * 40, "gzip"),
    ],
)
def test_sound_answers_are_unpacked(body, encoding):
    assert unpacked(body, encoding) == TEXT


def test_the_circuit_breaker_counts_bombs():
    before = Breaker.failures
    with pytest.raises(Refused):
        unpacked(packed(BOMB), "gzip")
    assert Breaker.failures == before + 1


def test_a_request_has_a_limit_of_its_own():
    assert unpacked(packed(BOMB), "gzip", download_maxsize=4_000_000) == BOMB


def test_a_cut_stream_gives_what_it_holds():
    body = packed(TEXT)
    assert TEXT.startswith(gunzip(body[:-20], LIMIT))
    assert len(gunzip(body[:-9], LIMIT)) > 1000
    with pytest.raises(zlib.error):
        gunzip(b"<html>", LIMIT)


def test_the_event_loop_does_not_wait_for_an_answer_that_unpacks_to_much(monkeypatch):
    threads = []
    plain = Unpacking._decode

    def noted(*arguments):
        threads.append(threading.current_thread())
        return plain(*arguments)

    monkeypatch.setattr(Unpacking, "_decode", staticmethod(noted))
    assert unpacked(packed(TEXT), "gzip") == TEXT
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
