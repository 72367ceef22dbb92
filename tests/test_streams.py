"""The guards of standard output, standard error and the log."""

import io
import logging
import os
import subprocess
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.streams import Guard, OutputError, guard_log, guard_streams
from newscrawl.terminal import say, styled


class Screen(io.StringIO):
    def isatty(self):
        return True


def written(stream, text):
    Guard(stream, fatal=True).write(text)
    return stream.getvalue()


@given(st.text(alphabet=st.characters(codec="utf-16"), max_size=60))
def test_no_control_gets_through_where_there_is_no_terminal(text):
    shown = written(io.StringIO(newline=""), text)
    assert all(letter in "\n\t" or letter >= " " for letter in shown)
    assert not set(shown) & {*map(chr, range(0x7F, 0xA0)), "\u2028", "\u202a", "\u202e", "\u2066", "\u2069"}


def test_a_terminal_gets_our_styles_alone():
    ours = "\x1b[1;33mخبر\x1b[0m \x1b[2K\x1b[1A\x1b[?25l\r"
    assert written(Screen(newline=""), ours) == ours
    foreign = "\x1b]0;title\x07\x1b[2J\x1b[3;4H\x9b2J\u202e"
    assert written(Screen(newline=""), foreign) == "]0;title[2J[3;4H2J"


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1256"])
def test_letters_that_the_encoding_lacks_become_question_marks(encoding):
    kept = io.BytesIO()
    guard = Guard(io.TextIOWrapper(kept, encoding=encoding), fatal=True)
    guard.write("خبر ▲ x\n")
    guard.flush()
    assert b"? x\n" in kept.getvalue()


def closed_pipe():
    reading, writing = os.pipe()
    os.close(reading)
    return os.fdopen(writing, "w")


def test_a_full_disk_is_an_error_and_a_closed_pipe_is_none(monkeypatch):
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stdout", Guard(full, fatal=True))
        with pytest.raises(OutputError, match="No space left"):
            say("x")
        say("dropped")
    with closed_pipe() as pipe:
        monkeypatch.setattr(sys, "stdout", Guard(pipe, fatal=True))
        say("x")
        say("y")
    with open("/dev/full", "w") as full:
        monkeypatch.setattr(sys, "stderr", Guard(full, fatal=False))
        say("nobody can be told", err=True)


def test_a_closed_stream_drops_what_it_is_given(monkeypatch):
    monkeypatch.setattr(logging, "_logRecordFactory", logging.LogRecord)
    for name in ("stdin", "stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    guard_streams()
    say("nobody reads it")
    say("nor this", err=True)
    assert sys.stdin.read() == ""


def test_guards_stand_once(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setattr(logging, "_logRecordFactory", logging.LogRecord)
    guard_streams()
    first = sys.stdout
    guard_streams()
    assert sys.stdout is first
    say(styled("خبر\x1b[2J", bold=True))
    assert first.getvalue() == "خبر[2J\n"


@pytest.fixture
def log(monkeypatch):
    """A log that keeps its lines, with the guard before it."""
    monkeypatch.setattr(logging, "_logRecordFactory", logging.LogRecord)
    guard_log()
    kept = io.StringIO()
    handler = logging.StreamHandler(kept)
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, kept


def test_the_log_is_cleaned_whatever_writes_it(log):
    logger, kept = log
    logger.warning("%s of %s", "text/html\x1b]0;x\x07\nERROR forged", ValueError("\x9b2J"))
    assert kept.getvalue() == "WARNING text/html]0;x\n    ERROR forged of 2J\n"


def test_tracebacks_are_cleaned(log):
    logger, kept = log
    try:
        raise ValueError("عنوان\x1b[2J")
    except ValueError:
        logger.exception("failed")
    assert "ValueError: عنوان[2J" in kept.getvalue()
    assert "Traceback" in kept.getvalue()
    assert "\x1b" not in kept.getvalue()


def test_a_fault_that_somebody_swallows_is_told_at_the_end():
    with open("/dev/full", "w", buffering=1) as full:
        guard = Guard(full, fatal=True)
        with suppress(OutputError):  # as click does, while it tries out whether the stream is a binary one
            guard.write("الأخبار\n")
        guard.flush()
        with pytest.raises(OutputError, match="No space left"):
            guard.check()


@pytest.mark.parametrize("words", [["--help"], ["search", "--help"], ["--version"], ["outlets"]])
def test_help_that_cannot_be_printed_is_told_and_not_a_success(words):
    command = [sys.executable, "-m", "newscrawl", *words]
    with open("/dev/full", "w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("Standard output cannot be written")
    assert done.stderr.count("\n") == 1
