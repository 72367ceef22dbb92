"""Tells Arabic, its dialects among it, from the other languages written in its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from newscrawl.arabic.function_words import ARABIC, DIALECTS
from newscrawl.arabic.letters import (
    ARABIC_LETTERS,
    COMBINING_HAMZA,
    HARAKAT,
    PRESENTATION_BLOCKS,
    SUPERSCRIPT_ALEF,
    TATWEEL,
)
from newscrawl.arabic.neighbours import NEIGHBOURS

SAMPLE = 20_000
"""So many characters are read: some 3,500 words, of which a tenth would do."""
OTHER_SHARE = 0.12
"""Share of words that must speak for the other language. Running text has .3 (Persian) to .9 (Sorani);
an Arabic report about Iran .02."""
FEWEST_WORDS = 4
"""So many words must speak: of a photo's caption (د. فيصل) one is the Pashto "of"."""
STRANGE_SHARE = 0.3
"""Share of words with letters that no Arabic is written with, for languages that have no list here."""
UNNAMED = "another language of the Arabic script"

_MARKS = re.compile(
    f"[{HARAKAT}{COMBINING_HAMZA}{SUPERSCRIPT_ALEF}{TATWEEL}\u0610-\u061a\u0656-\u065f\u06d6-\u06dc]"
)
_SHAPED = re.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in PRESENTATION_BLOCKS) + "]")
# The two Sindhi signs for "and" and "in" are symbols to Unicode and words to readers.
_WORD = re.compile(f"[{ARABIC_LETTERS}]+|[\u06fd\u06fe]")
# Keyboards and OCR mix these; hamza on alef is left out as often as written.
_FOLD = str.maketrans("یىکھأإٱ", "ييكهااا")
_ARTICLE = re.compile("[وف]?(?:[بك]?ال|لل|عال|هال)..")
_BORROWED = frozenset("پچژگڤڭڨ")
"""Letters of other languages that Arabic borrows for names, and Iraqis and Maghrebis for their own sounds."""
_BEYOND_ARABIC = re.compile("[^ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىٱ]")


def _fold(text: str) -> str:
    return text.translate(_FOLD)


_ARABIC_WORDS = frozenset(map(_fold, ARABIC | DIALECTS))


def _speakers() -> dict[str, list[str]]:
    """Each common word → the languages that have it."""
    found: dict[str, list[str]] = {}
    for neighbour in NEIGHBOURS:
        for word in frozenset(map(_fold, neighbour.words)) - _ARABIC_WORDS:
            found.setdefault(word, []).append(neighbour.name)
    return found


_SPEAKERS = _speakers()


def other_language(text: str) -> str:
    """The English name of the other language that a text in Arabic script is written in.

    Every word speaks for Arabic (a common word, the article, teh marbuta), for the languages among whose
    common words it is or whose letters it has, or for none. Arabic that quotes Persian, writes ی for ي
    or spells names with پ and گ stays Arabic: another language must have more words than Arabic has.

    Returns:
        A name from `newscrawl.arabic.neighbours`; UNNAMED where only the letters are known to be strange;
        "" for Arabic and for a text without words. Texts from about 25 words are told.
    """
    arabic = strange = 0
    common: Counter[str] = Counter()
    lettered: Counter[str] = Counter()
    counts = _words(text)
    for word, times in counts.items():
        if _is_arabic(word):
            arabic += times
            continue
        letters = frozenset(_BEYOND_ARABIC.findall(word))
        strange += times if letters - _BORROWED else 0
        speakers = _SPEAKERS.get(word, ())
        for name in speakers:
            common[name] += times
        if letters:
            for neighbour in NEIGHBOURS:
                if letters <= neighbour.letters and neighbour.name not in speakers:
                    lettered[neighbour.name] += times
    enough = max(arabic + 1, FEWEST_WORDS, OTHER_SHARE * counts.total())
    likely = [name for name in common + lettered if common[name] + lettered[name] >= enough]
    if likely:  # languages share letters more than words
        return max(likely, key=lambda name: 2 * common[name] + lettered[name])
    return UNNAMED if strange >= max(arabic + 1, FEWEST_WORDS, STRANGE_SHARE * counts.total()) else ""


def _words(text: str) -> Counter[str]:
    text = text[:SAMPLE]
    if _SHAPED.search(text):
        text = unicodedata.normalize("NFKC", text)
    return Counter(_WORD.findall(_fold(_MARKS.sub("", text))))


def _is_arabic(word: str) -> bool:
    # Pakistani typesetting of Arabic. In short words it would make Urdu ہو the Arabic هو.
    if len(word) > 3 and ("ہ" in word or "ۃ" in word):
        word = word.replace("ہ", "ه").replace("ۃ", "ة")
    return word in _ARABIC_WORDS or bool(_ARTICLE.match(word)) or (len(word) > 3 and word.endswith("ة"))
