"""The light tagger's model: reads data/, runs sentences through it, finds the best run of tags (Viterbi)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import numpy as np
import numpy.typing as npt

from newscrawl.entities.light.cues import CUES, sentence_cues
from newscrawl.entities.light.vectors import Learned, LetterReader, Quantised, WordVectors

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


BATCH_PIECES = 2_048
"""Pieces, padding included, that go through the network at a time: some 20 MB of numbers."""

LEAST_FILLED = 0.6
"""A sentence shorter than this share of a batch's longest begins another: padding costs as much as words."""


class Model:
    """Vectors, networks and chain: an ensemble whose scores are averaged.

    Args:
        folder: with the files of a model; the shipped one's if not given.

    Attributes:
        tags: the BIO tags by number.
        version: the day the model was made, ISO 8601.
    """

    def __init__(self, folder: Traversable | None = None) -> None:
        import onnxruntime

        folder = folder or files("newscrawl.entities.light") / "data"
        about = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        if about["cues"] != list(CUES):
            raise RuntimeError(
                "the light tagger's model was made for other cues than cues.py has: run make model"
            )
        self.version: str = about["version"]
        self.tags: list[str] = about["tags"]
        self._networks: int = about["networks"]
        self._chain = Chain(
            *(np.array(about[part], dtype=np.float32) for part in ("between", "first", "last"))
        )
        with (folder / "vectors.npz").open("rb") as stream, np.load(stream) as arrays:
            self._vectors = _word_vectors(
                gzip.decompress((folder / "words.txt.gz").read_bytes()).decode("utf-8").split("\t"),
                {name: arrays[name] for name in arrays.files},
                self._networks,
            )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # crawling, ingest and retag run one process for each core
        options.inter_op_num_threads = 1
        self._session: Any = onnxruntime.InferenceSession(
            (folder / "network.onnx").read_bytes(), options, providers=["CPUExecutionProvider"]
        )

    def tag(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        """A tag for every piece of every sentence.

        Args:
            sentences: spellings of pieces (see `entities.sentences`), no sentence empty.
        """
        tagged: list[list[str]] = [[] for _ in sentences]
        for batch in _batches([len(sentence) for sentence in sentences]):
            found = self._tag_batch([sentences[index] for index in batch])
            for index, tags in zip(batch, found, strict=True):
                tagged[index] = tags
        return tagged

    def _tag_batch(self, sentences: Sequence[Sequence[str]]) -> list[list[str]]:
        lengths = np.array([len(sentence) for sentence in sentences])
        longest, networks = int(lengths.max()), self._networks
        words = np.zeros((networks, longest, len(sentences), self._vectors.width), dtype=np.float32)
        cues = np.zeros((longest, len(sentences), len(CUES)), dtype=np.float32)
        for column, sentence in enumerate(sentences):
            length = len(sentence)
            words[:, :length, column] = np.stack([self._vectors.of(word) for word in sentence], axis=1)
            cues[:length, column] = sentence_cues(sentence)
        inputs = {f"words{number}": words[number] for number in range(networks)}
        inputs |= {"cues": cues, "lengths": lengths.astype(np.int32)}
        scores: npt.NDArray[np.float32] = self._session.run(["scores"], inputs)[0]
        return [[self.tags[tag] for tag in path] for path in self._chain.best(scores, lengths)]


def _batches(lengths: list[int]) -> list[list[int]]:
    """Indices of sentences of like length together, BATCH_PIECES a batch at most (one sentence at least)."""
    found: list[list[int]] = []
    longest = 0
    for index in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        full = not found or (len(found[-1]) + 1) * longest > BATCH_PIECES
        if full or lengths[index] < LEAST_FILLED * longest:
            found.append([])
            longest = lengths[index]
        found[-1].append(index)
    return found


def _word_vectors(known: list[str], arrays: dict[str, npt.NDArray[Any]], networks: int) -> WordVectors:
    """The tables of vectors.npz."""

    def table(name: str) -> Quantised:
        return Quantised(arrays[name], arrays[f"{name}_scales"])

    def letters(number: int) -> LetterReader:
        return LetterReader(*(arrays[f"letters{number}_{part}"] for part in ("codes", "kernel", "bias")))

    return WordVectors(
        {word: row for row, word in enumerate(known, start=1)},
        table("common"),
        arrays["met"],
        [Learned(table(f"own{number}"), letters(number)) for number in range(networks)],
    )


@cache
def load_model() -> Model:
    """The model, read once for each process."""
    return Model()
