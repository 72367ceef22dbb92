"""A server that somebody else runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from elasticsearch import Elasticsearch


@dataclass(frozen=True)
class GivenServer:
    """What tests may know of it; it is not theirs to kill."""

    url: str
    version: str
    can_restart: ClassVar[bool] = False

    def client(self) -> Elasticsearch:
        """A client for it; user and password may stand in the URL."""
        return Elasticsearch(self.url, request_timeout=60)


def given(url: str) -> GivenServer:
    """Ask the server for its version, which also shows that it is there."""
    with Elasticsearch(url, request_timeout=60) as client:
        return GivenServer(url, str(client.info()["version"]["number"]))
