"""From a word's spelling to the vectors that stand for it: its row among known words, and its letters.

Word vectors are kept in few bits.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from newscrawl.arabic.stem import stem

UNKNOWN = 0
"""The row of words that are not known."""

LETTERS = 14
"""LetterReader of a word that are read."""


def word_row(spelling: str, rows: Mapping[str, int]) -> int:
    """The row of a spelling; where it has none, that of the word without its proclitics; else UNKNOWN."""
    row = rows.get(spelling)
    if row is None:
        row = rows.get(stem(spelling), UNKNOWN)
    return row


def letter_codes(spelling: str) -> list[int]:
    """The first LETTERS letters of a spelling as numbers from 1 to 255: Arabic by block, others folded."""
    return [_letter_code(ord(letter)) for letter in spelling[:LETTERS]]


def _letter_code(code: int) -> int:
    return code - 0x600 if 0x600 < code < 0x700 else code % 64 + 1


Floats = npt.NDArray[np.float32]

CACHED_WORDS = 32_768
"""How many spellings' vectors are remembered: 59 MB with three networks."""


class Quantised:
    """A matrix of small whole numbers with one scale a row."""

    def __init__(self, numbers: npt.NDArray[np.int8], scales: npt.NDArray[np.float16]) -> None:
        self.numbers = numbers
        self.scales = scales.astype(np.float32)

    @classmethod
    def of(cls, matrix: Floats, largest: int = 127) -> Quantised:
        """The nearest form of a matrix in numbers from -largest to largest."""
        reach = np.maximum(np.abs(matrix).max(axis=1), 1e-3)
        scales = (reach / largest).astype(np.float16)
        numbers = np.clip(np.rint(matrix / scales.astype(np.float32)[:, None]), -largest, largest)
        return cls(numbers.astype(np.int8), scales)

    def rows(self, rows: Sequence[int]) -> Floats:
        """The rows as numbers: (rows, width)."""
        chosen: Floats = self.numbers[rows] * self.scales[rows][:, None]
        return chosen


class LetterReader:
    """A convolution over a word's letters, its largest answer kept (Ma and Hovy 2016)."""

    def __init__(self, codes: Floats, kernel: Floats, bias: Floats) -> None:
        """Args: codes (256, size), kernel (answers, size, 3), bias (answers,)."""
        self._codes = codes
        self._kernel = kernel.transpose(2, 1, 0).reshape(-1, len(bias))
        self._bias = bias

    def read(self, spelling: str) -> Floats:
        """(answers,)."""
        letters = np.zeros((LETTERS + 2, self._codes.shape[1]), dtype=np.float32)
        codes = letter_codes(spelling)
        letters[1 : len(codes) + 1] = self._codes[codes]
        windows = np.concatenate([letters[:-2], letters[1:-1], letters[2:]], axis=1)
        answers: Floats = np.maximum(windows @ self._kernel + self._bias, 0).max(axis=0)
        return answers


@dataclass(frozen=True, slots=True)
class Learned:
    """What one network of the ensemble has learned of words: vectors of its own, and how it reads letters."""

    own: Quantised
    letters: LetterReader


class WordVectors:
    """The vectors that stand for a spelling, one for each network, remembered.

    Args:
        rows: known words → row.
        common: vectors of all rows, for words that training has not met.
        met: the rows that training has met, in order; the networks' own vectors are of these.
        networks: one or more.
    """

    def __init__(
        self,
        rows: Mapping[str, int],
        common: Quantised,
        met: npt.NDArray[np.int64],
        networks: Sequence[Learned],
    ) -> None:
        self._rows, self._common, self._networks = rows, common, networks
        self._places = {int(row): place for place, row in enumerate(met)}
        self.of = lru_cache(maxsize=CACHED_WORDS)(self._of)
        self.width = len(self.of("").T)

    def _of(self, spelling: str) -> Floats:
        """(networks, width): a word's vector, then what its letters say."""
        row = word_row(spelling, self._rows)
        place = self._places.get(row)
        return np.stack(
            [
                np.concatenate(
                    [
                        self._common.rows([row])[0] if place is None else network.own.rows([place])[0],
                        network.letters.read(spelling),
                    ]
                )
                for network in self._networks
            ]
        ).astype(np.float32)
