"""Which texts may be copies of which: those that share two shingles of their samples.

In memory, for one corpus that is looked at as a whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from newscrawl.dedupe.shingles import Shingled

SHARED = 2
"""Shingles that both samples have: one may be a figure of speech."""
HOLDERS = 64
"""Texts that are remembered for a shingle: what more have is a frame or a phrase that tells nothing, or a
statement whose first copies find the rest. So no text is compared with thousands."""


class Candidates:
    """Texts, by the shingles of their samples."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = defaultdict(list)

    def find(self, text: Shingled) -> list[int]:
        """Texts that may be copies of a text or it of them, those that share most first."""
        known: Iterable[int] = (
            number for shingle in text.sample for number in self._holders.get(shingle, ())
        )
        return [number for number, shared in Counter(known).most_common() if shared >= SHARED]

    def add(self, number: int, text: Shingled) -> None:
        """Remember a text by a number of its own."""
        for shingle in text.sample:
            holders = self._holders[shingle]
            if len(holders) < HOLDERS:
                holders.append(number)
