"""One request through newscrawl's download handler and middlewares to a raw server on loopback."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import Any, Self
from urllib.parse import urlsplit

_SPIDER = """
import json, re, socket, sys
from pathlib import Path
wanted = json.load(sys.stdin)
names = wanted["names"]
socket.gethostbyname = lambda name: names.get(name, name)
import scrapy
from scrapy.crawler import CrawlerProcess
from newscrawl.middlewares.refusals import rejection_of

def peak_megabytes():
    # Not ru_maxrss: a child inherits that from the process which started it, a large test run maybe.
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) // 1024

class Probe(scrapy.Spider):
    name = "probe"
    async def start(self):
        for url, meta in wanted["requests"].items():
            yield scrapy.Request(url, self.parse, errback=self.failed, dont_filter=True, meta=meta)
    def parse(self, response):
        print(json.dumps(["fetched", f"{response.status} {len(response.body)}"]))
    def failed(self, failure):
        rejected = rejection_of(failure)
        print(json.dumps([rejected.outcome.value, rejected.reason]))
    def closed(self, reason):
        print(json.dumps(peak_megabytes()))

process = CrawlerProcess(wanted["settings"])
process.crawl(Probe)
process.start()
"""


_NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class Answer:
    """A server that answers by path with raw bytes, while the client listens, and notes what it was asked.

    It answers as itself or as a proxy; an unknown path gets 404.
    """

    def __init__(self, answers: Mapping[str, Callable[[], Iterable[bytes]]]) -> None:
        self._answers = answers
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.asked: list[str] = []
        self.sent = 0

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: socket.socket) -> None:
        with connection, suppress(OSError):
            while request := connection.recv(65536):
                self.asked.append(request.split()[1].decode())
                answer = self._answers.get(urlsplit(self.asked[-1]).path, lambda: [_NOT_FOUND])
                for piece in answer():
                    connection.sendall(piece)
                    self.sent += len(piece)


def settings(**more: Any) -> dict[str, Any]:
    """newscrawl's settings of what is between a request and its answer, without the run."""
    from newscrawl import settings as ours

    kept = ("DOWNLOAD_HANDLERS", "TWISTED_DNS_RESOLVER", "REDIRECT_MAX_TIMES")
    chosen = {name: getattr(ours, name) for name in kept}
    apart = {"newscrawl.middlewares.unpacking.Unpacking", "newscrawl.middlewares.addresses.SiteGuard"}
    chosen["DOWNLOADER_MIDDLEWARES"] = {
        name: place for name, place in ours.DOWNLOADER_MIDDLEWARES.items() if place is None or name in apart
    }
    return {
        **chosen, "RETRY_ENABLED": False, "LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False,
        "DOWNLOAD_TIMEOUT": 5, "DOWNLOAD_MAXSIZE": 1_000_000, "DOWNLOAD_DELAY": 0, **more,
    }  # fmt: skip


def fetched(
    requests: Mapping[str, Mapping[str, Any]],
    *,
    proxy: Answer | None = None,
    names: Mapping[str, str] | None = None,
    **more: Any,
) -> list[Any]:
    """What became of requests (by URL, with meta): outcome or "fetched", and reason; last the peak MB.

    Args:
        requests: in the order to send them.
        proxy: answers instead of the hosts.
        names: the whole of DNS.
        more: settings of Scrapy.
    """
    environ = {**os.environ, "no_proxy": "", "http_proxy": f"http://127.0.0.1:{proxy.port}" if proxy else ""}
    wanted = {"requests": requests, "names": names or {}, "settings": settings(**more)}
    done = subprocess.run(
        [sys.executable, "-c", _SPIDER],
        input=json.dumps(wanted),
        env=environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not done.stderr, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]
