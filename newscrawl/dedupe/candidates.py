"""Which texts may be copies of which: those whose samples have enough shingles in common.

`Candidates` holds one corpus that is looked at as a whole, in memory; newscrawl/store/fingerprints.py holds
an archive's.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from newscrawl.dedupe.shingles import Shingled

SHARED = 2
"""Shingles that both samples have, at least: one may be a figure of speech …"""
IN_REACH = 0.25
"""… and so many of those that the shorter text has where both samples reach. Of a copy and its original it is
the share of the whole texts, but for chance: three fifths and more. Most pairs above `SHARED` that are no
copies have a phrase or two in common. Chosen on the AntCorpus."""
HOLDERS = 64
"""Texts that are remembered for a shingle: what more have is a frame or a phrase that tells nothing, or a
statement whose first copies find the rest. So no text is compared with thousands."""


class Sampled(NamedTuple):
    """How far a sample reaches.

    Attributes:
        sample: shingles in it: the smallest ones of the text's.
        text: words of the text, or its shingles, which are as many but for two.
    """

    sample: int
    text: int


def enough(shared: int, one: Sampled, other: Sampled) -> bool:
    """Whether two texts are worth comparing.

    Args:
        shared: how many shingles their samples have in common.
        one: what is known of one text.
        other: what is known of the other.
    """
    if shared < SHARED:
        return False
    reach = min(1.0, *(each.sample / max(each.text, 1) for each in (one, other)))
    return shared >= IN_REACH * reach * min(one.text, other.text)


class Candidates:
    """Texts, by the shingles of their samples."""

    def __init__(self) -> None:
        self._holders: dict[int, list[int]] = defaultdict(list)
        self._sampled: dict[int, Sampled] = {}

    def find(self, text: Shingled) -> list[int]:
        """Texts that may be copies of a text or it of them, those that share most first."""
        known: Iterable[int] = (
            number for shingle in text.sample for number in self._holders.get(shingle, ())
        )
        its = Sampled(len(text.sample), len(text.all))
        return [
            number
            for number, shared in Counter(known).most_common()
            if enough(shared, its, self._sampled[number])
        ]

    def add(self, number: int, text: Shingled) -> None:
        """Remember a text by a number of its own."""
        self._sampled[number] = Sampled(len(text.sample), len(text.all))
        for shingle in text.sample:
            holders = self._holders[shingle]
            if len(holders) < HOLDERS:
                holders.append(number)
