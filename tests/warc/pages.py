"""Pages as they might have come over the wire."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import brotli

from newscrawl.warc.as_fetched import AsFetched

NOW = datetime(2026, 11, 29, 12, 0, 0, 123456, tzinfo=UTC)
TEXT = "<html lang=ar><title>خبر</title><p>نص الخبر</p>".encode()
HTML = ("Content-Type", "text/html; charset=utf-8")
AGENT = ("User-Agent", "newscrawl/0.1")


def made(path="/1", body=TEXT, *headers, **more):
    """A page of the newspaper sahifa."""
    values = {"reason": "OK", "request_headers": (AGENT,)} | more
    return AsFetched(f"https://sahifa.example{path}", NOW, 200, (HTML, *headers), body, **values)


PAGES = {
    "plain": made(),
    "gzip": made("/gzip", gzip.compress(TEXT, mtime=0), ("Content-Encoding", "gzip")),
    "br": made("/br", brotli.compress(TEXT), ("Content-Encoding", "br")),
    "once in chunks": made("/chunked", TEXT, ("Transfer-Encoding", "chunked")),
    "empty": made("/empty", b""),
    "all bytes": made("/bytes", bytes(range(256)) * 300),
    "looks like a record": made("/warc", b"\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\n\r\n"),
    "looks like chunks": made("/frames", b"3\r\nabc\r\n0\r\n\r\n", ("Transfer-Encoding", "chunked")),
    "a header that is not ASCII": made("/h", TEXT, ("X-Title", "خبر".encode().decode("latin-1"))),
    "an address that is not ASCII": made("/أخبار?ق=1 2#x"),
    "HTTP/1.0 and no words": made("/old", TEXT, protocol="HTTP/1.0", reason=""),
    "by IPv6": made("/ip", TEXT, ip="2001:db8::1"),
}
