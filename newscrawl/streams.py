"""Guards of standard output, standard error and the log: foreign text that passes controls no terminal."""

from __future__ import annotations

import logging
import os
import re
import sys
from contextlib import suppress
from typing import Any, TextIO

from newscrawl.terminal import without_controls

_OURS = re.compile("(\x1b\\[[0-9;]*m|\x1b\\[[0-9]?[AK]|\x1b\\[\\?25[lh]|\r|[\u2067\u2069])")
"""What tables, styles and progress bars of ours send to a terminal."""


class OutputError(Exception):
    """Standard output takes no more; the message says why."""


class Guard:
    """A text stream in the place of standard output or error; all it does not know, the stream does.

    A terminal gets our own styles and no other control, anything else no control at all. Characters that the
    stream's encoding lacks become question marks. A reader that has gone away (`| head`) is no fault: what
    comes after is dropped.

    Args:
        stream: what to write to.
        fatal: whether a stream that cannot be written to (a full disk) is an `OutputError`; else, as for
            standard error, what cannot be said is dropped.
    """

    def __init__(self, stream: TextIO, *, fatal: bool) -> None:
        self._stream, self._fatal = stream, fatal
        self._error: OutputError | None = None
        self._terminal = stream.isatty()
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write text, cleaned.

        Raises:
            OutputError: see `fatal`.
        """
        parts = _OURS.split(text) if self._terminal else [text]
        clean = "".join(part if at % 2 else without_controls(part) for at, part in enumerate(parts))
        try:
            self._stream.write(clean)
        except OSError as error:
            self._broken(error)
        return len(text)

    def flush(self) -> None:
        """Send what waits.

        Raises:
            OutputError: see `fatal`.
        """
        try:
            self._stream.flush()
        except OSError as error:
            self._broken(error)

    def check(self) -> None:
        """Raise the OutputError of an earlier write; click, which tries out what a stream is, swallows it."""
        if self._error is not None:
            raise self._error

    def _broken(self, error: OSError) -> None:
        drop_output(self._stream)
        if self._fatal and not isinstance(error, BrokenPipeError):
            self._error = OutputError(error.strerror or str(error))
            raise self._error from error


def drop_output(stream: TextIO) -> None:
    """Let go of a stream that cannot be written to, so that Python does not complain again when it ends."""
    with suppress(OSError), open(os.devnull, "wb") as nowhere:  # a stream of a test has no file
        os.dup2(nowhere.fileno(), stream.fileno())


def send_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are, such as a page to a file; to a terminal nothing goes so.

    Raises:
        OutputError: they cannot be written; where the reader has gone away, that is no fault.
    """
    sys.stdout.flush()
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except OSError as error:
        drop_output(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            raise OutputError(error.strerror or str(error)) from error


def guard_streams() -> None:
    """Put a guard before standard output and error, and clean the log; a second call changes nothing."""
    _open_closed_streams()
    if not isinstance(sys.stdout, Guard):
        sys.stdout = Guard(sys.stdout, fatal=True)
    if not isinstance(sys.stderr, Guard):
        sys.stderr = Guard(sys.stderr, fatal=False)
    guard_log()


def _open_closed_streams() -> None:
    """Let a standard stream that was closed (`>&-`, some daemons) be one that drops what it is given.

    Python sets it to None then, and the next file that opens would get its number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115  (open to the end)


def guard_log() -> None:
    """Clean every log record of this process, whichever handler writes it, to a file or a terminal."""
    logging.setLogRecordFactory(_CleanRecord)


class _CleanRecord(logging.LogRecord):
    """A record in whose words no foreign text has controls, or a line of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[0]:
            trace = logging.Formatter().formatException(self.exc_info)
            self.exc_text = without_controls(trace)  # a formatter takes what is here

    def getMessage(self) -> str:  # noqa: N802  # logging's name
        """The message; lines after the first are set in, so that none looks like a record of its own."""
        return without_controls(super().getMessage()).replace("\n", "\n    ")
