"""Where the terms of a query stand in a text.

A search looks through some fifty articles of which it shows ten, so each different word is read once in a
search, however often it stands in them; most words are none of the query's, and cost one look-up.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
        self._begun_by: dict[str, tuple[_Spelling, ...]] = {}
        """Word as published → the spellings whose first word it is."""
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
        begun_by = self._begun_by
        for word in set(words).difference(begun_by):
            begun_by[word] = self._spellings_begun_by(word)
        found: dict[tuple[int, int], int] = {}
        for place, word in enumerate(words):
            for number, tests in begun_by[word]:
                if len(tests) == 1 or _follow(words, place, tests):
                    found[place, number] = max(len(tests), found.get((place, number), 0))
        return [Place(*where, length) for where, length in found.items()]

    def _spellings_begun_by(self, word: str) -> tuple[_Spelling, ...]:
        exact, stem = forms(word)
        near = (*self._by_first.get(stem, ()), *self._by_first.get(exact, ()), *self._beginnings)
        return tuple(dict.fromkeys(one for one in near if one[1][0].fits(exact, stem)))


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
