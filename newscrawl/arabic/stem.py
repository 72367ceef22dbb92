"""`stem`: a word without its proclitics, so that وزير، الوزير، وللوزير and بوزير meet.

Arabic writes *and*, *so*, *by*, *for*, *as* and *the* into the word: (و|ف)? (ب|ك|ل)? (ال)? word. The letters
are ambiguous: the ب of بوزير is *by*, the ب of بيان is its own. No rule on letters can tell, so a list of
words does: data/lexicon.txt, learned from news by scripts/learn_lexicon.py, and above it the gazetteer.
A clitic is taken off only where a word of the list remains, with two exceptions that are right far more
often than not: the article, and the و before an unknown word.

Endings stay: السودان, شؤون, قرآن and بوتين lose nothing. They are looked through only to recognise a listed
word (لمقاضاتهم: مقاضاة is listed). Where suffixes are ever to be taken off, it is on the word `stem` returns.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import load_gazetteer

ARTICLE = "ال"
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ك", "ل")

PROCLITICS = (
    *("ال", "وال", "فال", "بال", "كال", "لل", "وبال", "فبال", "وكال", "فكال", "ولل", "فلل"),
    *("و", "ف", "ب", "ك", "ل", "وب", "فب", "وك", "فك", "ول", "فل"),
)
"""Every proclitic or run of proclitics, for listing a word's forms (ل and the article contract to لل)."""

IRREGULAR = {"لله": "الله"}
"""Forms that no rule takes apart: ل before الله is written with its lam lost."""

ENDINGS = (*("هما", "ها", "هم", "هن", "كم", "نا", "ان", "ين", "ون", "ات", "وا"), *("ه", "ي", "ا", "ت", "ك"))
"""Pronouns and inflections that a listed word may carry, the longest first."""

_FIRST_LETTERS = frozenset("وفبكلا")


@cache
def known_words() -> frozenset[str]:
    """Words that stand without clitics: the learned list, overruled by the gazetteer (30 ms once)."""
    text = (files("newscrawl.arabic") / "data" / "lexicon.txt").read_text(encoding="utf-8")
    learned = {line for line in text.split("\n") if line and line[0] != "#"}
    bases, with_article = load_gazetteer().base_words()
    return frozenset((learned - with_article) | bases)


def forms(word: str) -> list[str]:
    """A normalised word with every proclitic, itself first; the other direction of `stem`."""
    return [word, *(proclitic + word for proclitic in PROCLITICS)]


def stem(exact: str) -> str:
    """A word without its proclitics.

    Args:
        exact: one word as `normalise` gives it. Words of other scripts come back unchanged.
    """
    if len(exact) < 3 or exact[0] not in _FIRST_LETTERS:
        return exact
    base = _base(exact, known_words())
    if base is None:
        base = _base_with_ending(exact, known_words())
    if base is not None:
        return base
    if exact[0] == "و" and len(exact) > 3:
        return exact[1:]
    return exact


def _base(word: str, known: frozenset[str]) -> str | None:
    """The known word inside a word, or None."""
    if word in known:
        return word
    if word[0] in CONJUNCTIONS:
        word = word[1:]
    if word in known or word in IRREGULAR:
        return IRREGULAR.get(word, word)
    if word.startswith(ARTICLE) and len(word) > 3:
        return word[2:]
    if word.startswith("لل") and len(word) > 3:
        return _after_contraction(word[2:], known)
    return _after_preposition(word, known)


def _after_preposition(word: str, known: frozenset[str]) -> str | None:
    rest = word[1:]
    if word[0] not in PREPOSITIONS or len(rest) < 2:
        return None
    if rest in known:
        return rest
    if rest.startswith(ARTICLE) and len(rest) > 3 and word[0] != "ل":
        return rest[2:]
    return None


def _after_contraction(rest: str, known: frozenset[str]) -> str:
    """What follows لل: للبنان is ل + لبنان, للوزير is ل + الوزير, للذين is ل + الذين."""
    if "ل" + rest in known:
        return "ل" + rest
    if rest not in known and ARTICLE + rest in known:
        return ARTICLE + rest
    return rest


def _base_with_ending(word: str, known: frozenset[str]) -> str | None:
    """The word with its ending, without proclitics, if without that ending it is listed; or None."""
    if _listed_with_ending(word, known):
        return word
    if word[0] in CONJUNCTIONS:
        if _listed_with_ending(word[1:], known):
            return word[1:]
        if word[1] in PREPOSITIONS and _listed_with_ending(word[2:], known):
            return word[2:]
    if word[0] in PREPOSITIONS and _listed_with_ending(word[1:], known):
        return word[1:]
    return None


def _listed_with_ending(word: str, known: frozenset[str]) -> bool:
    for ending in ENDINGS:
        rest = word.removesuffix(ending)
        # A teh marbuta (ه once normalised) becomes ت before an ending: وسيلة, وسيلته.
        if rest == word or len(rest) < 3:
            continue
        if rest in known or (rest[-1] == "ت" and rest[:-1] + "ه" in known):
            return True
    return False
