"""`stem`: a word without its proclitics, so that وزير، الوزير، وللوزير and بوزير meet.

Arabic writes *and*, *so*, *by*, *for*, *as* and *the* into the word: (و|ف)? (ب|ك|ل)? (ال)? word. The letters
are ambiguous: the ب of بوزير is *by*, the ب of بيان is its own. No rule on letters can tell, so a list of
words does: data/lexicon.txt, learned from news by scripts/learn_lexicon.py, and above it the gazetteer.
`stem` takes a clitic off only where a word of the list remains, with two exceptions that are right far more
often than not: the article, and the و before an unknown word.

Endings stay: السودان, شؤون, قرآن and بوتين lose nothing. `stem` looks through them only to recognise a listed
word (لمقاضاتهم: مقاضاة is listed).

`exceptions` and two patterns say the same to another engine: Elasticsearch, which knows no Python. Written
out as one rule per word and proclitic, the list of 37,000 words is close to a million rules. Taken apart it
is two patterns and two small tables of exceptions:

    word ─► whole words ─► و/ف off ─► bare forms ─► ال بال كال لل off
             (exceptions)   CONJUNCTION  (exceptions)   ARTICLE

The patterns are right for nearly every word. The tables hold those for which they are not: words that only
look like clitics (وزير, الله), and forms with ب ك ل (بوزير), whose preposition no pattern can tell from a
letter of the word. Such a form is listed when news was seen to use it (data/proclitic_forms.txt, from
scripts/learn_forms.py), or when it is of a word in the gazetteer. A form in neither keeps its preposition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
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
    return exact if len(exact) < 3 or exact[0] not in _FIRST_LETTERS else _stem(exact)


@lru_cache(maxsize=1 << 14)  # most words of a text are common ones
def _stem(exact: str) -> str:
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


CONJUNCTION_PATTERN = r"^(?:و(?=.{3})|ف(?=(?:[بك]?ال|لل).{2}))"
"""و before three letters; ف only before the article, since so many verbs and names begin with it."""
ARTICLE_PATTERN = r"^(?:[بك]?ال|لل)(?=.{2})"

_CONJUNCTION, _ARTICLE = re.compile(CONJUNCTION_PATTERN), re.compile(ARTICLE_PATTERN)


@dataclass(frozen=True, slots=True)
class Exceptions:
    """Word → stem where the patterns alone are wrong: before, and after, the conjunction is off."""

    whole: dict[str, str]
    bare: dict[str, str]


@cache
def learned_forms() -> tuple[str, ...]:
    """Forms seen in news that the patterns get wrong (data/proclitic_forms.txt)."""
    text = (files("newscrawl.arabic") / "data" / "proclitic_forms.txt").read_text(encoding="utf-8")
    return tuple(line for line in text.split("\n") if line and line[0] != "#")


@cache
def exceptions() -> Exceptions:
    """The tables, from the lexicon, the gazetteer and the learned forms (0.5 s once)."""
    bases = load_gazetteer().base_words()[0]
    # The patterns take off و but from short words, and ف only before the article.
    named = [form for word in bases for form in forms(word) if form[0] != "و" or len(word) < 3]
    return exceptions_for([*known_words(), *named, *learned_forms()])


def exceptions_for(words: list[str]) -> Exceptions:
    """The tables that make `stem_by_rules` agree with `stem` on these words, in every form with و or ف."""
    found = Exceptions({}, {})
    for word in words:
        bare = _CONJUNCTION.sub("", word)
        if bare == word and _ARTICLE.sub("", word) != stem(word):
            found.bare[word] = stem(word)
    for word in words:
        if stem_by_rules(word, found) != stem(word):
            found.whole[word] = stem(word)
    return found


def stem_by_rules(word: str, tables: Exceptions | None = None) -> str:
    """What the tables and patterns make of a normalised word; the reference for other engines."""
    tables = tables or exceptions()
    if word in tables.whole:
        return tables.whole[word]
    word = _CONJUNCTION.sub("", word)
    return tables.bare.get(word) or _ARTICLE.sub("", word)
