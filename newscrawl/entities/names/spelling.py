"""The words of a name, as written and as compared with the spellings of other names."""

from __future__ import annotations

import re
import unicodedata

from newscrawl.arabic.letters import WORD_MARKS
from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import stem
from newscrawl.arabic.tokens import common_spelling
from newscrawl.article import EntityLabel

_MARKS = re.compile(f"[{WORD_MARKS}]")
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_BETWEEN = re.compile(r"[\s_]+")
_EDGES = "\"'«»“”„‘’`()[]{}<>.,،؛;:!؟?…-–—*#/\\|+= "

Key = tuple[str, ...]

HEADS: dict[EntityLabel, frozenset[str]] = {
    "LOCATION": frozenset(
        "مدينه دوله جمهوريه مملكه عاصمه العاصمه ولايه محافظه اقليم جزيره بلده قريه امارة اماره مقاطعه".split()
    ),
    "ORGANIZATION": frozenset(
        "مجموعه مليشيا ميليشيا حركه تنظيم شركه جماعه حلف وكاله صحيفه موقع منظمه قوات".split()
    ),
    "PERSON": frozenset(
        "الرءيس رءيس الوزير وزير الملك الامير الشيخ السيد السيده الدكتور د الجنرال العقيد اللواء".split()
    ),
    "MISC": frozenset(),
}
"""Words that say what a name is, and are no part of it (مدينة, مجموعة فاغنر), normalised."""

LEAST_SKELETON = 4
"""Letters of a skeleton that are enough to tell a transcription of one name from another name."""


def plain_words(surface: str) -> list[str]:
    """The words of a mention with their letters as published (hamza, ى and ة stay): "" gives [].

    Harakat, tatweel, invisible characters and quotation marks at a word's ends go.
    """
    composed = unicodedata.normalize("NFC", surface)
    shaped = _SHAPED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), composed)
    return [word.strip(_EDGES) for word in _BETWEEN.split(_MARKS.sub("", shaped)) if word.strip(_EDGES)]


def exact_words(words: list[str]) -> tuple[str, ...]:
    """The normalised words of written ones, one for one where they are one word each."""
    return tuple(normalise(word) for word in words)


def skeleton(exact: tuple[str, ...]) -> str:
    """The consonants of a name, for joining transcriptions: شنغهاي شنجهاي, زيلينسكي زلنسكي.

    g is written غ ج ق or گ, and vowels of foreign names are written long or not at all: the letters غ ق ج
    become one, and ا و ي ه ء fall out except at the beginning of a word, as do doubled letters.
    Arabic's own roots differ in those too, so it tells two names apart only where four letters remain.
    """
    return " ".join(map(_word_skeleton, exact))


def _word_skeleton(word: str) -> str:
    word = word.replace("غ", "ج").replace("ق", "ج").replace("ث", "ت").replace("ذ", "د")
    kept = word[:1]
    for letter in word[1:]:
        if letter not in "اويءه" and letter != kept[-1:]:
            kept += letter
    return kept


def key_of(exact: Key) -> Key:
    """What the spellings of one name have in common: words without proclitics, in their common spelling."""
    return tuple(common_spelling(stem(word)) for word in exact)


def without_head(exact: Key, label: EntityLabel) -> Key:
    """The words after those that only say what the name is; at least one stays."""
    first = 0
    while first < len(exact) - 1 and exact[first] in HEADS[label]:
        first += 1
    return exact[first:]
