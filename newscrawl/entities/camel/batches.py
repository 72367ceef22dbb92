"""Batches that waste least: sorted by length, cut where padding would cost more than one batch more."""

from __future__ import annotations

from collections.abc import Sequence

LARGEST = 512
"""Padded pieces of a batch at most. Larger ones are slower (the caches overflow) and take more memory."""
PER_BATCH = 12
"""What a batch costs besides its pieces, in pieces."""


def batches(lengths: Sequence[int], largest: int = LARGEST) -> list[list[int]]:
    """The numbers of the sequences of each batch; every one is in exactly one batch, the longest come first.

    The cheapest way to cut the sorted row, where a batch costs its number × its longest + PER_BATCH. A single
    sequence longer than `largest` is a batch of its own.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    cheapest = [0] + [0] * len(order)
    cut = [0] * (len(order) + 1)
    for end in range(1, len(order) + 1):
        options = []
        for begin in range(end - 1, -1, -1):
            padded = (end - begin) * lengths[order[begin]]
            if padded > largest and end - begin > 1:
                break
            options.append((cheapest[begin] + padded + PER_BATCH, begin))
        cheapest[end], cut[end] = min(options)
    found = []
    end = len(order)
    while end:
        found.append(order[cut[end] : end])
        end = cut[end]
    return found[::-1]
