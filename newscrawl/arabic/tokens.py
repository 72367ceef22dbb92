"""Words of a text, with their places in the text as published.

A word is a run of letters of one script. Harakat, tatweel and invisible characters inside it do not end
it; quotation marks, hyphens, underscores and all other punctuation do, so #عاصي_الحلاني is two words.
Latin words may hold digits (G20); numbers keep their separators (1,000 ٣٫٥) and lose them in `exact`,
where thousands are joined and the decimal sign is a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newscrawl.arabic.letters import ARABIC_LETTERS, LATIN_LETTERS, PHRASE_LIGATURES, WORD_MARKS
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.spellings import common_spelling
from newscrawl.arabic.stem import stem

WORD = (
    rf"[{ARABIC_LETTERS}][{ARABIC_LETTERS}{WORD_MARKS}]*"
    rf"|[0-9]*[{LATIN_LETTERS}][0-9{LATIN_LETTERS}{WORD_MARKS}]*"
    r"|\d+(?:[.,\u066b\u066c]\d+)*"
    rf"|(?:(?![{ARABIC_LETTERS}{LATIN_LETTERS}{PHRASE_LIGATURES}\ufe70-\ufe7f\u0640])[^\W\d_])+"
)
"""The regular expression of a word, as published."""
_WORD = re.compile(WORD)
_THOUSANDS = re.compile(r"(?<=\d)[,\u066c](?=\d{3}(?!\d))")
_DECIMAL = re.compile("[,\u066b]")

CACHED_WORDS = 65_536
"""How many different words are remembered. A year of news has more, but most of its running words are
among far fewer; 65,536 take about 25 MB."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word: where it stands in the text, its exact form, and its stem."""

    start: int
    end: int
    exact: str
    stem: str


@lru_cache(maxsize=CACHED_WORDS)
def _forms(word: str) -> tuple[str, str]:
    """Exact form and stem of one word as published."""
    if word[0].isdigit():
        word = _DECIMAL.sub(".", _THOUSANDS.sub("", word))
    exact = normalise(word)
    return exact, stem(exact)


def words(text: str) -> list[str]:
    """The words of a text as published, in order."""
    return _WORD.findall(text)


def tokenise(text: str) -> Iterator[Token]:
    """The words of a text in order, with character offsets into that very text."""
    for match in _WORD.finditer(text):
        exact, stemmed = _forms(match.group())
        if exact:
            yield Token(match.start(), match.end(), exact, stemmed)


def index_terms(text: str) -> tuple[str, str]:
    """The same words for a full-text index: all stems, and all exact forms, each joined by spaces.

    Both have a term for every word, in order, so that phrases keep their distances. Stems are filed under
    their common spelling: as words of their own, rare spellings would rank above the usual one.
    """
    forms = [_forms(word) for word in _WORD.findall(text)]
    stems = [common_spelling(form[1]) for form in forms]
    return " ".join(stems), " ".join([form[0] for form in forms])
