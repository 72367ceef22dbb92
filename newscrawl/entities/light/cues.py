"""What lists say of each piece of a sentence: names, titles, heads of organisations, clitics, script.

The tagger's network learns how far to trust each. Names are matched by stems, so that ولبنان meets لبنان.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

import numpy as np

from newscrawl.arabic.normalise import normalise
from newscrawl.arabic.stem import known_words, stem
from newscrawl.entities.name_lists import OWN_KINDS, WIDE_KINDS, own_names, wide_names

WORDS = {
    "title": """
        رئيس رئيسه وزير وزيره ملك ملكه امير اميره سلطان شيخ شيخه سيد سيده دكتور دكتوره مهندس استاذ نائب نائبه
        سفير سفيره مدرب مدربه لاعب لاعبه مهاجم حارس قائد جنرال لواء عميد عقيد فريق مشير امين مدير مديره ناطق
        متحدث متحدثه مستشار مستشاره زعيم مرشد بابا بطريرك مطران قس امام مفتي قاضي محامي كاتب كاتبه شاعر شاعره
        فنان فنانه ممثل ممثله مخرج مخرجه مطرب مطربه مغني مغنيه صحفي صحافي مراسل محلل خبير خبيره باحث باحثه
        عالم مبعوث مندوب محافظ عمده حاكم سيناتور مرشح مرشحه رءيس نظير نظيره زوجه زوج ابن ابنه نجل شقيق اب ام
    """,
    "organisation head": """
        شركه وزاره بنك مصرف جامعه حزب حركه منظمه جمعيه هيئه هيءه وكاله صحيفه مجله قناه اذاعه مجلس اتحاد نادي
        معهد مركز مؤسسه موسسه مءسسه مجموعه جبهه تنظيم جماعه لجنه محكمه برلمان كليه منتخب فريق رابطه نقابه
        صندوق مصلحه دائره ديوان جيش كتائب كتاءب سرايا حلف تحالف ائتلاف اءتلاف تيار بورصه مستشفي بلديه
    """,
    "place head": """
        مدينه بلده قريه محافظه ولايه اقليم مقاطعه جزيره جزر بحر نهر خليج جبل جبال مضيق منطقه حي شارع ميدان
        مطار ميناء معبر قطاع ضفه دوله جمهوريه مملكه اماره عاصمه شمال جنوب شرق غرب صحراء وادي سهل مخيم بلاد
    """,
    "saying": """
        قال قالت يقول تقول اضاف اضافت اكد اكدت اعلن اعلنت ذكر ذكرت صرح صرحت اوضح اوضحت اشار اشارت افاد افادت
        نقل نقلت كتب كتبت دعا دعت طالب طالبت اعتبر اعتبرت راي تابع تابعت شدد شددت
    """,
    "name part": "بن ابن بنت ال ابو ابي ام عبد دي دا دو فان فون ديل لا لو ماك سان سانت بو ولد اوغلو زاده",
}

SHAPES = ("arabic", "latin", "number", "sign", "conjunction", "preposition", "article", "listed word", "long")
CUES = (*(f"{place}-{name}" for name in (*OWN_KINDS, *WIDE_KINDS) for place in ("B", "I")), *WORDS, *SHAPES)
"""All cues, in the order of their columns."""

_COLUMN = {cue: column for column, cue in enumerate(CUES)}
_LONGEST_NAME = 6


class NameList:
    """Phrases of normalised, stemmed words → the columns that a match sets; longest match first."""

    def __init__(self, names: Mapping[str, Sequence[str]]) -> None:
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        self._first: set[str] = set()
        for kind, phrases in names.items():
            for phrase in phrases:
                key = tuple(stem(word) for word in normalise(phrase).split())
                if 0 < len(key) <= _LONGEST_NAME:
                    self._phrases.setdefault(key, set()).add(kind)
                    self._first.add(key[0])

    def mark(self, stems: Sequence[str], cues: np.ndarray) -> None:
        """Set B- and I- columns for every name found; one kind's matches do not overlap."""
        busy: dict[str, int] = {}
        for start, first in enumerate(stems):
            if first not in self._first:
                continue
            for length in range(min(_LONGEST_NAME, len(stems) - start), 0, -1):
                for kind in self._phrases.get(tuple(stems[start : start + length]), ()):
                    if busy.get(kind, 0) <= start:
                        busy[kind] = start + length
                        cues[start, _COLUMN[f"B-{kind}"]] = 1
                        cues[start + 1 : start + length, _COLUMN[f"I-{kind}"]] = 1


@cache
def _names() -> NameList:
    return NameList({**own_names(), **wide_names()})


@lru_cache(maxsize=65_536)
def _word_cues(exact: str) -> tuple[str, tuple[int, ...]]:
    """The stem of a piece and the columns that it sets by itself."""
    stemmed = stem(exact)
    first = exact[0]
    found = []
    if "\u0620" <= first <= "\u06ff" and first.isalpha():
        found.append("arabic")
        before = exact[: len(exact) - len(stemmed)] if exact.endswith(stemmed) else ""
        if before[:1] in ("و", "ف"):
            found.append("conjunction")
        if before.lstrip("وف")[:1] in ("ب", "ك", "ل"):
            found.append("preposition")
        if before.endswith(("ال", "لل")):
            found.append("article")
    elif first.isdigit():
        found.append("number")
    else:
        found.append("latin" if first.isalpha() else "sign")
    if stemmed in known_words():
        found.append("listed word")
    if len(stemmed) > 6:
        found.append("long")
    found += [cue for cue, words in _word_sets().items() if stemmed in words]
    return stemmed, tuple(_COLUMN[cue] for cue in found)


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    return {cue: frozenset(stem(normalise(word)) for word in words.split()) for cue, words in WORDS.items()}


def sentence_cues(spelled: Sequence[str]) -> np.ndarray:
    """0 or 1 for each piece and cue: float32 (pieces, len(CUES))."""
    cues = np.zeros((len(spelled), len(CUES)), dtype=np.float32)
    stems = []
    for row, exact in enumerate(spelled):
        stemmed, columns = _word_cues(exact)
        stems.append(stemmed)
        cues[row, list(columns)] = 1
    _names().mark(stems, cues)
    return cues
