"""A mention as words: without harakat, tatweel, invisible characters, quotation marks at its ends."""

from __future__ import annotations

import re
import unicodedata

from newscrawl.arabic.letters import WORD_MARKS
from newscrawl.arabic.normalise import normalise

_MARKS = re.compile(f"[{WORD_MARKS}]")
_SHAPED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
_BETWEEN = re.compile(r"[\s_]+")
_EDGES = "\"'«»“”„‘’`()[]{}<>.,،؛;:!؟?…-–—*#/\\|+= "


def plain_words(surface: str) -> list[str]:
    """The words of a mention with their letters as published (hamza, ى and ة stay): "" gives []."""
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
