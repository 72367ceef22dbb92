"""Other spellings of foreign names: غورباتشوف, جورباتشوف, غوربتشوف are one man.

Writers transcribe by ear. They differ in how they write one sound (`SOUNDS`), in which vowels they write out,
and in whether they double a letter. No list knows every name, so the spellings are made by rule, and a search
keeps those that the archive has (`newscrawl.search.respelling`). An Arabic word that differs from another in
one such letter is mostly another word (فندق, بندق; تستغل, تستقل), so the rule is for words with more root
letters than an Arabic root has: `looks_foreign`. `python -m bench spellings` prints the words that it joins.
"""

from __future__ import annotations

import re

SOUNDS = ("جغقك", "طت", "ثت", "سص", "ظضز")
"""Letters that transcribe one foreign sound: g in غوغل, جوجل, قوقل, كوكل; t in طوكيو, توكيو; th in اثليتيك,
اتليتيك; s in صربيا, سربيا; z in ظفار, ضفار. (ڤ and پ are ف and ب after normalisation.)"""
VOWELS = "اوي"
SHORTEST = 4
"""Letters of a word that has other spellings."""
LONGEST = 30
"""Letters of a word that is tried; longer ones are no names."""
ROOT_LETTERS = 4
"""Consonants of a foreign word beside those of Arabic endings and prefixes: an Arabic root has three."""

_NOT_CONSONANTS = frozenset("اوىيهءآأإؤئة")
_FUTURE = "ست"
_PREFIX = re.compile("(?:[سو]?(?:ا?ست|[يتنا]ست|مست|متن|مت|من|ان|[يتن][تن]|[يتنام])(?=..))")
_SUFFIX = re.compile(
    "(?:ياتها|ياتهم|اتها|اتهم|تهما|تها|تهم|ونها|ونه|تين|تان|يين|يون|ات|ون|ين|يه|ها|هم|هما|وا|نا|كم|ني|ته|ان|[اهتي])$"
)
_REFLEXIVE = re.compile("^.?ا?.ت")
"""The ت of the eighth form (انتصار, يعتقل) is no root letter."""
_ARABIC = re.compile("[ء-ي]+")


def other_spellings(word: str) -> frozenset[str]:
    """The words that transcribe a foreign word in another way, by one letter; none of an Arabic word.

    Args:
        word: a stem, normalised.

    Returns:
        Stems, without the word itself. Most of them nobody ever wrote.
    """
    if not looks_foreign(word):
        return frozenset()
    near = _other_sounds(word) | _other_vowels(word) | _other_lengths(word)
    return frozenset(one for one in near if one != word and looks_foreign(one))


def looks_foreign(word: str) -> bool:
    """Whether a stem has more root letters than an Arabic root, endings and prefixes aside."""
    if not SHORTEST <= len(word) <= LONGEST or not _ARABIC.fullmatch(word) or word.startswith(_FUTURE):
        return False
    consonants = [letter for letter in _core(word) if letter not in _NOT_CONSONANTS]
    if len(consonants) <= ROOT_LETTERS and "ت" in consonants and _REFLEXIVE.match(word):
        consonants.remove("ت")
    return len(consonants) >= ROOT_LETTERS


def _core(word: str) -> str:
    """The word without an Arabic ending, and without the prefix of an Arabic verb or participle."""
    word = _SUFFIX.sub("", word)
    prefix = _PREFIX.match(word)
    return word[prefix.end() :] if prefix else word


def _other_sounds(word: str) -> set[str]:
    return {
        word[:place] + other + word[place + 1 :]
        for place, letter in enumerate(word)
        for sound in SOUNDS
        if letter in sound
        for other in sound
    }


def _other_vowels(word: str) -> set[str]:
    """A vowel between two letters left out, written out, or written as another one."""
    inside = [place for place in range(1, len(word) - 1) if word[place] in VOWELS]
    changed = {word[:place] + other + word[place + 1 :] for place in inside for other in ("", *VOWELS)}
    return changed | {
        word[:place] + vowel + word[place:] for place in range(1, len(word)) for vowel in VOWELS
    }


def _other_lengths(word: str) -> set[str]:
    """A letter doubled, or a double one single."""
    doubled = {word[:place] + word[place - 1] + word[place:] for place in range(1, len(word))}
    twice = [place for place in range(1, len(word)) if word[place] == word[place - 1]]
    return doubled | {word[:place] + word[place + 1 :] for place in twice}
