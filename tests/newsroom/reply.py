"""What the newsroom answers: a Reply to a Visit. An Answer makes one from the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """One HTTP answer."""

    body: bytes | Iterable[bytes] = b""
    """Whole, or in pieces that are sent as they come."""
    status: int = 200
    content_type: str | None = HTML
    headers: tuple[tuple[str, str], ...] = ()
    length: int | None = None
    """Content-Length to state. None: the true one of a whole body, none at all of one in pieces."""


@dataclass(frozen=True)
class Visit:
    """One request, as far as an answer may depend on it."""

    earlier: int
    """How often this URL was asked for before."""
    slow_seconds: float
    wait: Callable[[float], bool]
    """Sleep; true when the server is stopping and the answer should end."""
    wait_for: Callable[[str, float], None]
    """Sleep until a URL has been answered and its reader had a moment, or the seconds are over."""
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case."""


Answer = Callable[[Visit], Reply]


def always(reply: Reply) -> Answer:
    """The same answer to every visit."""
    return lambda visit: reply


def page(html: str) -> Answer:
    """A UTF-8 page."""
    return always(Reply(html.encode()))
