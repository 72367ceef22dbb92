"""One HTTP server on loopback that is every site: a forward proxy which forwards nothing."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Mapping
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar
from urllib.parse import urlsplit

from tests.newsroom.log import Request, RequestLog
from tests.newsroom.reply import Reply, Visit
from tests.newsroom.site import Site
from tests.newsroom.traps import error

CONTROL_HOST = "newsroom.control.example"
READING_TIME = 1.5
"""What a reader is given to take in a page before its twin is answered."""


class NewsroomServer(ThreadingHTTPServer):
    """Serves the sites by absolute URL (as a proxy is asked) or by Host header."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, sites: Mapping[str, Site], port: int = 0, slow_seconds: float = 20) -> None:
        self.sites = sites
        self.slow_seconds = slow_seconds
        self.log = RequestLog()
        self.stopping = threading.Event()
        super().__init__(("127.0.0.1", port), Handler)

    def server_bind(self) -> None:
        """Bind without asking the resolver for our own name, as the base class would."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """A reader that hung up is no news; anything else is."""
        import sys

        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    def wait_for(self, url: str, seconds: float) -> None:
        """Hold an answer back until `url` has been served and read."""
        if self.log.wait_until_served(url, seconds):
            self.stopping.wait(READING_TIME)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server_version = "Newsroom"
    sys_version = ""
    timeout = 60
    disable_nagle_algorithm: ClassVar[bool] = True
    server: NewsroomServer

    def do_GET(self) -> None:
        """Answer."""
        asked = urlsplit(self.path)
        via_proxy = bool(asked.scheme)
        host = (asked.netloc if via_proxy else self.headers.get("Host", "")).lower().removesuffix(":80")
        path = asked._replace(scheme="", netloc="", fragment="").geturl() or "/"
        if host == CONTROL_HOST:
            self._send(self._control(path))
            return
        url = f"http://{host}{path}"
        reply = self._reply(host, path, url)
        self.server.log.add(
            Request(
                method=self.command,
                url=url,
                host=host,
                path=path,
                conditional={
                    name: self.headers[name]
                    for name in ("if-none-match", "if-modified-since")
                    if name in self.headers
                },
                user_agent=self.headers.get("User-Agent", ""),
                status=reply.status,
                via_proxy=via_proxy,
            )
        )
        self._send(reply)
        self.server.log.served(url)

    do_HEAD = do_GET  # noqa: N815

    def _reply(self, host: str, path: str, url: str) -> Reply:
        earlier = self.server.log.arrive(url)
        visit = Visit(
            earlier=earlier,
            slow_seconds=self.server.slow_seconds,
            wait=self.server.stopping.wait,
            wait_for=self.server.wait_for,
            headers={name.lower(): value for name, value in self.headers.items()},
        )
        site = self.server.sites.get(host)
        if site is None:
            return Reply(b"No such host in the newsroom.\n", 502, "text/plain")
        answer = site.find(path) or error(404)
        return answer(visit)

    def _control(self, path: str) -> Reply:
        if path != "/log":
            return Reply(b"/log\n", 404, "text/plain")
        rows = [request.to_json() for request in self.server.log.all()]
        return Reply(json.dumps(rows, ensure_ascii=False).encode(), content_type="application/json")

    def _send(self, reply: Reply) -> None:
        length = reply.length
        if length is None and isinstance(reply.body, bytes) and reply.status != 304:
            length = len(reply.body)
        self.send_response(reply.status)
        if reply.content_type:
            self.send_header("Content-Type", reply.content_type)
        for name, value in reply.headers:
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        whole = isinstance(reply.body, bytes) and (length is None or length == len(reply.body))
        if not whole:
            # Sent in pieces, without a length or short of it: the connection ends with the body.
            self.send_header("Connection", "close")
            self.close_connection = True
        self.end_headers()
        if self.command == "HEAD":
            return
        with suppress(ConnectionError):
            for piece in [reply.body] if isinstance(reply.body, bytes) else reply.body:
                self.wfile.write(piece)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silent: the log is kept in memory."""
