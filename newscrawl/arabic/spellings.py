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
