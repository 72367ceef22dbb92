"""HTTP answers in records, as careful and as careless crawlers write them."""

import doctest
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.warc import answers
from newscrawl.warc.answers import NoAnswerError, read_answer, unchunked

NOW = datetime(2020, 5, 1, tzinfo=UTC)


def read(block):
    return read_answer(block, "https://x.example/", NOW)


def test_the_examples_hold():
    assert doctest.testmod(answers).failed == 0


def test_an_answer_with_all_that_it_says():
    block = b"HTTP/1.1 404 Not \xe9 Found\r\nContent-Type: text/html;\r\n charset=windows-1256\r\nnoise\r\n"
    one = read(block + b"X: a:b\r\n\r\n<p>\r\n\r\nx")
    assert (one.status, one.reason, one.protocol) == (404, "Not é Found", "HTTP/1.1")
    assert one.content_type == "text/html; charset=windows-1256"
    assert one.headers[1:] == (("X", "a:b"),)
    assert (one.body, one.url, one.fetched_at) == (b"<p>\r\n\r\nx", "https://x.example/", NOW)


@pytest.mark.parametrize(
    ("block", "body"),
    [(b"HTTP/1.0 200\r\n\r\nx", b"x"), (b"HTTP/2 200 \n\nx", b"x"), (b"http/1.1 200 OK\nA: b\n\r\nx", b"x")],
)
def test_short_heads(block, body):
    one = read(block)
    assert (one.status, one.body) == (200, body)


@pytest.mark.parametrize(
    "block",
    [b"", b"\0" * 99, b"<html>", b"HTTP/1.1 OK\r\n\r\n", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\nA: b\r\nx",
     b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 100_000 + b"\r\nx"],
)  # fmt: skip
def test_what_is_no_answer(block):
    with pytest.raises(NoAnswerError):
        read(block)


@given(st.binary(max_size=400), st.lists(st.integers(1, 60), min_size=1), st.booleans())
def test_chunks_are_put_together(body, sizes, upper):
    pieces, rest = [], body
    while rest:
        size = sizes[len(pieces) % len(sizes)]
        frame = f"{len(rest[:size]):{'X' if upper else 'x'}}".encode()
        pieces.append(frame + b"\r\n" + rest[:size] + b"\r\n")
        rest = rest[size:]
    whole = b"".join(pieces) + b"0\r\n\r\n"
    assert unchunked(whole) == body
    assert body.startswith(unchunked(whole[: len(whole) // 2])) or len(pieces) < 2
    assert read(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n" + whole).body == body


def test_a_header_that_says_chunked_of_a_body_that_is_not():
    assert read(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n<p>x").body == b"<p>x"
    assert read(b"HTTP/1.1 200 OK\r\n\r\n3\r\nabc\r\n0\r\n\r\n").body == b"3\r\nabc\r\n0\r\n\r\n"
