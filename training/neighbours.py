"""Vectors of words by their neighbourhoods: skip-gram with negative sampling (Mikolov et al. 2013)."""

from __future__ import annotations

import numpy as np
from gensim.models import Word2Vec

from training.words import LEAST_SEEN

WIDTH = 100
NORM = 3.0
"""The mean length that vectors are brought to."""


def neighbour_vectors(sentences: list[list[str]], words: list[str]) -> np.ndarray:
    """A row for each word, in order, after one for unknown words (the mean): float32 (words + 1, WIDTH).

    One thread and a fixed seed, so that the same sentences give the same vectors.
    """
    learned = Word2Vec(
        sentences, vector_size=WIDTH, window=5, min_count=LEAST_SEEN, sg=1, negative=5, epochs=5,
        sample=1e-4, workers=1, seed=0,
    ).wv  # fmt: skip
    vectors = learned.vectors * (NORM / np.linalg.norm(learned.vectors, axis=1).mean())
    mean = vectors.mean(axis=0)
    rows = [vectors[learned.key_to_index[word]] if word in learned else mean for word in words]
    return np.stack([mean, *rows]).astype(np.float32)
