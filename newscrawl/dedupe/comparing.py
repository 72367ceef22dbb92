"""Articles compared with those that may be copies of them, a batch at a time: work for a worker.

What is asked is which articles belong together, not every pair of them: an article that was found to belong
to some others is compared with none of these. So a statement that two thousand papers print costs two
thousand comparisons, not two million.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from newscrawl.dedupe.copies import Likeness, Text, copied
from newscrawl.dedupe.shingles import of_words, shingled

CACHED_TEXTS = 256
"""Texts that a worker keeps read: some 15 MB."""

Sourced = tuple[str, str]
"""Outlet and body of an article."""


@dataclass(frozen=True, slots=True)
class Compared:
    """An article that is compared.

    Attributes:
        number: the article's.
        linked: those that it was found alike with, before its text changed.
        candidates: others that it may be a copy of or they of it, the likeliest first.
    """

    number: int
    linked: tuple[int, ...]
    candidates: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Batch:
    """Articles to be compared, with all that is needed for it.

    Attributes:
        articles: each of them.
        texts: outlet and body of all articles that are named, by number; one that is gone is not there.
        groups: those of the candidates that are known to belong together have one value.
    """

    articles: Sequence[Compared]
    texts: Mapping[int, Sourced] = field(repr=False)
    groups: Mapping[int, int] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of which one copies the other; the smaller number first."""

    one: int
    other: int
    likeness: Likeness


def sample_of(body: str) -> bytes:
    """A text's sample of shingles, to be kept: 4 bytes each."""
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
    """Compare articles; the links found in each batch, enough to tell which belong together."""
    return [_compare(batch) for batch in batches]


def likenesses(pairs: Sequence[tuple[Sourced, Sourced]]) -> list[Likeness | None]:
    """How alike two articles are, of each pair; None where neither copies the other."""
    return [_likeness(*pair) for pair in pairs]


def _compare(batch: Batch) -> list[Link]:
    groups = _Groups(batch)
    links = []
    for article in batch.articles:
        number = article.number
        for other in (*article.linked, *article.candidates):
            if other not in article.linked and groups.together(number, other):
                continue
            found = _of_numbers(batch, number, other)
            if found:
                links.append(Link(min(number, other), max(number, other), found))
                groups.join(number, other)
    return links


def _of_numbers(batch: Batch, one: int, other: int) -> Likeness | None:
    if one not in batch.texts or other not in batch.texts:
        return None
    return _likeness(batch.texts[one], batch.texts[other])


class _Groups:
    """Which articles of a batch belong together, as far as is known."""

    def __init__(self, batch: Batch) -> None:
        # One that is compared anew is held against those, too, with whom it was together.
        asked = {one.number for one in batch.articles}
        self._parents: dict[object, object] = {}
        self._first: dict[int, object] = {
            number: number if number in asked else ("group", group) for number, group in batch.groups.items()
        }

    def together(self, one: int, other: int) -> bool:
        return self._root(one) == self._root(other)

    def join(self, one: int, other: int) -> None:
        first, second = self._root(one), self._root(other)
        if first != second:
            self._parents[first] = second

    def _root(self, number: int) -> object:
        found: object = self._first.get(number, number)
        while found in self._parents:
            found = self._parents[found]
        return found


def _likeness(one: Sourced, other: Sourced) -> Likeness | None:
    (outlet, body), (other_outlet, other_body) = one, other
    return copied(_text(body), _text(other_body), same_outlet=outlet == other_outlet)


@lru_cache(maxsize=CACHED_TEXTS)
def _text(body: str) -> Text:
    return Text.of(body)
