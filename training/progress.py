"""One line of progress, to stderr: training takes long."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Print a line at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
