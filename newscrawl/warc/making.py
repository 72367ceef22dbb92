"""A page as WARC records (ISO 28500, version 1.1): bytes, one gzip member for each record.

The answer is a `response` record, or a `revisit` where its body has been written before; the request and
what we found in the page (`metadata`, JSON) go with it. Header lines hold no line break of a server's or of a
page's, so that nobody from outside can write a header, or a record.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

from newscrawl.warc.as_fetched import AsFetched, Headers, digest_text, head_of

LEVEL = 3
"""Of compression. The next ones take half as much time more for 5 to 10 % less room."""
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_CHUNKED = "transfer-encoding"
_UNSAFE = re.compile(r"[^\x21-\x7e]+")
_SECRETS = frozenset({"authorization", "proxy-authorization"})
"""Request headers that are not kept: they may hold passwords."""


@dataclass(frozen=True, slots=True)
class Original:
    """A page whose record has the body of another one, too."""

    url: str
    fetched_at: datetime


def warcinfo(name: str, now: datetime, fields: Mapping[str, str]) -> tuple[bytes, str]:
    """The record at the beginning of a file, packed, and its id."""
    block = "".join(f"{key}: {' '.join(value.split())}\r\n" for key, value in fields.items()).encode()
    id = new_id()
    headers = [
        ("WARC-Filename", name),
        ("WARC-Block-Digest", digest_text(_sha1(block))),
        ("Content-Type", "application/warc-fields"),
    ]
    return _record("warcinfo", id, now, headers, block), id


def answer(page: AsFetched, id: str, info: str, original: Original | None) -> bytes:
    """The `response` record of a page, packed; or the `revisit` that says that its body is the original's.

    Args:
        page: the page.
        id: the record's id (`new_id`).
        info: the id of its file's `warcinfo`.
        original: a page with the same body.
    """
    head = head_of(f"{page.protocol} {page.status} {page.reason}", _undone(page.headers))
    block = head if original else head + page.body
    headers = [
        ("WARC-Target-URI", target(page.url)),
        ("WARC-Warcinfo-ID", info),
        *([("WARC-IP-Address", page.ip)] if page.ip else []),
        ("WARC-Payload-Digest", digest_text(page.digest)),
        ("WARC-Block-Digest", digest_text(_sha1(block))),
        ("Content-Type", "application/http;msgtype=response"),
    ]
    if original is None:
        # What its server has packed does not become smaller, and would take most of the time.
        level = 0 if page.header("Content-Encoding") else LEVEL
        return _record("response", id, page.fetched_at, headers, block, level)
    headers += [
        ("WARC-Profile", REVISIT),
        ("WARC-Refers-To-Target-URI", target(original.url)),
        ("WARC-Refers-To-Date", date(original.fetched_at)),
    ]
    return _record("revisit", id, page.fetched_at, headers, block)


def request(page: AsFetched, answer_id: str, info: str) -> bytes:
    """The `request` record of a page, packed."""
    host, path = _asked(page.url)
    sent = [(name, value) for name, value in page.request_headers if name.lower() not in _SECRETS]
    if not any(name.lower() == "host" for name, _ in sent):
        sent.insert(0, ("Host", host))
    block = head_of(f"{page.method} {path} HTTP/1.1", tuple(sent))
    return _beside("request", page, answer_id, info, "application/http;msgtype=request", block)


def metadata(page: AsFetched, answer_id: str, info: str, findings: Mapping[str, Any]) -> bytes:
    """The `metadata` record of a page, packed: what was found in it, as JSON."""
    block = json.dumps(findings, ensure_ascii=False).encode("utf-8", "replace")
    return _beside("metadata", page, answer_id, info, "application/json", block)


def new_id() -> str:
    """A record's id, as no other record has it."""
    return f"<urn:uuid:{uuid4()}>"


def target(url: str) -> str:
    """A URL as header lines may hold it: whatever is not a visible ASCII character is percent-encoded."""
    return _UNSAFE.sub(lambda found: quote(found[0], errors="replace"), url)


def date(moment: datetime) -> str:
    """A time as WARC headers have it: 2026-11-29T12:00:00.123456Z."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def _asked(url: str) -> tuple[str, str]:
    """The host of a URL, and what its server is asked for."""
    try:
        parts = urlsplit(target(url))
    except ValueError:  # of somebody else's file
        return "", target(url)
    return parts.netloc.rpartition("@")[2], f"{parts.path or '/'}{'?' * bool(parts.query)}{parts.query}"


def _undone(headers: Headers) -> Headers:
    """Headers of an answer whose transfer encoding is undone: no reader must undo it again.

    Its header is kept under the name that Common Crawl gives it.
    """
    return tuple(
        (f"X-Crawler-{name}" if name.lower() == _CHUNKED else name, value) for name, value in headers
    )


def _beside(kind: str, page: AsFetched, answer_id: str, info: str, content_type: str, block: bytes) -> bytes:
    headers = [
        ("WARC-Target-URI", target(page.url)),
        ("WARC-Warcinfo-ID", info),
        ("WARC-Concurrent-To", answer_id),
        ("WARC-Block-Digest", digest_text(_sha1(block))),
        ("Content-Type", content_type),
    ]
    return _record(kind, new_id(), page.fetched_at, headers, block)


def _record(
    kind: str,
    id: str,
    moment: datetime,
    headers: list[tuple[str, str]],
    block: bytes,
    level: int = LEVEL,
) -> bytes:
    first = [("WARC-Type", kind), ("WARC-Record-ID", id), ("WARC-Date", date(moment))]
    head = head_of("WARC/1.1", (*first, *headers, ("Content-Length", str(len(block)))))
    packer = zlib.compressobj(level, zlib.DEFLATED, zlib.MAX_WBITS | 16)  # 16: with gzip's header
    return b"".join(map(packer.compress, (head, block, b"\r\n\r\n"))) + packer.flush()


def _sha1(block: bytes) -> bytes:
    return hashlib.sha1(block, usedforsecurity=False).digest()
