"""The best run of tags through a sentence (Viterbi 1967), for many sentences at a time."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Chain:
    """What it costs to go from tag to tag: between (tags, tags), first and last (tags,)."""

    between: Floats
    first: Floats
    last: Floats

    def best(self, scores: Floats, lengths: npt.NDArray[np.int64]) -> list[list[int]]:
        """Tag numbers of each sentence.

        Args:
            scores: (length, sentences, tags), padded at the end.
            lengths: (sentences,), none 0.
        """
        best = self.first + scores[0]
        pointers = []
        for position in range(1, len(scores)):
            paths = best[:, :, None] + self.between
            pointers.append(paths.argmax(axis=1))
            going = paths.max(axis=1) + scores[position]
            best = np.where((position < lengths)[:, None], going, best)
        ends = (best + self.last).argmax(axis=1)
        return [
            _walk(int(end), pointers, row, int(length))
            for row, (end, length) in enumerate(zip(ends, lengths, strict=True))
        ]


def _walk(tag: int, pointers: list[npt.NDArray[np.int64]], row: int, length: int) -> list[int]:
    path = [tag]
    for position in range(length - 2, -1, -1):
        tag = int(pointers[position][row, tag])
        path.append(tag)
    return path[::-1]
