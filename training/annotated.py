"""Annotated text: ANERcorp's training part and AQMAR, as sentences of pieces with one tag a piece."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newscrawl.entities.sentences import sentences

CLASSES = ("PERS", "LOC", "ORG", "MISC")
TAGS = ("O", *(f"{prefix}-{kind}" for kind in CLASSES for prefix in "BI"))
_AQMAR = {"PER": "PERS", "LOC": "LOC", "ORG": "ORG"}
PARTS, HELD = 10, 0.05
"""The file is cut in so many parts, and this share of each is kept for development."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as annotated: its tokens and a BIO tag for each."""

    tokens: tuple[str, ...]
    tags: tuple[str, ...]


def read_bio(path: Path) -> list[Sentence]:
    """Sentences of a file with a token and its tag a line, and a blank line after each sentence."""
    found, tokens, tags = [], [], []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        parts = line.split()
        if len(parts) >= 2:
            tokens.append(" ".join(parts[:-1]))
            tags.append(_tag(parts[-1]))
        elif tokens and not parts:
            found.append(Sentence(tuple(tokens), tuple(tags)))
            tokens, tags = [], []
    return found


def _tag(written: str) -> str:
    """The tag as we name it; AQMAR's MIS0…3 become MISC, what is misspelt becomes O."""
    prefix, _, kind = written.partition("-")
    kind = "MISC" if kind.startswith("MIS") else _AQMAR.get(kind, kind)
    return f"{prefix}-{kind}" if prefix in "BI" and kind in CLASSES else "O"


def aqmar(folder: Path) -> list[Sentence]:
    """All 28 articles."""
    return [sentence for file in sorted(folder.glob("articles/*.txt")) for sentence in read_bio(file)]


def split(annotated: list[Sentence]) -> tuple[list[Sentence], list[Sentence]]:
    """Training and development part: the end of each tenth of the file is for development.

    Each is some 20 sentences in a row, an article or two: neighbours in an article share names, and a split
    by single sentences would let a tagger meet them in training.
    """
    train: list[Sentence] = []
    held: list[Sentence] = []
    size = len(annotated) / PARTS
    for part in range(PARTS):
        begin, end = round(part * size), round((part + 1) * size)
        cut = begin + round((end - begin) * (1 - HELD))
        train += annotated[begin:cut]
        held += annotated[cut:end]
    return train, held


def pieces(sentence: Sentence) -> tuple[list[str], list[str], list[int]]:
    """Spelling and tag of each of our pieces, and the token each is in.

    Only the first piece of a token that begins an entity begins it. A sentence that the package would cut
    stays whole.
    """
    text = " ".join(sentence.tokens)
    token_of = [index for index, token in enumerate(sentence.tokens) for _ in range(len(token) + 1)]
    spelled, tags, origins = [], [], []
    for piece in (piece for part in sentences(text) for piece in part):
        token = token_of[piece.start]
        tag = sentence.tags[token]
        if origins and origins[-1] == token and tag[0] == "B":
            tag = "I" + tag[1:]
        spelled.append(piece.exact)
        tags.append(tag)
        origins.append(token)
    return spelled, tags, origins


def token_tags(sentence: Sentence, predicted: list[str], origins: list[int]) -> list[str]:
    """Tags of our pieces as tags of the tokens, for scoring: a token has that of its first tagged piece."""
    tags = ["O"] * len(sentence.tokens)
    for tag, token in zip(predicted, origins, strict=True):
        if tags[token] == "O":
            tags[token] = tag
    return tags
