"""Where the terms of a query stand in a text.

A search looks through some fifty articles and shows ten, so each different word is read once in a search,
however often it stands in them; most words are none of the query's, and cost one look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newscrawl.arabic.tokens import forms
from newscrawl.search.query import Term, term_spellings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a term stands: its first word there, the term's number, and how many words it has there."""

    first: int
    term: int
    length: int


@dataclass(frozen=True, slots=True)
class _Test:
    """What a word must be."""

    word: str
    exact: bool
    beginning: bool

    def fits(self, exact: str, stem: str) -> bool:
        if self.beginning:
            return exact.startswith(self.word) or stem.startswith(self.word)
        return self.word == (exact if self.exact else stem)


_Spelling = tuple[int, tuple[_Test, ...]]
"""A term's number, and the tests of its words."""


class Places:
    """Finds the terms of one query in one text after the other."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """The terms; `Place.term` counts them from 0."""
        self._by_first: dict[str, list[_Spelling]] = {}
        self._beginnings: list[_Spelling] = []
        self._read: set[str] = set()
        """Words as published that were read already."""
        self._begun_by: dict[str, list[_Spelling]] = {}
        """Those of them that are the first word of a spelling."""
        for number, term in enumerate(terms):
            for words in term_spellings(term):
                self._add(number, tuple(_tests(term, words)))

    def _add(self, number: int, tests: tuple[_Test, ...]) -> None:
        if tests[0].beginning:
            self._beginnings.append((number, tests))
        else:
            self._by_first.setdefault(tests[0].word, []).append((number, tests))

    def find(self, words: Sequence[str]) -> list[Place]:
        """Each place of each term, in order; a term that fits in two spellings is there once, the longer.

        Args:
            words: of a text, as published.
        """
        new = set(words) - self._read
        self._read |= new
        first, beginnings = self._by_first, self._beginnings
        for word in new:
            exact, stem = forms(word)
            if stem in first or exact in first or beginnings:
                self._look_up(word, exact, stem)
        begun_by = self._begun_by
        found: dict[tuple[int, int], int] = {}
        for place, word in [pair for pair in enumerate(words) if pair[1] in begun_by]:
            for number, tests in begun_by[word]:
                if len(tests) == 1 or _follow(words, place, tests):
                    found[place, number] = max(len(tests), found.get((place, number), 0))
        return [Place(*where, length) for where, length in found.items()]

    def _look_up(self, word: str, exact: str, stem: str) -> None:
        near = [spelling for form in {exact, stem} for spelling in self._by_first.get(form, ())]
        fitting = [one for one in (*near, *self._beginnings) if one[1][0].fits(exact, stem)]
        if fitting:
            self._begun_by[word] = fitting


@lru_cache(maxsize=8)
def places_of(terms: tuple[Term, ...]) -> Places:
    """What finds these terms; the same for all texts of a search, and for its next page."""
    return Places(terms)


def _follow(words: Sequence[str], place: int, tests: tuple[_Test, ...]) -> bool:
    """Whether the other words of a spelling stand behind its first one."""
    behind = words[place + 1 : place + len(tests)]
    return len(behind) == len(tests) - 1 and all(
        test.fits(*forms(word)) for test, word in zip(tests[1:], behind, strict=True)
    )


def _tests(term: Term, words: Sequence[str]) -> Iterator[_Test]:
    last = len(words) - 1
    for place, word in enumerate(words):
        yield _Test(word, exact=term.exact or term.prefix, beginning=term.prefix and place == last)
