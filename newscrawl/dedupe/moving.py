"""Lines that change though nobody edits the text: time stamps (آخر تحديث 12:30), counters (1203 مشاهدة).

A line is one if nothing but dates, times, their labels, figures and words of counters stand in it, and it has
a label, a counter with its number, a day with its hour, or counts back from now (منذ 3 ساعات). So is a piece
of a line between brackets or bars, by a label or a counter. A figure, a day or an hour alone is none: prices,
festivals and matches have lines of them.
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
        "مشاهدة مشاهدات المشاهدات قراءة قراءات القراءات القراء زيارة زيارات الزيارات الزوار زوار تعليق"
        " تعليقات التعليقات تعليقا مشاركة مشاركات المشاركات إعجاب إعجابات الإعجابات القراءة للقراءة"
        " views view reads read reading comments comment shares share likes like"
    ).split()
)
"""What content systems count, in the words of Arabic sites' templates (and of `arabic/data/bylines.toml`)."""
_BESIDE = frozenset(normalise("عدد مدة وقت زمن time min").split())
"""What may stand beside these."""
_WORD = re.compile(r"[^\W\d_A-Z]{2,}")
_LABEL = re.compile(r"\b[UB]\b")
_DAY = re.compile(r"\b[MHWY]\d\d\b|\d[/.-]\d")
_HOUR = re.compile(r"\d:\d\d")
_BACK = re.compile(r"\b[RK]\b.*\bX\d|\bX\d.*\b[RK]\b|\bV\b")


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
    if words - _COUNTED - _BESIDE:
        return False
    if _LABEL.search(coded) or (words & _COUNTED and any(map(str.isdigit, coded))):
        return True
    return whole and bool(_BACK.search(coded) or (_DAY.search(coded) and _HOUR.search(coded)))
