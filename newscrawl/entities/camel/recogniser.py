"""One tag for every token: word pieces, windows, batches, the model, and the way back.

The tags are those of CAMeL Tools' `NERecognizer.predict` wherever that one reads a sentence in one go. It
pads every sentence to 256 pieces and leaves out tokens without pieces (its issue #105); here a sentence is
padded to its batch, and such a token is O. A sentence longer than the model reads at once is cut into
windows. The stock recogniser cuts without overlap, so that it reads a name on the seam in halves; here
neighbours overlap, and each token's tag comes from the window that shows most of what is around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

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
    """For each word, the number of the window that shows most context on the word's shorter side.

    A side that ends with the sentence does not count as short: nothing stands beyond it.
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


CACHED = 65_536
"""How many different words are remembered: about 15 MB."""


class WordPieces:
    """Pieces of words.

    Args:
        tokenizer: a `tokenizers.Tokenizer`: the one inside transformers' BertTokenizer, so that both agree.
    """

    def __init__(self, tokenizer: Any) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self.pieces = lru_cache(CACHED)(self._pieces)

    @classmethod
    def read(cls, path: Path) -> WordPieces:
        """From a tokenizer.json."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def _pieces(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces: none where nothing of it is seen, LIMIT at most."""
        return tuple(self._tokenizer.encode(word, add_special_tokens=False).ids[:LIMIT])


Integers = NDArray[np.int64]


class Runner(Protocol):
    """The model itself, on ONNX Runtime or on torch."""

    def best(self, ids: Integers, mask: Integers) -> NDArray[Any]:
        """The number of the best label for each piece of a padded batch (batch, length)."""


@dataclass(frozen=True, slots=True)
class Special:
    """Numbers of the pieces that mean no text."""

    cls: int
    sep: int
    pad: int


@dataclass(frozen=True, slots=True)
class _Job:
    """One window: its pieces, and where in it which token of which sentence gets its tag."""

    ids: list[int]
    answers: list[tuple[int, int, int]]
    """Place in the window, number of the sentence, number of the token."""


class Recogniser:
    """A runner with its vocabulary and its labels."""

    def __init__(self, runner: Runner, pieces: WordPieces, special: Special, labels: Sequence[str]) -> None:
        self._runner = runner
        self._pieces = pieces
        self._special = special
        self._labels = labels

    def tag_tokens(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """BIO tags (B-PERS, I-ORG, …, O): for each sentence as many as it has tokens."""
        tags = [["O"] * len(sentence) for sentence in sentences]
        jobs = [job for number, sentence in enumerate(sentences) for job in self._jobs(number, sentence)]
        for batch in batches([len(job.ids) for job in jobs]):
            chosen = [jobs[number] for number in batch]
            for job, best in zip(chosen, self._run(chosen), strict=True):
                for place, sentence, token in job.answers:
                    tags[sentence][token] = self._labels[best[place]]
        return tags

    def _jobs(self, number: int, sentence: Sequence[str]) -> list[_Job]:
        """The windows of a sentence; none if none of its tokens has pieces."""
        read = [(token, self._pieces.pieces(word)) for token, word in enumerate(sentence)]
        read = [(token, pieces) for token, pieces in read if pieces]
        sizes = [len(pieces) for _, pieces in read]
        found = windows(sizes)
        best = best_window(sizes, found)
        return [self._job(number, read, window, order, best) for order, window in enumerate(found)]

    def _job(
        self,
        number: int,
        read: Sequence[tuple[int, tuple[int, ...]]],
        window: range,
        order: int,
        best: Sequence[int],
    ) -> _Job:
        ids = [self._special.cls]
        answers = []
        for word in window:
            token, pieces = read[word]
            if best[word] == order:
                answers.append((len(ids), number, token))
            ids.extend(pieces)
        return _Job([*ids, self._special.sep], answers)

    def _run(self, jobs: Sequence[_Job]) -> list[list[int]]:
        longest = max(len(job.ids) for job in jobs)
        ids = np.full((len(jobs), longest), self._special.pad, np.int64)
        mask = np.zeros((len(jobs), longest), np.int64)
        for row, job in enumerate(jobs):
            ids[row, : len(job.ids)] = job.ids
            mask[row, : len(job.ids)] = 1
        found: list[list[int]] = self._runner.best(ids, mask).tolist()
        return found
