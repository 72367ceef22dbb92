"""Articles compared with those that may be copies of them, a batch at a time: work for a worker."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from newscrawl.dedupe.copies import Likeness, Text, copied
from newscrawl.dedupe.shingles import of_words, shingled

CACHED_TEXTS = 1024
"""Texts that a worker keeps read: some 15 MB."""

SAMPLED = np.dtype(np.int32).itemsize
"""Bytes of one shingle of a sample that is kept."""

Sourced = tuple[str, str]
"""Outlet and body of an article."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An article that is compared.

    Attributes:
        number: the article's.
        candidates: others that it may be a copy of or they of it.
    """

    number: int
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to be compared, with all that is needed for it.

    Attributes:
        articles: each of them.
        texts: outlet and body of all articles that are named, by number; one that is gone is not there.
    """

    articles: Sequence[Compared]
    texts: Mapping[int, Sourced] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of which one copies the other; the smaller number first."""

    one: int
    other: int
    likeness: Likeness


def sample_of(body: str) -> bytes:
    """A text's sample of shingles, to be kept: `SAMPLED` bytes each."""
    return np.array(shingled(body).sample, np.int32).tobytes()


def sample_of_terms(exact: str) -> bytes:
    """`sample_of` a text whose normalised words stand there already, with spaces (`index_terms`)."""
    return np.array(of_words(exact.split()).sample, np.int32).tobytes()


def sample_from(kept: bytes) -> list[int]:
    """The sample back from what was kept."""
    return list(map(int, np.frombuffer(kept, np.int32)))


def samples_of(bodies: Sequence[str]) -> list[bytes]:
    """`sample_of` several texts."""
    return list(map(sample_of, bodies))


def compare(batches: Sequence[Batch]) -> list[list[Link] | None]:
    """Compare articles; the links found in each batch."""
    return [list(_compare(batch)) for batch in batches]


def likenesses(pairs: Sequence[tuple[Sourced, Sourced]]) -> list[Likeness | None]:
    """How alike two articles are, of each pair; None where neither copies the other."""
    return [_likeness(*pair) for pair in pairs]


def _compare(batch: Batch) -> Iterator[Link]:
    for article in batch.articles:
        number = article.number
        for other in article.candidates:
            if number in batch.texts and other in batch.texts:
                found = _likeness(batch.texts[number], batch.texts[other])
                if found:
                    yield Link(min(number, other), max(number, other), found)


def _likeness(one: Sourced, other: Sourced) -> Likeness | None:
    (outlet, body), (other_outlet, other_body) = one, other
    return copied(_text(body), _text(other_body), same_outlet=outlet == other_outlet)


@lru_cache(maxsize=CACHED_TEXTS)
def _text(body: str) -> Text:
    return Text.of(body)
