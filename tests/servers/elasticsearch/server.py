"""One Elasticsearch node of our own on loopback."""

from __future__ import annotations

import atexit
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

import urllib3
from elasticsearch import Elasticsearch

from tests.servers.elasticsearch import account
from tests.servers.elasticsearch.certificate import write_certificates
from tests.servers.elasticsearch.command import environment, server_command, tool_command
from tests.servers.elasticsearch.java import Java, find_java
from tests.servers.elasticsearch.provision import provision
from tests.servers.elasticsearch.releases import find_release
from tests.servers.elasticsearch.unavailable import Unavailable

START_SECONDS = 240
"""15 s on an idle machine, several times that on a busy one; a server that ends is noticed at once."""
STOP_SECONDS = 30
HOST = "127.0.0.1"


class StartFailed(Exception):  # noqa: N818 - reads as what happened
    """The server did not come up; the message ends with the tail of its log."""


class ElasticServer:
    """A single node with its own config, data and log folders, gone with the `with` block.

    >>> with ElasticServer("9.4", settings={"thread_pool.write.queue_size": "1"}) as server:  # doctest: +SKIP
    ...     server.client().info()
    ...     server.kill()
    ...     server.restart()

    Start it from a thread that lasts: it ends with the thread that started it.

    Args:
        version: "8", "8.19", "8.19.8", and so for 9.
        port: 0 takes a free one.
        settings: more lines for elasticsearch.yml; they win over ours.
        password: turns security on; the user is `elastic`.
        tls: HTTPS with a certificate of `ca_file`; security has to be on for it, so a password is made up
            if none is given.
        heap: of the node.
        fast_start: compile lightly: it starts with half the work, and answers more slowly once it is warm.
            Turn it off to measure.
    """

    can_restart: ClassVar[bool] = True

    def __init__(
        self,
        version: str = "8.19",
        *,
        port: int = 0,
        settings: Mapping[str, str] | None = None,
        password: str | None = None,
        tls: bool = False,
        heap: str = "512m",
        fast_start: bool = True,
    ) -> None:
        self.release = find_release(version)
        self.version = self.release.version
        self.port = port or _free_port()
        self.url = f"{'https' if tls else 'http'}://{HOST}:{self.port}"
        self.password = password or ("made-up-for-tls" if tls else None)
        self._tls = tls
        self._settings = dict(settings or {})
        self._java_options = f"-Xms{heap} -Xmx{heap}" + " -XX:TieredStopAtLevel=1" * fast_start
        self._folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def ca_file(self) -> Path | None:
        """What a client has to trust; None without TLS."""
        return self.folder / "config/ca.pem" if self._tls else None

    @property
    def folder(self) -> Path:
        """The folder with config/, data/ and logs/; it is there from the first start to the end."""
        if self._folder is None:
            raise RuntimeError("this server was never started, or is closed")
        return self._folder

    @property
    def running(self) -> bool:
        """Whether the launcher lives, and so the node: each ends with the other."""
        return self._process is not None and self._process.poll() is None

    def client(self) -> Elasticsearch:
        """A client that knows the password and the certificate."""
        options: dict[str, Any] = {"request_timeout": 60}
        if self.password:
            options["basic_auth"] = ("elastic", self.password)
        if self.ca_file:
            options["ca_certs"] = str(self.ca_file)
        return Elasticsearch(self.url, **options)

    def start(self) -> None:
        """Start, and return when it answers; nothing happens if it runs already.

        Raises:
            Unavailable: there is no such server here, and none can be fetched.
            StartFailed: its port is taken, or it ended, or did not answer in time.
        """
        if self.running:
            return
        if _answers(self.port):
            raise StartFailed(f"port {self.port} is taken")
        java = find_java(self.release)
        home = provision(self.release)
        if self._folder is None:
            self._prepare(home, java)
        with (self.folder / "logs/console.log").open("ab") as console:
            self._process = subprocess.Popen(
                [*account.prefix(), *server_command(home)],
                env=environment("server", java.home, self.folder, self._java_options),
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, so that it can be killed whole
            )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def stop(self) -> None:
        """SIGTERM, then SIGKILL if that is not heard; the data stay for `restart`."""
        if self._process is None:
            return
        self._process.terminate()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """SIGKILL for node and launcher, as if the machine had lost power; the data stay for `restart`."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None
        until = time.monotonic() + STOP_SECONDS
        while _answers(self.port) and time.monotonic() < until:  # the node is not our child to wait for
            time.sleep(0.05)

    def restart(self) -> None:
        """Start again on the same port and data; stops it first if it runs."""
        self.stop()
        self.start()

    def log_tail(self, lines: int = 40) -> str:
        """The last lines of what node and launcher have said."""
        with (self.folder / "logs/console.log").open(encoding="utf-8", errors="replace") as console:
            return "".join(deque(console, lines))

    def close(self) -> None:
        """Stop, and remove its folder."""
        try:
            self.stop()
        finally:
            atexit.unregister(self.close)
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self, home: Path, java: Java) -> None:
        """Write its folder, from the server's own config for all that we do not set."""
        if not account.passable(Path(tempfile.gettempdir())):
            raise Unavailable(f"Elasticsearch refuses root, and others cannot enter {tempfile.gettempdir()}.")
        self._folder = Path(tempfile.mkdtemp(prefix="newscrawl-elasticsearch-"))
        atexit.register(self.close)
        config = self._folder / "config"
        shutil.copytree(home / "config", config)
        for name in ("data", "logs", "tmp"):
            (self._folder / name).mkdir()
        if self._tls:
            write_certificates(config)
        lines = [f"{key}: {json.dumps(value)}\n" for key, value in self._all_settings().items()]
        (config / "elasticsearch.yml").write_text("".join(lines), "utf-8")
        account.give(self._folder)
        if self.password:
            self._set_password(home, java)

    def _all_settings(self) -> dict[str, str]:
        settings = {
            "cluster.name": "newscrawl-test",
            "node.name": "newscrawl-test",
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": HOST,
            "http.port": str(self.port),
            "transport.port": "0",
            "discovery.type": "single-node",
            # A nearly full disk of the developer's is no reason to refuse a test's documents.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "xpack.security.enabled": "true" if self.password else "false",
        }
        if self._tls:
            settings |= {
                "xpack.security.http.ssl.enabled": "true",
                "xpack.security.http.ssl.certificate": "server.pem",
                "xpack.security.http.ssl.key": "server.key",
            }
        return settings | dict(self.release.settings) | self._settings

    def _set_password(self, home: Path, java: Java) -> None:
        done = subprocess.run(
            [*account.prefix(), *tool_command(home, "add", "--force", "--stdin", "bootstrap.password")],
            env=environment("keystore", java.home, self.folder, self._java_options),
            input=f"{self.password}\n",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StartFailed(f"no keystore for the password: {done.stdout}{done.stderr}")

    def _wait(self) -> None:
        """Until it answers, and has its shards back after a restart."""
        until = time.monotonic() + START_SECONDS
        while self.running and time.monotonic() < until:
            if self._get("/") == 200:
                self._get("/_cluster/health?wait_for_status=yellow&timeout=30s")
                return
            time.sleep(0.2)
        what = f"did not answer within {START_SECONDS} s" if self.running else "ended at once"
        raise StartFailed(f"Elasticsearch {self.version} {what}:\n{self.log_tail()}")

    def _get(self, path: str) -> int:
        """The status, or 0; by urllib3, which heeds no proxy variables."""
        trust: dict[str, Any] = {"ca_certs": str(self.ca_file)} if self._tls else {}
        headers = urllib3.make_headers(basic_auth=f"elastic:{self.password}") if self.password else None
        with urllib3.PoolManager(retries=False, timeout=35, **trust) as pool:
            try:
                return pool.request("GET", self.url + path, headers=headers).status
            except urllib3.exceptions.HTTPError:
                return 0


def _free_port() -> int:
    """Below the ports that systems give to outgoing connections, one of which could take it meanwhile."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
