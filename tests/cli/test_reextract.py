"""`newscrawl reextract` ends in order where it cannot go on; what it reads is tests/end_to_end's."""

import signal
import time
from types import SimpleNamespace

import pytest

from newscrawl.article import Outcome, Rejected
from newscrawl.cli.reextract import Tally, _read, _show
from newscrawl.cli.stopping import Stopping
from newscrawl.config import Config
from newscrawl.steps import guard
from newscrawl.steps.reextract import GONE
from newscrawl.store.reread import Reading
from newscrawl.workers.memory import MEGABYTE


def then_nothing(*_, **__):
    time.sleep(60)
    yield []


@pytest.fixture
def stopped(monkeypatch, tmp_path):
    """Why reading ends that comes to nothing."""
    monkeypatch.setattr("newscrawl.steps.reextract.reextract", then_nothing)
    monkeypatch.setattr(guard, "CHECK_SECONDS", 0.05)
    monkeypatch.setattr(guard, "abort", lambda *_: None)  # the end in order takes longer than 0.001 s

    def read(**settings):
        config = Config(store_url=f"sqlite:///{tmp_path / 'a.db'}", **settings)
        session = SimpleNamespace(config=config, workers=SimpleNamespace(answered=0))
        with Stopping() as stopping:
            return _read(session, stopping, [1], Tally())

    return read


def test_too_much_memory(stopped, monkeypatch):
    monkeypatch.setattr(guard, "resident_bytes", lambda: 301 * MEGABYTE)
    assert stopped(memory_mb=300) == ("the process has 301 MB of memory in use (NEWSCRAWL_MEMORY_MB=300)")


def test_no_progress(stopped):
    assert stopped(stall_timeout=0.001).startswith("nothing was read or stored for 0.001 s")


@pytest.mark.usefixtures("heeds_hang_up")
def test_a_signal(stopped, monkeypatch):
    def closed(*_, **__):
        signal.raise_signal(signal.SIGHUP)
        yield []

    monkeypatch.setattr("newscrawl.steps.reextract.reextract", closed)
    assert stopped() == "interrupted by SIGHUP"


@pytest.mark.parametrize(("known", "failed", "left"), [(True, 0, 1), (False, 1, 0)])
def test_what_is_known_not_to_be_readable_is_counted_and_no_failure(known, failed, left, capsys):
    page = SimpleNamespace(at=SimpleNamespace(url="https://n.example/1"))
    tally = Tally()
    rejected = Rejected(Outcome.EXTRACT_ERROR, GONE)
    tally.count(Reading(page, None, rejected, failed=True, known=known), 3)
    _show(tally, 7, dry_run=False)
    told = capsys.readouterr()
    assert (tally.failed, tally.left) == (failed, left)
    assert GONE in told.err
    assert ("1 are left alone" in told.out) is known
