"""Every part of an answer has its bound: answers that never end cost one page, not the process."""

import gzip
import itertools
import time

import pytest
from twisted.internet.testing import StringTransport
from twisted.web._newclient import Request, ResponseFailed
from twisted.web.http_headers import Headers

from newscrawl.middlewares.bounds import FIRST_BYTES, MAX_HEADER_BYTES, ExcessError, _BoundedFactory
from tests.middlewares.loopback import Answer, fetched

BEGIN = b"HTTP/1.1 200 OK\r\n"


def endless(beginning, piece):
    return itertools.chain([beginning], itertools.repeat(piece))


def what_ends(pieces, most=3 * MAX_HEADER_BYTES):
    """The error that ends an answer before `most` bytes of it were taken."""
    protocol = _BoundedFactory(lambda _: None, None).buildProtocol(None)
    protocol.makeConnection(StringTransport())
    headers = Headers({b"Host": [b"sahifa.example"]})
    failures = []
    protocol.request(Request(b"GET", b"/", headers, None)).addErrback(failures.append)
    taken = 0
    for piece in pieces:
        protocol.dataReceived(piece)
        taken += len(piece)
        if failures or taken > most:
            break
    assert failures, f"still read after {taken:,} bytes"
    assert failures[0].check(ResponseFailed)
    return failures[0].value.reasons[0].value


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param(endless(BEGIN, b"X-Page: 1\r\n" * 99), id="lines"),
        pytest.param(endless(BEGIN, b"Set-Cookie: a=" + b"b" * 4000 + b"\r\n"), id="cookies"),
        pytest.param(endless(BEGIN + b"X-Folded: a\r\n", b" and more\r\n" * 99), id="continuation lines"),
        pytest.param(endless(BEGIN + b"X-Long: ", b"a" * 4096), id="one line"),
        pytest.param(endless(b"HTTP/1.1 200 ", b"O" * 4096), id="status line"),
        pytest.param(itertools.repeat(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 20), id="1xx"),
    ],
)
def test_headers_that_never_end(pieces):
    assert isinstance(what_ends(pieces), ExcessError)


def test_sound_headers_pass():
    protocol = _BoundedFactory(lambda _: None, None).buildProtocol(None)
    protocol.makeConnection(StringTransport())
    answers = []
    protocol.request(Request(b"GET", b"/", Headers({b"Host": [b"a.example"]}), None)).addCallback(
        answers.append
    )
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    policy = b"Content-Security-Policy: " + b"https://cdn.example " * 1500 + b"\r\n"
    protocol.dataReceived(hints * 3 + BEGIN + policy + b"X-Page: 1\r\n" * 200 + b"Content-Length: 0\r\n\r\n")
    [answer] = answers
    assert answer.code == 200
    assert len(answer.headers.getRawHeaders(b"X-Page")) == 200


CHUNKED = BEGIN + b"Transfer-Encoding: chunked\r\n\r\n"


def trickle():
    yield BEGIN + b"Content-Length: 1000\r\n\r\n"
    while True:
        time.sleep(0.1)
        yield b"x"


ANSWERS = {
    "/headers": lambda: endless(BEGIN, b"X-Page: 1\r\n" * 1000),
    "/padding": lambda: endless(CHUNKED, b"1;pad=" + b"p" * 900 + b"\r\nx\r\n"),
    "/trailers": lambda: endless(CHUNKED + b"0\r\n", b"X-Page: 1\r\n" * 99),
    "/extension": lambda: endless(CHUNKED + b"1;a=", b"a" * 999),
    "/body": lambda: endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"),
    "/announced": lambda: [BEGIN + b"Content-Length: 5000000000\r\n\r\n"],
    "/sitemap.xml": lambda: [BEGIN + b"Content-Length: 3000\r\n\r\n"],
    "/trickle": trickle,
    "/sound": lambda: [BEGIN + b"Content-Length: 5\r\n\r\nsound"],
}


def test_answers_that_never_end_are_told_apart_and_cost_no_memory():
    site = "http://sahifa.example"
    requests = {site + path: {} for path in ANSWERS}
    requests[site + "/sitemap.xml"] = {"download_maxsize": 2000}
    with Answer(ANSWERS) as server:
        *ends, megabytes = fetched(requests, proxy=server, DOWNLOAD_TIMEOUT=4)
    assert sorted(ends) == sorted(
        [
            ["too_large", f"{site}/headers: its headers go on beyond 256 KiB or 1,000 lines"],
            ["too_large", f"{site}/padding: its chunks cost over 4 MiB beside their bytes"],
            ["too_large", f"{site}/trailers: Trailer headers data is too long."],
            ["too_large", f"{site}/extension: Chunk size line exceeds maximum of 1024 bytes."],
            ["too_large", f"{site}/body: larger than 1,000,000 bytes (NEWSCRAWL_MAX_PAGE_BYTES)"],
            ["too_large", f"{site}/announced: larger than 1,000,000 bytes (NEWSCRAWL_MAX_PAGE_BYTES)"],
            ["too_large", f"{site}/sitemap.xml: larger than 2,000 bytes (NEWSCRAWL_MAX_SITEMAP_BYTES)"],
            ["timeout", "no whole answer in time"],
            ["fetched", "200 5"],
        ]
    )
    assert megabytes < 250
    assert server.sent < 60_000_000  # what buffers took, and no more


def test_of_an_answer_of_which_only_the_beginning_is_wanted_no_more_is_read():
    """As of a robots.txt: however large it says to be or is, packed or not."""
    site, wanted = "http://sahifa.example", 500_001
    packed = gzip.compress(b"Disallow: /x\n" * 2_000_000)
    zipped = b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    answers = {
        "/announced": lambda: endless(BEGIN + b"Content-Length: 5000000000\r\n\r\n", b"x" * 4096),
        "/body": lambda: endless(CHUNKED, b"1000\r\n" + b"x" * 4096 + b"\r\n"),
        "/bomb": lambda: [BEGIN + zipped + packed],
        "/sound": lambda: [BEGIN + b"Content-Length: 5\r\n\r\nsound"],
    }
    asking = {FIRST_BYTES: wanted, "download_maxsize": 0}
    with Answer(answers) as server:
        *ends, _ = fetched(dict.fromkeys((site + path for path in answers), asking), proxy=server)
    sizes = sorted(int(reason.removeprefix("200 ")) for _, reason in ends)
    assert [end for end, _ in ends] == ["fetched"] * 4
    assert sizes[0] == 5
    assert all(wanted <= size < wanted + 200_000 for size in sizes[1:])
    assert server.sent < 30_000_000
