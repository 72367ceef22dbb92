"""An outlet of generated pages behind a loopback proxy, crawled by `scrapy crawl` in a process of its own."""

from __future__ import annotations

import asyncio
import os
import random
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
OUTLET = "generated"
HOST = "generated.example"
FIRST = 1000
"""The number of the first page: addresses that end in a longer number read as articles' own."""

_WORDS = (
    "الوزير المدينة المعرض الجامعة الطريق المستشفى المدرسة الميناء المصنع الحديقة السوق المطار المكتبة "
    "المسرح الملعب الجسر البلدية الشركة اللجنة الهيئة المشروع الخطة التقرير الاجتماع المؤتمر البرنامج "
    "الفريق الموسم"
).split()
_VERBS = "افتتح زار أعلن ناقش وقع بحث عرض استقبل تفقد أكد أوضح دعا".split()

OnPage = Callable[[int], Awaitable[None]]
"""What happens when a page is asked for, before it is answered; it is given the page's number."""


def page(number: int, paragraphs: int = 8) -> str:
    """A page with a text of its own: the same for the same number."""
    dice = random.Random(number)  # noqa: S311
    body = "".join(
        f"<p>{' '.join([dice.choice(_VERBS), *dice.choices(_WORDS, k=30)])} رقم {number} في القاهرة.</p>"
        for _ in range(paragraphs)
    )
    title = f"{dice.choice(_VERBS)} {' '.join(dice.choices(_WORDS, k=4))} {number}"
    head = f"<html lang=ar><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>"


class Site:
    """Answers as the outlet: a feed of its pages, and each of them. Used in a `with`.

    Args:
        count: how many pages the feed lists now.
        on_page: see `OnPage`; it runs in the site's own event loop.
        on_path: the same for whatever is asked for; it is given the path.
    """

    def __init__(
        self,
        count: Callable[[], int],
        on_page: OnPage | None = None,
        on_path: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._count, self._on_page, self._on_path = count, on_page, on_path
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                status, body = await self._answer(urlsplit(request.split()[1].decode()).path)
                head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n"
                writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
                await writer.drain()
        writer.close()

    async def _answer(self, path: str) -> tuple[str, bytes]:
        if self._on_path:
            await self._on_path(path)
        if path == "/feed":
            return "200 OK", self._feed().encode()
        number = path.rpartition("/")[2]
        if not number.isdigit():
            return "404 Not Found", b"no"
        if self._on_page:
            await self._on_page(int(number))
        return "200 OK", page(int(number)).encode()

    def _feed(self) -> str:
        items = "".join(
            f"<item><title>خبر</title><link>http://{HOST}/news/{FIRST + number}</link></item>"
            for number in range(self._count())
        )
        return f"<rss><channel><title>x</title>{items}</channel></rss>"


def environment(site: Site, folder: Path, feeds: Sequence[str] = ("/feed",)) -> dict[str, str]:
    """The environment of crawls of this site into the archive of this folder, which is `store_url` in it."""
    outlets = folder / "outlets"
    outlets.mkdir(exist_ok=True)
    (outlets / f"{OUTLET}.toml").write_text(
        f'id = "{OUTLET}"\nname = "{OUTLET}"\nname_en = "{OUTLET}"\ndomain = "{HOST}"\n'
        f'homepage = "http://{HOST}/"\ncountry = "EG"\ntimezone = "Africa/Cairo"\n'
        f'kind = "newspaper"\nfeeds = {[f"http://{HOST}{path}" for path in feeds]}\nconfidence = "medium"\n',
        encoding="utf-8",
    )
    return {
        **os.environ,
        "http_proxy": f"http://127.0.0.1:{site.port}",
        "no_proxy": "",
        "NEWSCRAWL_OUTLETS_DIR": str(outlets),
        "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/archive.db",
        "NEWSCRAWL_DOWNLOAD_DELAY": "0",
        "NEWSCRAWL_CONCURRENT_REQUESTS_PER_DOMAIN": "8",
        "NEWSCRAWL_TAGGER": "off",
        "NEWSCRAWL_WORKERS": "2",
    }


def start(environ: dict[str, str], log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    """Start a crawl of the outlet, in a session of its own; what it prints goes to the end of `log`."""
    scrapy = str(Path(sys.executable).parent / "scrapy")
    with log.open("ab") as stream:
        return subprocess.Popen(
            [scrapy, "crawl", OUTLET, *arguments],
            cwd=ROOT,
            env=environ,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def workers_of(pid: int) -> dict[int, int]:
    """The worker processes of a crawl, and the clock ticks of the processor that each has used.

    Needs Linux's /proc.
    """
    found = {}
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):  # a thread that has just ended
            for child in children.read_text(encoding="ascii").split():
                with suppress(OSError):
                    command = Path(f"/proc/{child}/cmdline").read_bytes()
                    fields = (
                        Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                    )
                    if b"spawn_main" in command and fields[0] in "RSD":
                        found[int(child)] = int(fields[11]) + int(fields[12])
    return found
