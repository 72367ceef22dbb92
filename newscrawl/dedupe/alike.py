"""Whether two texts are one article: the same words in the same order, but for what a print page leaves out.

For pages of one site that name the same address as theirs, so that the site itself says they are one.
Measured on pairs of the 31,525 articles of the AntCorpus (2018) that share a passage: later news of a story
repeats its background, up to .95 of the shorter text, under another headline; the same article twice has
either nearly all of both texts in common, or its headline and half of the text.
"""

from __future__ import annotations

import re

from newscrawl.arabic.normalise import normalise

PASSAGE_WORDS = 5
"""Words in a row that two texts of one story seldom share by chance."""
SAME_TEXT = 0.8
"""Share of all passages of two texts that both have: the same text, whatever it is headed."""
SAME_HEADLINE = 0.75
"""Share of the words of two headlines that both have (of their mean number)."""
SAME_STORY = 0.5
"""Share of the shorter text's passages that the other has: the same article, if it has the same headline."""

_NUMBER = re.compile(r"\d+")


def one_article(title: str, body: str, other_title: str, other_body: str) -> bool:
    """Whether two pages that name one address as theirs are one article.

    >>> one_article("افتتاح المعرض", "نص قصير", "افتتاح المعرض", "نَصٌّ قصير")
    True
    >>> one_article("افتتاح المعرض", "نص قصير", "افتتاح المعرض", "مباراة في كرة القدم")
    False
    """
    first, second = _passages(body), _passages(other_body)
    if first == second:
        return True
    if _figures(title) != _figures(other_title):
        return False  # yesterday's weather and today's
    shared = len(first & second)
    if shared >= SAME_TEXT * len(first | second):
        return True
    return _same_headline(title, other_title) and shared >= SAME_STORY * min(len(first), len(second))


def _passages(text: str) -> set[tuple[str, ...]]:
    words = normalise(text).split()
    count = max(1, len(words) - PASSAGE_WORDS + 1)
    return {tuple(words[start : start + PASSAGE_WORDS]) for start in range(count)}


def _figures(title: str) -> list[str]:
    return _NUMBER.findall(normalise(title))


def _same_headline(title: str, other: str) -> bool:
    first, second = set(normalise(title).split()), set(normalise(other).split())
    return 2 * len(first & second) >= SAME_HEADLINE * (len(first) + len(second)) > 0
