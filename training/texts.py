"""The unlabelled news that word representations are learned from, as sentences of spellings."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from newscrawl.entities.pieces import sentences

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
