"""Other spellings of a query's words, learned from the words that the archive has.

Two kinds: a foreign name transcribed in another way (`newscrawl.arabic.transcription`), and words that some
write apart and others together (أبو ظبي, أبوظبي), in both directions. They are the same words, so they match,
count and rank like the one typed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from newscrawl.arabic.language import stop_words
from newscrawl.arabic.stem import ARTICLE, stem
from newscrawl.arabic.tokens import common_spelling, spellings
from newscrawl.arabic.transcription import other_spellings
from newscrawl.search.query import Query, Term

MAX_OTHERS = 8
"""Other spellings of one word, the commonest first."""
SHORTEST_PART = 2
"""Letters of each half of a word that may be written apart."""
COLLOCATION = 0.2
"""Two words are one name where so large a share of the rarer one's articles has them side by side: ظبي stands
behind أبو nearly always, while مصر في stands side by side by chance. (`python -m bench spellings` prints the
pairs of the shared corpus: names and loan words.)"""
NAME_BEGINNINGS = frozenset({"عبد", "ابو"})
"""First halves that make any second half a name, however common that is by itself: عبد الملك, أبو علي."""


FEWEST = 2
"""Articles in which they do so at the least: in one it may be a slip (اي ران)."""
_NO_HALVES = stop_words() | {ARTICLE}


class Vocabulary(Protocol):
    """The words of an index."""

    def known(self, words: Collection[str]) -> Mapping[str, int]:
        """In how many articles stems occur; those of none are left out. Estimates will do."""


class Remembered:
    """A vocabulary that is asked once for all words that a search may need."""

    def __init__(self, vocabulary: Vocabulary, words: Collection[str]) -> None:
        """The vocabulary, and those words."""
        self._vocabulary = vocabulary
        self._asked = set(words)
        self._known = dict(vocabulary.known(self._asked)) if words else {}

    def known(self, words: Collection[str]) -> Mapping[str, int]:
        """As `Vocabulary.known`."""
        new = set(words) - self._asked
        if new:
            self._asked |= new
            self._known.update(self._vocabulary.known(new))
        return {word: self._known[word] for word in words if word in self._known}


def needed(query: Query) -> set[str]:
    """The words of which `respelled` must know in how many articles they are, and the query's own."""
    plain = _plain(query)
    parts = {part for term in plain for pair in _halves(term.typed[0]) for part in pair}
    others = {word for term in plain for word in _others(term.words[0])}
    own = {word for term in plain for word in spellings(term.words[0])}
    return parts | others | own | set(_joined(query.groups).values())


def respelled(query: Query, vocabulary: Vocabulary) -> Query:
    """The query with other transcriptions of its words, and words written together, that the archive has."""
    known = vocabulary.known(needed(query)) if _plain(query) else {}
    also = {term: [(word,) for word in _commonest(_others(term.words[0]), known)] for term in _plain(query)}
    for (first, second), word in _joined(query.groups).items():
        if word in known:
            also[first].append((word,))
            also[second].append((word,))
    return _with_all(query, also)


Pair = tuple[str, str]


def apart(query: Query, vocabulary: Vocabulary) -> dict[Term, list[Pair]]:
    """The ways to write words of a query as two, where the archive has both: `written_apart` decides."""
    halves = {term: _halves(term.typed[0]) for term in _plain(query)}
    known = vocabulary.known({word for several in halves.values() for pair in several for word in pair})
    return {
        term: [pair for pair in sorted(several) if _may_be_name(pair, known)]
        for term, several in halves.items()
    }


def written_apart(
    query: Query, halves: Mapping[Term, Sequence[Pair]], vocabulary: Vocabulary, together: Mapping[Pair, int]
) -> Query:
    """The query with its words written as two, where the two are one name.

    Args:
        query: the one that `apart` was asked with.
        halves: what it answered.
        vocabulary: as there.
        together: in how many articles those pairs stand side by side.
    """
    known = vocabulary.known({word for several in halves.values() for pair in several for word in pair})
    names = {
        term: [pair for pair in several if together.get(pair, 0) >= _least(pair, known)]
        for term, several in halves.items()
    }
    return _with_all(query, names)


def _with_all(query: Query, also: Mapping[Term, Sequence[tuple[str, ...]]]) -> Query:
    return replace(
        query,
        groups=tuple(tuple(_with(term, also) for term in group) for group in query.groups),
        without=tuple(_with(term, also) for term in query.without),
    )


def _plain(query: Query) -> list[Term]:
    return [term for term in (*query.terms, *query.without) if _is_plain(term)]


def _is_plain(term: Term) -> bool:
    alone = len(term.typed) == 1 and not (term.exact or term.prefix)
    return alone and term.typed[0] not in stop_words()


def _with(term: Term, also: Mapping[Term, Sequence[tuple[str, ...]]]) -> Term:
    """The term with more spellings."""
    return replace(term, also=tuple(dict.fromkeys((*term.also, *also[term])))) if also.get(term) else term


def _others(word: str) -> frozenset[str]:
    return frozenset(map(common_spelling, other_spellings(word))) - {common_spelling(word)}


def _commonest(words: Collection[str], known: Mapping[str, int]) -> list[str]:
    return sorted((word for word in words if word in known), key=lambda word: (-known[word], word))[
        :MAX_OTHERS
    ]


def _joined(groups: Sequence[tuple[Term, ...]]) -> dict[tuple[Term, Term], str]:
    """Words that stand side by side in the query → the stem of both written together."""
    single = [(one[0], other[0]) for one, other in pairwise(groups) if len(one) == len(other) == 1]
    return {
        pair: common_spelling(stem(pair[0].typed[0] + pair[1].typed[0]))
        for pair in single
        if all(map(_is_plain, pair)) and pair[0].title_only == pair[1].title_only
    }


def _halves(word: str) -> set[tuple[str, str]]:
    """The ways to write a word as two, as stems."""
    places = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    pairs = ((word[:place], word[place:]) for place in places)
    return {
        (common_spelling(stem(first)), common_spelling(stem(second)))
        for first, second in pairs
        if not {first, second} & _NO_HALVES
    }


def _may_be_name(pair: Pair, known: Mapping[str, int]) -> bool:
    return min(known.get(word, 0) for word in pair) >= _least(pair, known)


def _least(pair: Pair, known: Mapping[str, int]) -> float:
    """Articles that must have two words side by side if they are one name."""
    if pair[0] in NAME_BEGINNINGS:
        return 1
    return max(FEWEST, COLLOCATION * min(known.get(word, 0) for word in pair))
