"""The gate: is this text an Arabic news article, and long enough to be one?"""

from __future__ import annotations

import os
import re

from newscrawl.arabic.function_words import ARABIC, OTHERS
from newscrawl.arabic.letters import arabic_share
from newscrawl.article import Outcome, Rejected

MIN_WORDS = 25
"""A breaking-news flash has some fifteen words; the shortest report has more than this."""
MIN_ARABIC_SHARE = 0.5
"""Share of Arabic-script letters among all letters; an article about software has .8, an English one 0."""

_WORD = re.compile(r"\w+")


def min_words() -> int:
    """NEWSCRAWL_MIN_WORDS, or the default."""
    return int(os.environ.get("NEWSCRAWL_MIN_WORDS") or MIN_WORDS)


def gate(title: str, body: str) -> Rejected | None:
    """Why a text is kept out of the archive, or None when it may enter.

    Dialects pass; Persian, Urdu and Sorani, told by their function words, do not.
    """
    words = _WORD.findall(body)
    if not words:
        return Rejected(Outcome.NOT_ARTICLE, "no article text was found on the page")
    share = arabic_share(f"{title} {body}")
    if share < MIN_ARABIC_SHARE:
        return Rejected(Outcome.NOT_ARABIC, f"{share:.0%} of the letters are Arabic")
    language = _other_language(words)
    if language:
        return Rejected(Outcome.NOT_ARABIC, f"the words are not Arabic but {language}")
    if len(words) < min_words():
        return Rejected(Outcome.TOO_SHORT, f"{len(words)} words, fewer than {min_words()}")
    return None


def _other_language(words: list[str]) -> str:
    arabic = sum(word in ARABIC for word in words)
    for code, vocabulary in OTHERS.items():
        hits = sum(word in vocabulary for word in words)
        if hits > arabic and hits * 20 >= len(words):  # at least one word in twenty
            return {"fa": "Persian", "ur": "Urdu", "ckb": "Sorani Kurdish"}[code]
    return ""
