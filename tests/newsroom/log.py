"""What was asked of the newsroom: every request, in order."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass
from typing import Any

CONDITIONAL = ("if-none-match", "if-modified-since")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it arrived, and the status it was answered with."""

    method: str
    url: str
    """host + path + query, with scheme, as it was asked for."""
    host: str
    path: str
    conditional: dict[str, str]
    """If-None-Match and If-Modified-Since, where sent; names in lower case."""
    user_agent: str
    status: int
    via_proxy: bool
    """Asked for in the absolute form that proxies are given."""

    def to_json(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


class RequestLog:
    """Requests in the order in which they were answered; safe across threads."""

    def __init__(self) -> None:
        self._requests: list[Request] = []
        self._seen: dict[str, int] = {}
        self._served: set[str] = set()
        self._news = threading.Condition()

    def arrive(self, url: str) -> int:
        """Count a request for a URL; how many there were before."""
        with self._news:
            earlier = self._seen.get(url, 0)
            self._seen[url] = earlier + 1
            return earlier

    def add(self, request: Request) -> None:
        """Note a request whose answer is known."""
        with self._news:
            self._requests.append(request)

    def served(self, url: str) -> None:
        """Note that an answer has been sent to its end."""
        with self._news:
            self._served.add(url)
            self._news.notify_all()

    def wait_until_served(self, url: str, seconds: float) -> bool:
        """Wait for `served(url)`; false when the seconds ran out first."""
        with self._news:
            return self._news.wait_for(lambda: url in self._served, seconds)

    def all(self) -> list[Request]:
        """A copy of the list."""
        with self._news:
            return list(self._requests)
