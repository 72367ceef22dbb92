"""Windows over a sentence that is longer than the model reads at once.

Neighbours overlap, and each token's tag is taken from the window that shows most of what is around it. The
stock recogniser cuts without overlap, so that a name on the seam is read in halves.
"""

from __future__ import annotations

from collections.abc import Sequence

LIMIT = 254
"""Pieces of a window: 256, CAMeL Tools' own limit, less the two signs at its ends."""
OVERLAP = 64
"""Pieces at most that two neighbours share: some fifty words, twice a usual sentence."""


def windows(sizes: Sequence[int], limit: int = LIMIT, overlap: int = OVERLAP) -> list[range]:
    """The words of each window; together they are all words, and each begins and ends after the one before.

    Args:
        sizes: how many pieces each word has: 1 to `limit`.
        limit: most pieces of a window.
        overlap: most pieces shared by two neighbours.
    """
    found: list[range] = []
    first = 0
    while first < len(sizes):
        last, total = first, 0
        while last < len(sizes) and total + sizes[last] <= limit:
            total += sizes[last]
            last += 1
        found.append(range(first, last))
        if last == len(sizes):
            break
        # The next window must have room for the word that this one had not.
        room = min(overlap, limit - sizes[last])
        following = last
        while following - 1 > first and sizes[following - 1] <= room:
            following -= 1
            room -= sizes[following]
        first = following
    return found


def best_window(sizes: Sequence[int], found: Sequence[range]) -> list[int]:
    """For each word, the number of the window where most pieces stand on its poorer side.

    The sentence's own ends are no poverty: nothing stands beyond them.
    """
    before = [0]
    for size in sizes:
        before.append(before[-1] + size)

    def context(word: int, window: range) -> int:
        left = before[word] - before[window.start] if window.start else before[-1]
        right = before[window.stop] - before[word + 1] if window.stop < len(sizes) else before[-1]
        return min(left, right)

    best = [0] * len(sizes)
    most = [-1] * len(sizes)
    for number, window in enumerate(found):
        for word in window:
            seen = context(word, window)
            if seen > most[word]:
                best[word], most[word] = number, seen
    return best
