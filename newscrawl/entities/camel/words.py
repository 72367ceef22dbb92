"""Word embeddings, read from their file row by row as they are needed.

They are a third of the model (64,000 rows of 3 KB), and a text needs a few hundred. Mapped into memory they
would all be resident after an hour of news; read, they cost a thousandth of the model's time.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FORM = "<f4"


class Words:
    """The rows of a file of float32, little-endian, `width` to a row."""

    def __init__(self, path: Path, width: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._width = width

    def rows(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """The rows of these numbers, in the shape of `ids` and one dimension more.

        Raises:
            EOFError: the file has no such row.
        """
        wanted, places = np.unique(ids, return_inverse=True)
        found = np.empty((len(wanted), self._width), FORM)
        size = self._width * found.itemsize
        for number, row in zip(wanted.tolist(), found, strict=True):
            self._file.seek(number * size)
            if self._file.readinto(row.data) != size:
                raise EOFError(f"{self._file.name} ends before row {number}")
        rows: NDArray[np.float32] = found[places.reshape(ids.shape)]
        return rows


def write_words(values: NDArray[np.float32], path: Path) -> None:
    """Write the file."""
    values.astype(FORM).tofile(path)
