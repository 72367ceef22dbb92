"""Spans as a recogniser found them, made into names: without titles, honorifics and swallowed words.

Every tagger's spans go through it. It knows words that are no names, and what stands beside a span; which
name of an article is which thing comes after it (canonical_names.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import cache

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import ARTICLE, stem
from newscrawl.arabic.tokens import word_spans
from newscrawl.entities.name_lists import is_demonym, name_words, standard_entry
from newscrawl.entities.protocol import Span

_TITLES = """
    رئيس رئيسة وزير وزيرة ملك ملكة أمير أميرة سلطان شيخ شيخة سيد سيدة دكتور دكتورة د مهندس م أستاذ نائب سفير
    سفيرة مدرب لاعب مهاجم حارس قائد جنرال لواء عميد عقيد فريق مشير مقدم رائد نقيب ملازم شرطي مدير مديرة ناطق
    متحدث مستشار زعيم مرشد بابا بطريرك مطران قس إمام مفتي قاضي محامي كاتب كاتبة شاعر شاعرة فنان فنانة ممثل
    ممثلة مخرج مطرب مطربة صحفي صحافي مراسل محلل خبير باحث مبعوث مندوب محافظ عمدة حاكم سيناتور مرشح نجم نجمة
    زميل زميلة حاج بروفيسور معالي سعادة سمو فضيلة صاحب جلالة فخامة دولة أول ركن سماحة آية
"""
"""Words before a person's name that are no part of it."""
_HONORIFICS = (
    "رحمه رحمها رحمهم رحمهما حفظه حفظها رعاه سلمه صلى رضي عليه عليها عليهم المذكور المذكورة ولي وزير رئيس"
)
"""Words behind a person's name with which something else begins."""
_GENERIC = """
    حكومة وزارة شركة بنك مصرف جامعة حزب حركة منظمة جمعية هيئة وكالة صحيفة مجلة قناة إذاعة مجلس اتحاد نادي معهد
    مركز مؤسسة مجموعة جبهة تنظيم جماعة لجنة محكمة برلمان كلية منتخب فريق رابطة نقابة صندوق مصلحة دائرة ديوان
    جيش شرطة بورصة مستشفى بلدية إدارة أمانة مدرسة سفارة قوات جهة مصنع سلطة سلطات مكتب فرع قسم دولة ميليشيا
    معارضة أمن
"""
"""Words that say what an organisation is, and alone are none's name."""
_PLACES = (
    "مدينة بلدة قرية محافظة ولاية إقليم منطقة جزيرة بحر نهر جبل شارع مطار ميناء عاصمة بلاد دولة حي طريق قضاء"
)
_ADDRESS = re.compile(r"[\w.-]*@[\w.]+|[a-zA-Z0-9/:_-]+(?:[./][a-zA-Z0-9/:_-]+)+")
"""An address, or an account's name. A hashtag may hold a name: #عاصي_الحلاني."""


@cache
def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(normalise(word)) for word in words.split())


def tidied(text: str, spans: Sequence[Span], nearby: Set[str]) -> list[Span]:
    """The spans that are names, in order of place.

    Args:
        text: the article's.
        spans: as a recogniser found them, in any order.
        nearby: the normalised words of the article.
    """
    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    found: list[Span] = []
    for span in _hyphenated(text, sorted(spans, key=lambda span: span.start)):
        if any(start < span.end and span.start < end for start, end in addresses):
            continue
        for one in _split(text, span, nearby):
            trimmed = _trimmed(text, one)
            if trimmed and not _generic(text, trimmed):
                found.append(trimmed)
    return found


def _hyphenated(text: str, spans: Sequence[Span]) -> list[Span]:
    """Spans with those joined that one hyphen joins in the text: هانز-يواكيم."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if last and last.label == span.label and text[last.end : span.start] == "-":
            found[-1] = replace(last, end=span.end)
        else:
            found.append(span)
    return found


Place = tuple[int, int]


def _words(text: str, span: Span) -> list[tuple[str, Place]]:
    """The words of a span as written, with their places in the text."""
    places = word_spans(text[span.start : span.end])
    shifted = [(span.start + start, span.start + end) for start, end in places]
    return [(text[start:end], (start, end)) for start, end in shifted]


def _split(text: str, span: Span, nearby: Set[str]) -> Iterator[Span]:
    """Several people that are joined by و: أحمد عمر ومنى سعد are two."""
    words = _words(text, span)
    begin = span.start
    if span.label == "PERSON":
        for word, (start, _) in words[1:]:
            if _joins(word, nearby):
                yield replace(span, start=begin, end=_end_before(text, start))
                begin = start
    yield replace(span, start=begin)


def _joins(word: str, nearby: Set[str]) -> bool:
    """Whether a word within people's names begins with *and*: وسعيد, and not وائل or وهبان."""
    exact = normalise(word)
    if not exact.startswith("و") or exact in name_words():
        return False
    return exact[1:] in name_words() or exact[1:] in nearby


def _end_before(text: str, end: int) -> int:
    return end - (len(text[:end]) - len(text[:end].rstrip(" \t\n،,")))


def _trimmed(text: str, span: Span) -> Span | None:
    words = _words(text, span)
    if span.label == "PERSON":
        words = _without_honorifics(_without_titles(words))
    elif span.label != "MISC":
        words = _without_nationality(_without_tail(words))
    if not words:
        return None
    first, last = words[0][1][0], words[-1][1][1]
    untouched = (first, last) == (_words(text, span)[0][1][0], _words(text, span)[-1][1][1])
    return span if untouched else replace(span, start=first, end=last)


def _without_titles(words: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """A title before one word more may be a name itself (السيد البدوي); before two it is none."""
    while len(words) > 2 and stem(normalise(words[0][0])) in _stems(_TITLES):
        words = words[1:]
    return words


def _without_honorifics(words: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    for place, (word, _) in enumerate(words):
        if place and (stem(normalise(word)) in _stems(_HONORIFICS) or word in _PREPOSITIONS):
            return words[:place]
    return words


_PREPOSITIONS = frozenset("على في من إلى الى عن مع بعد قبل عند منذ حتى أن إن الذي التي".split())


def _without_tail(words: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    while len(words) > 1 and words[-1][0] in _PREPOSITIONS:
        words = words[:-1]
    return words


def _without_nationality(words: list[tuple[str, Place]]) -> list[tuple[str, Place]]:
    """يوفنتوس الإيطالي is يوفنتوس. What begins with its kind needs it: وزارة الصحة التركية."""
    exact = [normalise(word) for word, _ in words]
    if len(words) < 2 or not is_demonym(exact[-1]) or not exact[-1].startswith(ARTICLE):
        return words
    kinds = _stems(_GENERIC) | _stems(_PLACES)
    known = standard_entry(tuple(exact), "LOCATION") or standard_entry(tuple(exact), "ORGANIZATION")
    return words if known or stem(exact[0]) in kinds else words[:-1]


def _generic(text: str, span: Span) -> bool:
    """Whether nothing but what it is is said of an organisation or a place: الوزارة, المنطقة."""
    kinds = {"ORGANIZATION": _GENERIC, "LOCATION": _PLACES}
    generic = kinds.get(span.label)
    words = _words(text, span)
    return generic is not None and len(words) == 1 and stem(normalise(words[0][0])) in _stems(generic)
