"""The newsroom as a test or a demonstration uses it."""

from __future__ import annotations

import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.newsroom.desk import TEXTS_DIR, Text
from tests.newsroom.expected import expected
from tests.newsroom.log import Request
from tests.newsroom.server import NewsroomServer
from tests.newsroom.site import Ending, Site
from tests.newsroom.world import build_world

OUTLETS_DIR = Path(__file__).parent / "outlets"


class Newsroom:
    """Four Arabic news sites on loopback, behind one proxy address.

    >>> with Newsroom() as room:  # doctest: +SKIP
    ...     crawl(http_proxy=room.proxy_url, outlets=room.outlets_dir)
    ...     room.expected()["sahel"]

    Args:
        edition: 1, or 2 for the second visit: one text corrected, two new.
        slow_seconds: how long the slow page takes; crawl with a shorter download timeout.
        port: 0 takes a free one.
        texts_dir: where the articles are.
    """

    def __init__(
        self, edition: int = 1, slow_seconds: float = 20, port: int = 0, texts_dir: Path = TEXTS_DIR
    ) -> None:
        if edition not in (1, 2):
            raise ValueError(f"there are editions 1 and 2, not {edition}")
        self.edition = edition
        self.outlets_dir = OUTLETS_DIR
        self.sites: dict[str, Site] = {site.outlet: site for site in build_world(edition, texts_dir).values()}
        hosts = {site.host: site for site in self.sites.values()}
        self._server = NewsroomServer(hosts, port, slow_seconds)
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom", daemon=True
        )

    @property
    def proxy_url(self) -> str:
        """For http_proxy."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def log(self) -> list[Request]:
        """Every request so far, in the order of the answers."""
        return self._server.log.all()

    def expected(self, *, second_visit: bool = False) -> dict[str, dict[str, Ending]]:
        """Outlet → candidate URL → the outcome it must have, or the set of those allowed.

        Args:
            second_visit: edition 2 crawled onto the archive of edition 1, instead of onto an empty one.

        Raises:
            ValueError: a second visit to edition 1 (whose listings would answer 304).
        """
        if second_visit and self.edition != 2:
            raise ValueError("the second visit is to edition 2")
        return expected(self.sites.values(), second_visit=second_visit)

    def articles(self) -> dict[str, dict[str, Text]]:
        """Outlet → canonical URL → the text that a good extraction finds there."""
        return {outlet: dict(site.articles) for outlet, site in self.sites.items()}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.stopping.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)
