"""Words of a text, with their places in the text as published, and the spellings that one word has.

A word is a run of letters of one script. Harakat, tatweel and invisible characters inside it do not end
it; quotation marks, hyphens, underscores and all other punctuation do, so #عاصي_الحلاني is two words.
Latin words may hold digits (G20); numbers keep their separators (1,000 ٣٫٥) and lose them in `exact`,
where thousands are joined and the decimal sign is a point.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from zlib import crc32

from newscrawl.arabic.gazetteer import load_gazetteer
from newscrawl.arabic.letters import ARABIC_LETTERS, LATIN_LETTERS, PHRASE_LIGATURES, WORD_MARKS
from newscrawl.arabic.normalise import normalise
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

TERMS_RULES = 1
"""Raise it with every change of code after which `index_terms` gives other terms for some text."""

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
def forms(word: str) -> tuple[str, str]:
    """Exact form and stem of one word as published; both empty where nothing of it is left."""
    if word[0].isdigit():
        word = _DECIMAL.sub(".", _THOUSANDS.sub("", word))
    exact = normalise(word)
    return exact, stem(exact)


def words(text: str) -> list[str]:
    """The words of a text as published, in order."""
    return _WORD.findall(text)


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand in it, in order; `tokenise` reads them, too, and takes longer."""
    return [match.span() for match in _WORD.finditer(text)]


def tokenise(text: str) -> Iterator[Token]:
    """The words of a text in order, with character offsets into that very text."""
    for match in _WORD.finditer(text):
        exact, stemmed = forms(match.group())
        if exact:
            yield Token(match.start(), match.end(), exact, stemmed)


def index_terms(text: str) -> tuple[str, str]:
    """The same words for a full-text index: all stems, and all exact forms, each joined by spaces.

    Both have a term for every word, in order, so that phrases keep their distances. Stems are filed under
    their common spelling: as words of their own, rare spellings would rank above the usual one.
    """
    both = [forms(word) for word in _WORD.findall(text)]
    stems = [common_spelling(stemmed) for _, stemmed in both]
    return " ".join(stems), " ".join([exact for exact, _ in both])


def text_row(title: str, summary: str, body: str) -> dict[str, str]:
    """An article's search terms: of each field the stems, and the exact forms for quoted phrases."""
    row = {}
    for column, text in (("title", title), ("summary", summary), ("body", body)):
        row[column], row[f"{column}_exact"] = index_terms(text)
    return row


@cache
def terms_version() -> int:
    """Which rules `index_terms` follows, of the code and of the lists of words, as one number of 31 bits.

    Where it differs, an index made before must be made anew (`newscrawl/store/fulltext.py`).
    """
    folder = files("newscrawl.arabic") / "data"
    sum_ = crc32(str(TERMS_RULES).encode())
    for name in ("gazetteer.toml", "lexicon.txt"):
        sum_ = crc32((folder / name).read_bytes(), sum_)
    return (sum_ & 0x7FFFFFFF) or 1


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
