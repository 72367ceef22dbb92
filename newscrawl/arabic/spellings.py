"""Spellings of one word that no rule joins (أمريكا, أميركا), for widening a search."""

from __future__ import annotations

from functools import cache

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem


@cache
def _groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for group in load_gazetteer().spellings:
        stems = dict.fromkeys(stem(normalise(spelling)) for spelling in group)
        for word in stems:
            groups[word] = (word, *(other for other in stems if other != word))
    return groups


def spellings(word: str) -> tuple[str, ...]:
    """All spellings of a stem, as stems; itself first, and mostly alone."""
    return _groups().get(word, (word,))


def common_spelling(word: str) -> str:
    """The one spelling, as a stem, that an index may file all spellings of a stem under."""
    return _first_spellings().get(word, word)


@cache
def _first_spellings() -> dict[str, str]:
    first: dict[str, str] = {}
    for group in load_gazetteer().spellings:
        stems = [stem(normalise(spelling)) for spelling in group]
        # Where groups share a word, all their words go to the spelling that the first group chose.
        common = next((first[word] for word in stems if word in first), stems[0])
        first.update(dict.fromkeys(stems, common))
    return first
