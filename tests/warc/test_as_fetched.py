"""A page as it came: its headers, its bytes, its digest."""

import gzip
from datetime import UTC, datetime

import pytest

from newscrawl.warc.as_fetched import AsFetched, digest_text, head_of
from newscrawl.warc.encodings import TooMuchError

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PAGE = "<html>خبر".encode()


def made(*headers, body=PAGE):
    return AsFetched("https://sahifa.example/1", NOW, 200, headers, body, reason="OK")


def test_headers_are_found_by_any_spelling_of_their_names():
    page = made(("content-type", "text/html"), ("X-A", "1"), ("x-a", "2"))
    assert page.content_type == "text/html"
    assert page.header("X-A") == "1"
    assert made().content_type == ""
    assert made().charset is None
    assert made(("Content-Type", 'text/html; CHARSET="Windows-1256"; x')).charset == "windows-1256"


def test_the_payload_is_the_page_unpacked_and_the_body_is_not():
    page = made(("Content-Encoding", "gzip"), body=gzip.compress(PAGE))
    assert page.payload(1000) == PAGE
    assert page.body == gzip.compress(PAGE)
    assert made().payload(1000) == PAGE
    with pytest.raises(TooMuchError):
        page.payload(len(PAGE) - 1)


def test_the_digest_is_that_of_the_body_as_it_came():
    assert made(body=b"").digest.hex() == "da39a3ee5e6b4b0d3255bfef95601890afd80709"
    assert digest_text(made(body=b"").digest) == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"


def test_the_head_is_what_the_server_sent_byte_for_byte():
    value = "خبر".encode().decode("latin-1")
    head = made(("Content-Type", "text/html"), ("X-Title", value)).head
    assert head == b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Title: " + "خبر".encode() + b"\r\n\r\n"


@pytest.mark.parametrize("text", ["a\r\nEvil: 1", "a\nEvil: 1", "a\r\n\r\n<html>", "a\0\n\rb"])
def test_no_text_begins_a_line_of_its_own(text):
    assert head_of(text, ((text, text),)).count(b"\n") == 3
