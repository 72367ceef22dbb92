"""docker/crawl-loop.sh with stand-ins for `scrapy` and `newscrawl`: rounds, failures, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "docker" / "crawl-loop.sh"
STAND_IN = '#!/bin/sh\necho "{name} $*" >> "$CALLS"\n{body}\n'
PATIENCE = 20
"""Seconds; a crowded machine is slow to start a shell."""


class Loop:
    """The script running in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.calls_file = folder / "calls"
        self.status_file = folder / "status"
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.process: subprocess.Popen[str] | None = None
        for name in ("scrapy", "newscrawl"):
            self.stand_in(name, "exit 0")

    def stand_in(self, name: str, body: str) -> None:
        path = self.bin / name
        path.write_text(STAND_IN.format(name=name, body=body))
        path.chmod(0o755)

    def start(self, **settings: str) -> None:
        environ = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "CALLS": str(self.calls_file),
            "NEWSCRAWL_CRAWL_ARGUMENTS": "outlets=a,b",
            "NEWSCRAWL_CRAWL_PAUSE": "0s",
            "NEWSCRAWL_CRAWL_STATUS": str(self.status_file),
            **settings,
        }
        self.process = subprocess.Popen(
            [SCRIPT], env=environ, cwd=self.bin.parent, stderr=subprocess.PIPE, text=True
        )

    def calls(self) -> list[str]:
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []

    def status(self) -> str:
        return self.status_file.read_text().strip() if self.status_file.exists() else ""

    def wait_until(self, what: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not what():
            assert time.monotonic() < end, f"calls {self.calls()}, status {self.status()!r}"
            time.sleep(0.01)

    def stop(self) -> tuple[int, float, str]:
        """SIGTERM; exit code, seconds until the end, standard error."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        _, errors = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, time.monotonic() - began, errors


@pytest.fixture
def loop(tmp_path: Path) -> Iterator[Loop]:
    loop = Loop(tmp_path)
    yield loop
    if loop.process is not None and loop.process.poll() is None:
        loop.process.kill()
        loop.process.wait()


def test_it_is_executable():
    """COPY keeps the mode that the file has in the checkout."""
    assert os.access(SCRIPT, os.X_OK)


def test_each_round_crawls_then_delivers(loop: Loop):
    loop.start(NEWSCRAWL_CRAWL_ARGUMENTS="country=EG,SA  since=2d limit=*")
    loop.wait_until(lambda: len(loop.calls()) >= 4)
    code, _, _ = loop.stop()
    crawl = "scrapy crawl news -a country=EG,SA -a since=2d -a limit=*"
    assert loop.calls()[:4] == [crawl, "newscrawl index"] * 2
    assert code == 0


@pytest.mark.parametrize(
    ("scrapy", "newscrawl", "status"),
    [
        ("exit 0", "exit 0", "ok"),
        ("exit 1", "exit 0", "ok"),  # some outlet yielded nothing: the run's table says so
        ("exit 2", "exit 0", "failed: scrapy crawl ended with 2;"),
        ("kill -KILL $$", "exit 0", "failed: scrapy crawl ended with 137;"),
        ("exit 0", "exit 1", "failed: newscrawl index ended with 1;"),
        ("exit 3", "exit 1", "failed: scrapy crawl ended with 3; newscrawl index ended with 1;"),
    ],
)
def test_a_failed_round_is_said_and_the_next_one_comes(loop: Loop, scrapy: str, newscrawl: str, status: str):
    loop.stand_in("scrapy", scrapy)
    loop.stand_in("newscrawl", newscrawl)
    loop.start()
    loop.wait_until(lambda: len(loop.calls()) >= 5)
    _, _, errors = loop.stop()
    assert loop.status() == status
    assert [call.split()[0] for call in loop.calls()[:5]] == ["scrapy", "newscrawl"] * 2 + ["scrapy"]
    for said in filter(None, status.removeprefix("failed:").removeprefix("ok").split(";")):
        assert f"crawl-loop: {said.strip()}" in errors


def test_the_status_is_ok_again_after_a_good_round(loop: Loop):
    loop.stand_in("newscrawl", '[ "$(grep -c newscrawl "$CALLS")" -gt 1 ] || exit 1')
    loop.start(NEWSCRAWL_CRAWL_PAUSE="1s")
    loop.wait_until(lambda: loop.status().startswith("failed"))
    loop.wait_until(lambda: loop.status() == "ok")


def test_sigterm_ends_the_pause_at_once(loop: Loop):
    loop.start(NEWSCRAWL_CRAWL_PAUSE="1h")
    loop.wait_until(lambda: len(loop.calls()) == 2)
    time.sleep(0.3)  # into the pause
    code, seconds, errors = loop.stop()
    assert code == 0
    assert seconds < 10  # not the hour, nor the ten minutes
    assert "stopped by a signal" in errors
    assert len(loop.calls()) == 2


def test_sigterm_reaches_the_crawl_and_waits_for_its_good_end(loop: Loop):
    """A crawl closes its books after SIGTERM; nothing is started any more."""
    loop.stand_in(
        "scrapy",
        "trap 'sleep 0.5; echo closed >> \"$CALLS\"; exit 0' TERM\n"
        'echo ready >> "$CALLS"\nwhile :; do sleep 0.05; done',
    )
    loop.start()
    loop.wait_until(lambda: "ready" in loop.calls())
    code, seconds, _ = loop.stop()
    assert code == 0
    assert 0.4 < seconds < 15
    assert loop.calls() == ["scrapy crawl news -a outlets=a,b", "ready", "closed"]


def test_sigterm_while_delivering_stops_too(loop: Loop):
    loop.stand_in("newscrawl", "exec sleep 600")
    loop.start()
    loop.wait_until(lambda: "newscrawl index" in loop.calls())
    code, seconds, _ = loop.stop()
    assert code == 0
    assert seconds < 10  # not the hour, nor the ten minutes
    assert len(loop.calls()) == 2


@pytest.mark.parametrize("pause", ["soon", "1w", "-5", "", "h", "1.5h", "10 m"])
def test_a_pause_that_is_none_is_refused(loop: Loop, pause: str):
    loop.start(NEWSCRAWL_CRAWL_PAUSE=pause)
    assert loop.process is not None
    _, errors = loop.process.communicate(timeout=PATIENCE)
    assert loop.process.returncode == 2
    assert "NEWSCRAWL_CRAWL_PAUSE" in errors
    assert loop.calls() == []


def test_without_arguments_it_does_not_crawl_everything(loop: Loop):
    loop.start(NEWSCRAWL_CRAWL_ARGUMENTS="")
    assert loop.process is not None
    _, errors = loop.process.communicate(timeout=PATIENCE)
    assert loop.process.returncode == 2
    assert "NEWSCRAWL_CRAWL_ARGUMENTS" in errors
    assert loop.calls() == []
