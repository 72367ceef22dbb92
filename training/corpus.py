"""The unlabelled news: its sentences, its known words, vectors by neighbourhood (Mikolov et al. 2013)."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from newscrawl.entities.sentences import sentences

FIELDS = ("title", "abstract", "summary", "body", "text")


def corpus_texts(files: list[Path]) -> Iterator[str]:
    """The texts of JSONL files: one for each article, its fields on lines of their own."""
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                yield "\n".join(str(row[field]) for field in FIELDS if row.get(field))


def corpus_sentences(files: list[Path]) -> Iterator[list[str]]:
    """Their sentences, each a list of normalised spellings with 0 for every digit. Repeats are left out."""
    seen: set[int] = set()
    for text in corpus_texts(files):
        for sentence in sentences(text):
            spelled = [piece.exact for piece in sentence]
            key = hash(tuple(spelled))
            if key not in seen and len(spelled) > 1:
                seen.add(key)
                yield spelled


LEAST_SEEN = 5
"""Times a word was seen in the corpora that has a row."""


def ranked_words(counts: Counter[str]) -> list[str]:
    """All words with a row, the most frequent first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [word for word, count in ranked if count >= LEAST_SEEN]


def rows_of(words: Iterable[str]) -> dict[str, int]:
    """Their rows, from 1; row 0 is for unknown words."""
    return {word: row for row, word in enumerate(words, start=1)}


WIDTH = 100
NORM = 3.0
"""The mean length that vectors are brought to."""


def neighbour_vectors(sentences: list[list[str]], words: list[str]) -> np.ndarray:
    """A row for each word, in order, after one for unknown words (the mean): float32 (words + 1, WIDTH).

    By skip-gram with negative sampling; one thread and a fixed seed, so that the same sentences give the same
    vectors.
    """
    from gensim.models import Word2Vec

    learned = Word2Vec(
        sentences, vector_size=WIDTH, window=5, min_count=LEAST_SEEN, sg=1, negative=5, epochs=5,
        sample=1e-4, workers=1, seed=0,
    ).wv  # fmt: skip
    vectors = learned.vectors * (NORM / np.linalg.norm(learned.vectors, axis=1).mean())
    mean = vectors.mean(axis=0)
    rows = [vectors[learned.key_to_index[word]] if word in learned else mean for word in words]
    return np.stack([mean, *rows]).astype(np.float32)
