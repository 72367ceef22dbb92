"""A record's content as a server's answer: the HTTP message, its chunks undone, whoever wrote it."""

from __future__ import annotations

import re
from datetime import datetime

from newscrawl.warc.as_fetched import AsFetched, Headers

MAX_HEAD = 256 * 1024
"""Bytes of a message's head; more is none."""
_STATUS = re.compile(rb"(HTTP/[\d.]{1,5}) +(\d{3})(?: +([^\r\n]*))?\r?(?:\n|$)", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(r"\r?\n[ \t]+")
_CHUNK = re.compile(rb"[ \t]*([0-9a-fA-F]{1,15})[ \t]*(?:;[^\r\n]{0,4000})?\r?\n")


class NoAnswerError(ValueError):
    """A record's content is no HTTP answer; the message says why."""


def read_answer(block: bytes, url: str, fetched_at: datetime) -> AsFetched:
    """Read the content of a `response` record, `application/http`.

    Many crawlers keep the header that says "chunked" though they have put the chunks together: a body that is
    not in chunks stays as it is. Of chunks that are cut off or damaged, those before the fault are taken.

    Raises:
        NoAnswerError: it is no HTTP answer.
    """
    first = _STATUS.match(block)
    if not first:
        raise NoAnswerError(f"no HTTP answer, it begins with {block[:40]!r}")
    end = _HEAD_END.search(block, first.end() - 2, MAX_HEAD)
    if not end:
        raise NoAnswerError("its HTTP headers do not end")
    headers = _headers(block[first.end() : end.start()].decode("latin-1"))
    body = block[end.end() :]
    if any(name.lower() == "transfer-encoding" and "chunked" in value.lower() for name, value in headers):
        body = unchunked(body)
    return AsFetched(
        url=url,
        fetched_at=fetched_at,
        status=int(first[2]),
        headers=headers,
        body=body,
        reason=(first[3] or b"").decode("latin-1").strip(),
        protocol=first[1].decode("ascii").upper(),
    )


def unchunked(body: bytes) -> bytes:
    r"""A body without the frames of its chunks; one that has none, as it is.

    >>> unchunked(b"3\r\nabc\r\n2;x=1\r\nde\r\n0\r\n\r\n"), unchunked(b"<html>")
    (b'abcde', b'<html>')
    """
    pieces: list[bytes] = []
    at = 0
    while frame := _CHUNK.match(body, at):
        size = int(frame[1], 16)
        if not size:
            return b"".join(pieces)
        pieces.append(body[frame.end() : frame.end() + size])
        at = frame.end() + size
        at += 2 if body.startswith(b"\r\n", at) else body.startswith(b"\n", at)
    return b"".join(pieces) if pieces else body


def _headers(text: str) -> Headers:
    lines = (line.partition(":") for line in _FOLD.sub(" ", text).split("\n"))
    return tuple((name.strip(), value.strip()) for name, colon, value in lines if colon)
