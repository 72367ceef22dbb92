"""Words that may have been meant: far commoner in the archive than one typed, and a letter away from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newscrawl.search.query import Query
from newscrawl.search.respelling import Vocabulary

LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهويء"
"""Letters that a slip may have put in another one's place."""
SHORTEST = 3
"""Letters of a word that may be a slip: two letters are near to half of all short words."""
RARE = 3
"""Articles that a slip may stand in, too."""
LEAST = 2
"""Articles that have the word suggested: a word of one may be the same slip again."""
COMMONER = 20
"""Times as many articles as the word typed, where that is in some."""


def suggestions(query: Query, vocabulary: Vocabulary) -> dict[str, str]:
    """Words of a query that few articles have or none → the commonest word one letter away, if far commoner.

    Args:
        query: as typed.
        vocabulary: the archive's.

    Returns:
        Stems, both of them.
    """
    terms = [term for term in query.terms if len(term.words) == 1 and not (term.prefix or term.exact)]
    words = [word for word in dict.fromkeys(term.words[0] for term in terms) if _may_be_slip(word)]
    having = vocabulary.known(words) if words else {}
    rare = {word: having.get(word, 0) for word in words if having.get(word, 0) <= RARE}
    found = {word: _commonest(word, number, vocabulary) for word, number in rare.items()}
    return {word: other for word, other in found.items() if other}


def _may_be_slip(word: str) -> bool:
    """Whether it is long enough, and of letters: G20 is no slip of 20, nor 2018 of 2019."""
    return len(word) >= SHORTEST and not any(map(str.isdigit, word))


def _commonest(word: str, number: int, vocabulary: Vocabulary) -> str | None:
    near: Mapping[str, int] = vocabulary.known(set(_one_letter_away(word)) - {word})
    least = max(LEAST, COMMONER * number)
    common = [other for other, count in near.items() if count >= least]
    return max(common, key=lambda other: (near[other], other), default=None)


def _one_letter_away(word: str) -> Iterator[str]:
    """One letter dropped, swapped with its neighbour, changed or added."""
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in LETTERS:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
