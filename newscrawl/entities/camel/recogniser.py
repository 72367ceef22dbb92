"""One tag for every token: pieces, windows, batches, the model, and the way back.

The tags are those of CAMeL Tools' `NERecognizer.predict` wherever that one reads a sentence in one go. It
pads every sentence to 256 pieces and leaves out tokens without pieces (its issue #105); here a sentence is
padded to its batch, and such a token is O.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newscrawl.entities.camel.batches import batches
from newscrawl.entities.camel.windows import best_window, windows
from newscrawl.entities.camel.wordpieces import WordPieces

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
