"""Adjectives of nationality (الروسي, البيلاروسية), which recognisers at times take for somebody's name."""

from __future__ import annotations

from functools import cache

from newscrawl.arabic.stem import stem
from newscrawl.entities.lists import own_names
from newscrawl.entities.names.written import exact_words

_ENDINGS = ("ي", "يه", "يون", "يين", "يات", "يا")


@cache
def demonyms() -> frozenset[str]:
    """The adjectives of all countries of the gazetteer with a name of one word, without article."""
    found: set[str] = set()
    for name in own_names()["country"]:
        words = exact_words(name.split())
        if len(words) == 1:
            base = stem(words[0])
            for ending in ("يا", "ا", "ه"):
                if base.endswith(ending) and len(base) - len(ending) > 2:
                    base = base.removesuffix(ending)
                    break
            found.update(base + ending for ending in _ENDINGS)
    return frozenset(found)


def is_demonym(exact: str) -> bool:
    """Whether a normalised word says of which country somebody is. المصري is that, and a family's name."""
    return stem(exact) in demonyms()
