"""A run's heartbeat goes on while its process works, survives a locked archive, and ends with the run."""

import sqlite3
import threading
from types import SimpleNamespace

import pytest

from newscrawl.config import Config
from newscrawl.steps import session as sessions
from newscrawl.steps.heartbeat import Heartbeat
from newscrawl.steps.session import Session, Tallies
from newscrawl.store import StoreError, open_store


class Beats:
    """In the place of an archive: gives one answer after the other, and tells when all are given."""

    def __init__(self, *answers):
        self.answers, self.all_given = list(answers), threading.Event()

    def beat(self, run_id):
        answer = self.answers.pop(0)
        if not self.answers:
            self.all_given.set()
        if isinstance(answer, Exception):
            raise answer
        return answer


def beating(*answers):
    beats = Beats(*answers, False)
    heartbeat = Heartbeat(beats, 7, every=0)
    heartbeat.start()
    assert beats.all_given.wait(30)
    heartbeat.stop()
    return heartbeat


def test_it_beats_until_another_run_has_closed_its_own():
    assert beating(True, True, True).lost


def test_what_cannot_be_written_is_said_once_and_the_next_heartbeat_comes(caplog):
    locked = sqlite3.OperationalError("database is locked")
    assert beating(True, locked, locked, True).lost
    [said] = caplog.messages
    assert "run 7: a heartbeat could not be written (database is locked)" in said


def test_stopping_what_was_never_started_or_is_stopped_is_no_fault():
    heartbeat = Heartbeat(Beats(True), 7)
    heartbeat.stop()
    heartbeat.start()
    heartbeat.stop()
    heartbeat.stop()
    assert not heartbeat.lost


@pytest.fixture
def session(tmp_path):
    with Session(open_store(f"sqlite:///{tmp_path / 'a.db'}"), Config(workers=1), tagger=None) as session:
        yield session


def test_a_session_beats_from_its_runs_begin_to_its_end(session, monkeypatch):
    written, real = threading.Event(), session.archive.beat

    def beat(run_id):
        alive = real(run_id)
        written.set()
        return alive

    monkeypatch.setattr(session.archive, "beat", beat)
    monkeypatch.setattr(sessions, "Heartbeat", lambda *known: Heartbeat(*known, every=0))
    begun = session.begin_run("ingest", "x", {})
    assert written.wait(30)
    assert session.archive.run(begun.id).heartbeat_at >= begun.started_at
    assert session.finish_run("finished", "", Tallies()).status == "finished"
    assert not session.broken


def test_a_run_that_another_has_closed_ends_with_the_reason(session, monkeypatch):
    heartbeat = SimpleNamespace(lost=True, start=bool, stop=bool)
    monkeypatch.setattr(sessions, "Heartbeat", lambda *_: heartbeat)
    run = session.begin_run("crawl", "x", {})
    assert f"run {run.id} ends: another run has closed it" in session.broken
    with pytest.raises(StoreError, match="may store nothing any more"):
        session._stored(session.archive.count)
