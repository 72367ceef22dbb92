"""`stem` as tables and patterns that another engine can run: Elasticsearch, which knows no Python.

`stem` asks a list of 37,000 words which letters are clitics. Written out as one rule per word and proclitic
that is close to a million rules. Taken apart it is two patterns and two small tables of exceptions:

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
from functools import cache
from importlib.resources import files

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.stem import forms, known_words, stem

CONJUNCTION = r"^(?:و(?=.{3})|ف(?=(?:[بك]?ال|لل).{2}))"
"""و before three letters; ف only before the article, since so many verbs and names begin with it."""
ARTICLE = r"^(?:[بك]?ال|لل)(?=.{2})"

_CONJUNCTION, _ARTICLE = re.compile(CONJUNCTION), re.compile(ARTICLE)


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
