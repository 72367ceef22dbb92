"""A crawl over ten hostile hosts and two sound ones: what the hostile cost the sound, and are asked.

`make bench ARGS=hostile`, or `ARGS=hostile:20` for 20 pages a host instead of 250.
"""

from __future__ import annotations

import asyncio
import gzip
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from bench.loopback import OK, Proxy, environment, whole

ROOT = Path(__file__).resolve().parents[1]
SOUND = ("sound1", "sound2")
_BOMB = gzip.compress(bytes(50_000_000))


def _status(line: str, *headers: str) -> Callable[[str], AsyncIterator[bytes]]:
    async def answer(_url: str) -> AsyncIterator[bytes]:
        yield whole("\r\n".join([f"HTTP/1.1 {line}", *headers, ""]).encode(), b"no")

    return answer


async def _dead(_url: str) -> AsyncIterator[bytes]:
    await asyncio.sleep(600)
    yield b""


async def _slow(_url: str) -> AsyncIterator[bytes]:
    yield OK + b"Content-Length: 100000\r\n\r\n"
    while True:
        await asyncio.sleep(0.2)
        yield b"x"


async def _headers(_url: str) -> AsyncIterator[bytes]:
    yield OK
    while True:
        yield b"X-Page: 1\r\n" * 500


async def _padding(_url: str) -> AsyncIterator[bytes]:
    yield OK + b"Transfer-Encoding: chunked\r\n\r\n"
    while True:
        yield b"1;a=" + b"a" * 900 + b"\r\nx\r\n"


async def _bomb(_url: str) -> AsyncIterator[bytes]:
    yield whole(OK + b"Content-Encoding: gzip\r\n", _BOMB)


async def _loop(url: str) -> AsyncIterator[bytes]:
    yield whole(f"HTTP/1.1 302 Found\r\nLocation: {url}\r\n".encode(), b"")


async def _cut(_url: str) -> AsyncIterator[bytes]:
    yield b""


async def _sound(url: str) -> AsyncIterator[bytes]:
    number = url.rsplit("/", 1)[-1]
    text = "".join(
        f"<p>افتتح الوزير صباح اليوم المعرض رقم {number} في القاهرة وقال في كلمته إن الفقرة {place} منه تعرض "
        "أعمال الفنانين الشباب من المحافظات كلها.</p>"
        for place in range(4)
    )
    head = f"<title>خبر {number}</title></head><body><article><h1>خبر {number} في المعرض</h1>"
    yield whole(OK, f"<html lang=ar><head>{head}{text}</article></body></html>".encode())


HOSTS = {
    "limits": _status("429 Too Many Requests"),
    "rests": _status("503 Service Unavailable", "Retry-After: 3600"),
    "forbids": _status("403 Forbidden"),
    "dead": _dead,
    "slow": _slow,
    "headers": _headers,
    "padding": _padding,
    "bombs": _bomb,
    "loops": _loop,
    "cuts": _cut,
} | dict.fromkeys(SOUND, _sound)


class Hosts:
    """Answers as all the hosts, and counts the requests to each."""

    def __init__(self, pages: int) -> None:
        self._pages = pages
        self.requests: Counter[str] = Counter()

    def answer(self, url: str) -> AsyncIterator[bytes]:
        """What the host of a URL says."""
        parts = urlsplit(url)
        name = (parts.hostname or "").partition(".")[0]
        self.requests[name] += 1
        if parts.path == "/robots.txt":
            return _status("404 Not Found")(url)
        if parts.path == "/feed":
            return self._feed(name)
        return HOSTS[name](url)

    async def _feed(self, name: str) -> AsyncIterator[bytes]:
        items = "".join(
            f"<item><title>خبر</title><link>http://{name}.example/news/{number + 1000}</link></item>"
            for number in range(self._pages)
        )
        yield whole(OK, f"<rss><channel><title>x</title>{items}</channel></rss>".encode())


class Crawl(NamedTuple):
    """What one crawl took and did."""

    seconds: float
    """Until the last sound article was stored."""
    processor: float
    """Seconds of the processor, workers included."""
    stored: int
    requests: Counter[str]
    printed: str


def crawl(names: list[str], pages: int) -> Crawl:
    """Crawl these hosts from an empty archive."""
    hosts = Hosts(pages)
    with tempfile.TemporaryDirectory() as folder, Proxy(hosts.answer) as proxy:
        outlets = {name: f'feeds = ["http://{name}.example/feed"]' for name in names}
        environ = environment(proxy, folder, outlets) | {
            "NEWSCRAWL_DOWNLOAD_TIMEOUT": "5", "NEWSCRAWL_TAGGER": "off",
        }  # fmt: skip
        began, used = datetime.now(UTC), _processor()
        scrapy = str(Path(sys.executable).parent / "scrapy")
        command = [scrapy, "crawl", "news", "-a", f"outlets={','.join(names)}"]
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
        with closing(sqlite3.connect(f"{folder}/a.db")) as archive:
            stored, last = archive.execute(
                "SELECT count(*), max(ended_at) FROM candidates WHERE outcome = 'stored'"
            ).fetchone()
        printed = done.stdout + done.stderr
        seconds = (datetime.fromisoformat(f"{last}+00:00") - began).total_seconds()
        return Crawl(seconds, _processor() - used, stored, hosts.requests, printed)


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def bench(pages: int = 250) -> None:
    """Print the seconds with and without the hostile hosts, and the requests to each."""
    alone, both = crawl(list(SOUND), pages), crawl(list(HOSTS), pages)
    hostile = len(HOSTS) - len(SOUND)
    print(f"## {len(HOSTS) * pages:,} URLs over {hostile} hostile hosts and {len(SOUND)} sound ones")
    print(
        f"sound articles stored: {alone.stored} alone, {both.stored} beside the hostile, "
        f"of {len(SOUND) * pages}"
    )
    for what, one, other in (
        ("seconds until the last is stored", alone.seconds, both.seconds),
        ("seconds of the processor, to the end", alone.processor, both.processor),
    ):
        print(f"{what}: {one:.1f} and {other:.1f}, ratio {other / one:.2f}")
    print("requests: " + ", ".join(f"{name} {count}" for name, count in sorted(both.requests.items())))
    print(both.printed)
