"""Proclitics off a name's first word: ولبنان → لبنان, للصين → الصين; but بكين, وانغ, لافروف stay whole."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import ARTICLE, CONJUNCTIONS, PREPOSITIONS, known_words, stem
from newscrawl.entities.lists import name_words

_JOINED = (*CONJUNCTIONS, *PREPOSITIONS)


def without_proclitics(word: str, nearby: AbstractSet[str], *, after_name: bool = False) -> str:
    """A word as written, without و ف ب ك ل that belong to the sentence and not to the name.

    Args:
        word: the first word of a name, without marks (see `plain_words`).
        nearby: the normalised words of the article. A name met there without a clitic settles it.
        after_name: another name stands right before, so that a و at the beginning means *and*.
    """
    exact = normalise(word)
    if len(exact) != len(word) or exact[:1] not in _JOINED or len(exact) < 4:
        return word
    base = stem(exact)
    if base == exact:
        return word[_evident(exact, nearby) :]
    cut = len(exact) - len(base)
    before = exact[:cut]
    if before.endswith("لل") or not exact.endswith(base):  # للصين; لله, للذين
        return ARTICLE + word[cut if exact.endswith(base) else 2 :]
    if before.endswith(ARTICLE):
        return word[cut - 2 :]
    if exact in name_words() and base not in nearby:
        return word  # وارث, بكري: a name in its own right
    known = base in known_words() or base in name_words() or base in nearby
    return word[cut:] if known or (after_name and before == "و") else word


def _evident(exact: str, nearby: AbstractSet[str]) -> int:
    """How many first letters of an unlisted word are clitics, by its other places in the article."""
    if exact in known_words() or exact in name_words():
        return 0
    for cut in (1, 2):
        if (
            all(letter in _JOINED for letter in exact[:cut])
            and len(exact) - cut > 2
            and exact[cut:] in nearby
        ):
            return cut
    return 0
