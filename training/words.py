"""Which words are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LEAST_SEEN = 5
"""Times a word was seen in the corpora that has a row."""


def ranked_words(counts: Counter[str]) -> list[str]:
    """All words with a row, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, count in ranked if count >= LEAST_SEEN]


def rows_of(words: Iterable[str]) -> dict[str, int]:
    """Their rows, from 1; row 0 is for unknown words."""
    return {word: row for row, word in enumerate(words, start=1)}
