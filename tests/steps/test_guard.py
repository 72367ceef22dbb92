"""What ends a command that needs too much memory or stands still."""

import os
import threading

import pytest

from newscrawl.config import Config
from newscrawl.steps import guard
from newscrawl.steps.guard import Guard
from newscrawl.workers.memory import MEGABYTE

CONFIG = Config(memory_mb=300, stall_timeout=3600)
STILL = Config(memory_mb=300, stall_timeout=0.001)


class EndedError(Exception):
    """In the place of the end of the process."""


@pytest.fixture
def watched(monkeypatch):
    """Run a guard until it has stopped the work, or ended the process: what it said."""
    said, ended = [], threading.Event()

    def abort(what, reason):
        said.append(f"at once: {reason}")
        ended.set()
        raise EndedError

    def watch(config, used, *, ends=True):
        monkeypatch.setattr(guard, "CHECK_SECONDS", 0.01)
        monkeypatch.setattr(guard, "resident_bytes", lambda: used * MEGABYTE)
        monkeypatch.setattr(guard, "abort", abort)

        def stop(reason):
            said.append(reason)
            if ends:
                ended.set()

        watcher = Guard(config, lambda: 0, stop)
        try:
            with watcher:
                ended.wait()
        except EndedError:
            pass
        return said, watcher.too_large

    monkeypatch.setattr(threading, "excepthook", lambda _: None)
    return watch


TOO_MUCH = "the process has {} MB of memory in use (NEWSCRAWL_MEMORY_MB=300)"
STOOD = "nothing was read or stored for 0.001 s (NEWSCRAWL_STALL_TIMEOUT)"


def test_too_much_memory_ends_it_in_order_and_is_told_apart(watched):
    assert watched(CONFIG, 301) == ([TOO_MUCH.format(301)], TOO_MUCH.format(301))


def test_no_progress_ends_it_in_order(watched):
    said, too_large = watched(STILL, 10)
    assert (said[0], too_large) == (STOOD, "")


def test_much_too_much_memory_ends_it_at_once(watched):
    assert watched(CONFIG, 451)[0] == [f"at once: {TOO_MUCH.format(451)}"]


def test_where_the_end_in_order_stands_still_it_ends_at_once(watched):
    assert watched(STILL, 10, ends=False)[0] == [STOOD, f"at once: {STOOD}"]


def test_what_goes_on_is_left_alone(monkeypatch):
    monkeypatch.setattr(guard, "CHECK_SECONDS", 0.001)
    steps = iter(range(10**9))
    looked = threading.Event()

    def progress():
        if (step := next(steps)) > 50:
            looked.set()
        return step

    with Guard(Config(memory_mb=10**6, stall_timeout=0.5), progress, pytest.fail):
        assert looked.wait(60)


def test_the_end_at_once_says_why_and_where_it_stood(monkeypatch, capfd):
    def leave(code):
        raise SystemExit(code)

    monkeypatch.setattr(os, "_exit", leave)
    with pytest.raises(SystemExit) as ended:
        guard.abort("It", "it is enough")
    assert ended.value.code == 1
    said = capfd.readouterr().err
    assert "It was ended at once: it is enough. The next run goes on" in said
    assert "test_guard" in said
