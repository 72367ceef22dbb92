"""Foreign names as Arabic writes them: other transcriptions of a word, by rule.

Newspapers agree on no transcription: زوكربيرغ and زوكربيرج, سكريبال and سكريبل. The differences are of few
kinds: which letter stands for a sound that Arabic lacks, whether a vowel or a doubled letter is written.
Applied to any word they would join Arabic words that differ in just that (قرار, غرار; يحضر, يحظر), so they
apply only to words that cannot be Arabic ones: those with four consonants or more once everything is off
that may be an affix or an infix of an Arabic root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

SAME_SOUND = ("جغقك", "طت", "سصز", "ظضز", "ڤف", "دذ", "بپ")
"""Letters that stand for one foreign sound."""
VOWELS = "اوي"
LEAST_CONSONANTS = 4
SHORTEST = 4
"""Letters of a word that may have transcriptions."""

_PREFIXES = (
    *("", "است", "تست", "يست", "نست", "مست", "سيست", "تت", "يت", "نت", "مت", "سيت", "ستت", "ان", "من"),
    *("ين", "تن", "ا", "ي", "ت", "ن", "م", "سي", "ست", "سن", "سا"),
)
_SUFFIXES = (
    *("", "ه", "ها", "هم", "هما", "هن", "ك", "كم", "نا", "ني", "ي", "يه", "يا", "ت", "تا", "ته", "تها"),
    *("تهم", "ات", "اتها", "اته", "ان", "ين", "ون", "وا", "ا", "تم", "يين", "يون", "يات", "تين", "تان"),
)
_INFIXED = ("ا", "ي", "ت", "ن", "م", "سي", "ست")
"""Prefixes behind which the root's first consonant may be followed by a ت of the form (التقط, يقترح)."""
_ARABIC_WORD = re.compile("[ء-يڤپ]+")
_SOFT = re.compile("[اويءى]")
_TWICE = re.compile(r"(.)\1")


def looks_foreign(word: str) -> bool:
    """Whether a normalised word cannot be made of a root of three consonants.

    >>> looks_foreign("زوكربيرغ"), looks_foreign("استقلال")
    (True, False)
    """
    if len(word) < SHORTEST or not _ARABIC_WORD.fullmatch(word):
        return False
    return all(_consonants(word, prefix, suffix) >= LEAST_CONSONANTS for prefix, suffix in _affixes(word))


def _affixes(word: str) -> Iterator[tuple[str, str]]:
    for prefix in _PREFIXES:
        for suffix in _SUFFIXES:
            if word.startswith(prefix) and word.endswith(suffix) and len(word) - len(prefix + suffix) >= 3:
                yield prefix, suffix


def _consonants(word: str, prefix: str, suffix: str) -> int:
    """How many consonants a root would have, if these were affixes; a doubled one counts once."""
    left = _SOFT.sub("", word[len(prefix) : len(word) - len(suffix)])
    if prefix in _INFIXED and left[1:2] in ("ت", "ط", "د"):
        return len(left) - 1
    return len(_TWICE.sub(r"\1", left))


def transcriptions(word: str) -> list[str]:
    """Other ways to write a foreign word, up to two differences away; most of them nobody writes.

    The first and the last letter stay what they are, save for letters of the same sound: a vowel at the end
    makes another word (فرنسا, فرنسي).

    Args:
        word: normalised, without proclitics.

    Returns:
        In order, without itself. Empty for a word that may be Arabic.
    """
    if not looks_foreign(word):
        return []
    near = set(_one_away(word))
    return sorted(near.union(*map(_one_away, near)) - {word})


def _one_away(word: str) -> Iterator[str]:
    last = len(word) - 1
    for place, letter in enumerate(word):
        before, after = word[:place], word[place + 1 :]
        for other in _SOUNDS.get(letter, ""):
            yield before + other + after
        if not place:
            continue
        if place != last:
            yield before + letter + letter + after
        if letter not in VOWELS:
            if before[-1] not in VOWELS:
                yield from (before + vowel + letter + after for vowel in VOWELS)
            if before[-1] == letter:
                yield before + after
        elif place != last:
            yield before + after
            yield from (before + other + after for other in VOWELS if other != letter)


_SOUNDS = {
    letter: "".join(dict.fromkeys("".join(group for group in SAME_SOUND if letter in group))).replace(
        letter, ""
    )
    for letter in "".join(SAME_SOUND)
}
