"""A page as it came over the wire: what a record of a WARC file holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from newscrawl.warc.encodings import unpack

Headers = tuple[tuple[str, str], ...]
"""Names and values in their order. Each character is a byte (Latin-1), so that no server's value is lost."""

_LINE_BREAKS = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True)
class AsFetched:
    """A server's answer to one request, and the request.

    The body is as it came, but for the transfer encoding (chunks), which is undone. The content encoding
    (gzip and the like) is not: `payload` undoes it.
    """

    url: str
    """What was asked for; after redirects."""
    fetched_at: datetime
    """Aware."""
    status: int
    headers: Headers
    body: bytes = field(repr=False)
    reason: str = ""
    """The status in words; "" where the server said none, or nobody kept it."""
    protocol: str = "HTTP/1.1"
    method: str = "GET"
    request_headers: Headers = ()
    ip: str = ""
    """The server's address; "" where nobody knows, as behind a proxy."""

    def header(self, name: str) -> str:
        """The first header of this name; "" where there is none."""
        return next(self._all(name), "")

    @property
    def content_type(self) -> str:
        """The Content-Type header; "" where there is none."""
        return self.header("Content-Type")

    @property
    def charset(self) -> str | None:
        """The charset that the Content-Type header states."""
        _, _, rest = self.content_type.lower().partition("charset=")
        return rest.split(";")[0].strip(" \"'") or None

    def payload(self, max_bytes: int) -> bytes:
        """The body with its content encodings undone, as a crawl does it: the page.

        Args:
            max_bytes: how much may be unpacked; 0 for any amount.

        Raises:
            UnpackError: it cannot be unpacked; TooMuchError, one of these: not within `max_bytes`.
        """
        return unpack(self.body, self._all("Content-Encoding"), max_bytes)

    @cached_property
    def digest(self) -> bytes:
        """20 bytes: the SHA-1 of the body, by which two answers are the same."""
        return hashlib.sha1(self.body, usedforsecurity=False).digest()

    @property
    def head(self) -> bytes:
        """The status line and the headers, as HTTP has them, up to the empty line and with it."""
        status = f"{self.protocol} {self.status} {self.reason}"
        return head_of(status, self.headers)

    def _all(self, name: str) -> Iterator[str]:
        wanted = name.lower()
        return (value for own, value in self.headers if own.lower() == wanted)


def head_of(first_line: str, headers: Headers) -> bytes:
    """The lines of an HTTP message before its body. No text in them can begin a line of its own."""
    lines = [first_line, *(f"{name}: {value}" for name, value in headers), "", ""]
    if _LINE_BREAKS.search(
        "".join(lines)
    ):  # looked for once: a page has some sixty lines, and hardly ever one
        lines = [_LINE_BREAKS.sub(" ", line) for line in lines]
    return "\r\n".join(lines).encode("latin-1", "replace")


def digest_text(digest: bytes) -> str:
    """A digest as WARC headers write it: `sha1:` and 32 letters of base32."""
    return f"sha1:{base64.b32encode(digest).decode()}"
