"""A proxy on loopback that answers as all hosts, and outlets whose hosts it is: for crawls in a bench."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import Self

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def whole(head: bytes, body: bytes) -> bytes:
    """An answer with its length."""
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


class Proxy:
    """Sends what `answer` yields for each URL; an empty piece cuts the connection. Use it in a `with`."""

    def __init__(self, answer: Callable[[str], AsyncIterator[bytes]]) -> None:
        self.port = 0
        self._answer = answer
        self._ready = threading.Event()
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Self:
        threading.Thread(target=self._run, daemon=True).start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)

    def _run(self) -> None:
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        self._loop.run_forever()
        for task in asyncio.all_tasks(self._loop):
            task.cancel()
        self._loop.run_until_complete(asyncio.sleep(0))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                request = await reader.readuntil(b"\r\n\r\n")
                async for piece in self._answer(request.split()[1].decode()):
                    if not piece:
                        raise ConnectionAbortedError
                    writer.write(piece)
                    await writer.drain()
        writer.close()


def environment(proxy: Proxy, folder: str, outlets: dict[str, str]) -> dict[str, str]:
    """What a crawl of outlets (name → a line with its listings) into the archive `a.db` is started with."""
    files = Path(folder, "outlets")
    files.mkdir()
    for name, listings in outlets.items():
        lines = (
            f'id = "{name}"', f'name = "{name}"', f'name_en = "{name}"', f'domain = "{name}.example"',
            f'homepage = "http://{name}.example/"', 'country = "EG"', 'timezone = "Africa/Cairo"',
            'kind = "newspaper"', 'confidence = "medium"', listings,
        )  # fmt: skip
        (files / f"{name}.toml").write_text("\n".join(lines), encoding="utf-8")
    return {
        **os.environ, "http_proxy": f"http://127.0.0.1:{proxy.port}", "no_proxy": "",
        "NEWSCRAWL_OUTLETS_DIR": str(files), "NEWSCRAWL_STORE_URL": f"sqlite:///{folder}/a.db",
        "NEWSCRAWL_DOWNLOAD_DELAY": "0",
    }  # fmt: skip
