"""Arabic among Latin letters on a terminal: each piece keeps its own direction."""

from __future__ import annotations

import sys

_ISOLATE, _END = "\u2067", "\u2069"  # right-to-left isolate: Unicode Bidirectional Algorithm, UAX #9


def isolated(text: str) -> str:
    """The text between the marks that isolate it; where the output is no terminal, the text alone."""
    return f"{_ISOLATE}{text}{_END}" if sys.stdout.isatty() else text
