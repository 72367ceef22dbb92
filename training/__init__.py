"""How the light tagger is made: `make model`. Not part of the package."""

from __future__ import annotations

import sys


def say(line: str) -> None:
    """Print a line at once."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
