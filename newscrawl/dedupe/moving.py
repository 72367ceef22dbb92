"""Lines that change though nobody edits the text: time stamps (آخر تحديث 12:30), counters (1203 مشاهدة).

A line is one if nothing but dates, times, their labels, figures and words of counters stand in it. So is a
piece of a line between brackets or bars, if a label or a word of a counter says so: a date in brackets may
be a fact of the report. A figure alone is none: it may be a price.
"""

from __future__ import annotations

import re

from newscrawl.arabic.dates.date_words import shorthand
from newscrawl.arabic.normalise import normalise

LONGEST = 100
"""Characters of such a line."""

_LINE = re.compile(r"[^\n]+")
_PIECE = re.compile(r"[^\n|•·()\[\]]+")
_COUNTED = frozenset(
    normalise(
        "عدد مشاهدة مشاهدات المشاهدات قراءة قراءات القراءات القراء زيارة زيارات الزيارات الزوار زوار تعليق"
        " تعليقات التعليقات تعليقا مشاركة مشاركات المشاركات إعجاب إعجابات الإعجابات مرة مرات"
        " views view reads read comments comment shares share likes like"
    ).split()
)
"""What content systems count, in the words of Arabic sites' templates (and of `arabic/data/bylines.toml`)."""
_TO_READ = frozenset(normalise("مدة وقت زمن القراءة للقراءة reading time min").split())
"""Words beside the minutes that a text takes to read."""
_WORD = re.compile(r"[^\W\d_A-Z]{2,}")
_LABEL = re.compile(r"\b[UB]\b")
_DATED = re.compile(r"\b[A-Z]\d*\b|\d[:/.-]\d")


def moving(text: str) -> list[tuple[int, int]]:
    r"""Where such lines, or pieces of lines, stand in a text, in order.

    >>> text = "افتتح الوزير المعرض.\nآخر تحديث: 12 نوفمبر 2026، 14:30"
    >>> [text[start:end] for start, end in moving(text)]
    ['آخر تحديث: 12 نوفمبر 2026، 14:30']
    """
    found = []
    for line in _LINE.finditer(text):
        if _moves(line.group(), whole=True):
            found.append(line.span())
        else:
            pieces = _PIECE.finditer(text, *line.span())
            found += [one.span() for one in pieces if one.span() != line.span() and _moves(one.group())]
    return found


def _moves(piece: str, *, whole: bool = False) -> bool:
    if len(piece.strip()) > LONGEST:
        return False
    coded = shorthand(normalise(piece))
    words = set(_WORD.findall(coded))
    if words - _COUNTED - _TO_READ:
        return False
    if _LABEL.search(coded) or (words & _COUNTED and any(map(str.isdigit, coded))):
        return True
    return whole and bool(_DATED.search(coded))
