"""The gate: is this text an Arabic news article, and long enough to be one?"""

from __future__ import annotations

import re
from itertools import islice

from newscrawl.arabic.language import other_language
from newscrawl.arabic.letters import HARAKAT, TATWEEL, arabic_share
from newscrawl.article import Outcome, Rejected

MIN_WORDS = 25
"""A breaking-news flash has some fifteen words; the shortest report has more than this."""
MIN_ARABIC_SHARE = 0.5
"""Share of Arabic-script letters among all letters; an article about software has .8, an English one 0."""

NO_TEXT = "no article text was found on the page"

_WORD = re.compile(rf"\w[\w{HARAKAT}{TATWEEL}]*")


def gate(title: str, body: str, min_words: int = MIN_WORDS) -> Rejected | None:
    """Why a text is kept out of the archive, or None when it may enter.

    Dialects pass, and Arabic that quotes another language; the other languages of the script do not
    (`newscrawl.arabic.language` tells them).

    Args:
        title: the article's title.
        body: its text.
        min_words: texts of fewer words are too short.
    """
    words = sum(1 for _ in islice(_WORD.finditer(body), max(1, min_words)))
    if not words:
        return Rejected(Outcome.NOT_ARTICLE, NO_TEXT)
    share = arabic_share(f"{title} {body}")
    if share < MIN_ARABIC_SHARE:
        return Rejected(Outcome.NOT_ARABIC, f"{share:.0%} of the letters are Arabic")
    language = other_language(body)
    if language:
        return Rejected(Outcome.NOT_ARABIC, f"the words are not Arabic but {language}")
    if words < min_words:
        return Rejected(Outcome.TOO_SHORT, f"{words} words, fewer than {min_words}")
    return None
