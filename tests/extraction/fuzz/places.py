"""Where in a page a mutation takes place."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Mutator = Callable[[bytes, Random], bytes]


def some(pattern: re.Pattern[bytes], make: Mutator, content: bytes, rng: Random) -> bytes:
    """The page with some of what a pattern finds replaced."""
    share = rng.choice((0.02, 0.2, 1.0))
    return pattern.sub(lambda match: make(match[0], rng) if rng.random() < share else match[0], content)


def _into(content: bytes, piece: bytes, *marks: bytes) -> bytes:
    """The page with a piece behind the first of the marks that it has; at its beginning without one."""
    for mark in marks:
        place = content.lower().find(mark)
        if place >= 0:
            place = content.find(b">", place) + 1 or len(content)
            return content[:place] + piece + content[place:]
    return piece + content


def in_head(content: bytes, piece: str) -> bytes:
    return _into(content, piece.encode("utf-8", "surrogatepass"), b"<head", b"<html")


def in_text(content: bytes, piece: str) -> bytes:
    """The page with a piece where its text is likely to stand."""
    return _into(content, piece.encode("utf-8", "surrogatepass"), b"</h1", b"<article", b"<body")
