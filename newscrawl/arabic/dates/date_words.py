"""Words of dates → a shorthand of capitals and digits, in which a grammar of dates is short.

    الثلاثاء ٤ يوليو/تموز ٢٠٢٣ - ١٠:١٥ مساءً   →   W01 4 M07 / M07 2023 - 10:15 P

Normalised text has no capitals of its own, so nothing that a page says can be taken for shorthand.

    M01 … M12  Gregorian month      W00 … W06  Monday … Sunday       X0n X1n  a unit, units: see UNITS
    H01 … H12  Hijri month          O01 … O31  ordinal: a day        Q01 … Q10  one … ten
    A P N L    before noon, after noon, about noon, at night         E    م: after noon or Gregorian
    J G        the Hijri, the Gregorian era                          C    the hour is next
    Z00 …      time zone: see `zone_of_code`                         Z99  a zone by a name we do not know
    Y00 Y01 Y02  today, yesterday, the day before                    V    this moment
    U B        "updated", "published"                                R K  "ago" before and after its number

Time zones are named beside a time: by Latin abbreviations, and by "بتوقيت" with a place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from newscrawl.arabic.dates.months import gregorian_months, hijri_months
from newscrawl.arabic.normalise import normalise

UNKNOWN_ZONE = 99
"""The code of a zone that is named and that we do not know."""

ABBREVIATIONS = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "CAT": 2,
    "EET": 2, "EEST": 3, "AST": 3, "KSA": 3, "MSK": 3, "TRT": 3, "EAT": 3, "GST": 4, "EST": -5, "EDT": -4,
    "CST": -6, "CDT": -5, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Abbreviation → hours ahead of UTC, as an Arab outlet means it: AST is Arabia's (UTC+3), never the
Atlantic's; GST the Gulf's; BST is Britain's."""

GREENWICH = ("غرينتش", "جرينتش", "غرينيتش", "جرينيتش", "غرينتش العالمي", "العالمي", "العالمي الموحد")
"""Greenwich as AFP, Al Jazeera (غرينتش), Egypt (جرينتش) and broadcasters spell it."""

GREENWICH_SHORT = ("ت غ", "ت.غ", "ت. غ", "ت.غ.")
"""AFP's (توقيت غرينتش), after a time."""

PLACES = {
    "Asia/Riyadh": "مكة المكرمة|مكة|السعودية|المملكة العربية السعودية|المملكة|الرياض",
    "Africa/Cairo": "القاهرة|مصر",
    "Asia/Jerusalem": "القدس المحتلة|القدس|فلسطين|إسرائيل|غزة|رام الله|تل أبيب",
    "Asia/Beirut": "بيروت|لبنان",
    "Asia/Damascus": "دمشق|سوريا|سورية",
    "Asia/Baghdad": "بغداد|العراق|أربيل",
    "Asia/Amman": "الأردن",
    "Asia/Kuwait": "الكويت",
    "Asia/Qatar": "الدوحة|قطر",
    "Asia/Bahrain": "المنامة|البحرين",
    "Asia/Dubai": "أبوظبي|أبو ظبي|دبي|الإمارات|دولة الإمارات|الشارقة",
    "Asia/Muscat": "مسقط|سلطنة عمان|السلطنة",
    "Asia/Aden": "صنعاء|عدن|اليمن",
    "Africa/Khartoum": "الخرطوم|السودان",
    "Africa/Tripoli": "طرابلس|ليبيا|بنغازي",
    "Africa/Tunis": "تونس",
    "Africa/Algiers": "الجزائر|الجزائر العاصمة",
    "Africa/Casablanca": "المغرب|الرباط|الدار البيضاء",
    "Africa/Nouakchott": "نواكشوط|موريتانيا",
    "Europe/Istanbul": "إسطنبول|اسطنبول|تركيا|أنقرة",
    "Europe/Moscow": "موسكو",
    "Asia/Tehran": "طهران|إيران",
    "Europe/London": "لندن|بريطانيا",
    "Europe/Paris": "باريس|فرنسا",
    "Europe/Berlin": "برلين|ألمانيا",
    "America/New_York": "نيويورك|واشنطن|شرق الولايات المتحدة|شرق أمريكا|شرق أميركا|الساحل الشرقي",
}
"""IANA zone → the places that "بتوقيت …" names.

عمان is left out: without its vowels it is Amman (UTC+3) and Oman (UTC+4).
"""

LOCAL = ("المحلي", "المحلى")
"""بالتوقيت المحلي: the outlet's own zone."""


@cache
def zone_names() -> dict[str, str]:
    """A place in normalised form → its IANA zone; Greenwich's names → `UTC`."""
    names = {normalise(place): zone for zone, places in PLACES.items() for place in places.split("|")}
    return names | dict.fromkeys(map(normalise, GREENWICH), "UTC")


@cache
def zones_by_code() -> list[tuple[tzinfo | None, list[str]]]:
    """Zones in the order of their codes, each with the phrases that name it; None is the reader's own."""
    zones: list[tuple[tzinfo | None, list[str]]] = [
        (UTC, [*GREENWICH_SHORT, *(name for name in GREENWICH if "عالمي" not in normalise(name))])
    ]
    zones.append((None, [f"{start}{place}" for place in LOCAL for start in ("بالتوقيت ", "التوقيت ")]))
    by_zone: dict[str, list[str]] = {}
    for place, zone in zone_names().items():
        by_zone.setdefault(zone, []).append(place)
    for name, places in by_zone.items():
        starts = ("بتوقيت ", "توقيت ", "بالتوقيت ", "حسب توقيت ")
        own: tzinfo = UTC if name == "UTC" else ZoneInfo(name)
        zones.append((own, [f"{start}{place}" for place in places for start in starts]))
    for hours in sorted(set(ABBREVIATIONS.values())):
        # Z alone is left to the grammar: it is a letter of ISO 8601, not a word.
        names = [name for name, ahead in ABBREVIATIONS.items() if ahead == hours and name != "Z"]
        zones.append((timezone(timedelta(hours=hours)) if hours else UTC, names))
    return zones


@cache
def _zone_table() -> dict[int, tuple[tzinfo | None, bool]]:
    return {
        code: (zone, not all(name.isascii() for name in names))
        for code, (zone, names) in enumerate(zones_by_code())
    }


def zone_of_code(code: int) -> tuple[tzinfo | None, bool]:
    """The zone of a `Z` code (None: the outlet's own), and whether it means time wherever it stands.

    Latin abbreviations are also words (est, cat): they name a zone only right behind a time.
    """
    return _zone_table()[code]


WEEKDAYS = (
    "الاثنين|الإتنين|monday|mon|lundi|lun",
    "الثلاثاء|الثلاثا|الثلثاء|tuesday|tues|tue|mardi",  # الثلثاء in Al-Hayat and An-Nahar
    "الأربعاء|الأربعا|wednesday|wed|mercredi|mer",
    "الخميس|thursday|thurs|thur|thu|jeudi|jeu",
    "الجمعة|friday|fri|vendredi|ven",
    "السبت|saturday|sat|samedi|sam",
    "الأحد|sunday|sun|dimanche|dim",
)
"""Monday first. "mar" is left to the English March: the French Tuesday is then no weekday at all."""

UNITS = {
    1: ("ثانية|second|sec|seconde", "ثانيتين|ثانيتان", "ثواني|ثوان|seconds|secs|secondes"),
    2: ("دقيقة|minute|min", "دقيقتين|دقيقتان", "دقائق|minutes|mins"),
    3: ("ساعة|hour|hr|heure", "ساعتين|ساعتان", "ساعات|hours|hrs|heures"),
    4: ("يوم|يوما|day|jour", "يومين|يومان", "أيام|days|jours"),
    5: ("أسبوع|أسبوعا|week|semaine", "أسبوعين|أسبوعان", "أسابيع|weeks|semaines"),
    6: ("شهر|شهرا|month", "شهرين|شهران", "أشهر|شهور|months|mois"),
    7: (
        "سنة|عام|عاما|لعام|لسنة|العام|للعام|year",
        "سنتين|سنتان|عامين|عامان",
        "سنوات|سنين|أعوام|years",
    ),
}
"""Seconds 1 … years 7 → words for one, for two, for many."""

_NUMBERS = (
    "واحدة|واحد|a|an|one|une",
    "اثنين|اثنتين|two",
    "ثلاث|ثلاثة|three",
    "أربع|أربعة|four",
    "خمس|خمسة|five",
    "ست|ستة|six",
    "سبع|سبعة|seven",
    "ثماني|ثمانية|ثمان|eight",
    "تسع|تسعة|nine",
    "عشر|عشرة|ten",
)
_UNITS_ORDINAL = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع".split()
_TEENS = ("الحادي عشر", *(f"{word} عشر" for word in _UNITS_ORDINAL[1:]))

_WORDS = {
    # Arabic stamps: ص and م from every content system; the words from agencies and broadcasters.
    "A": "ص|صباحا|صباح|الصباح|فجرا|الفجر|فجر|ضحى|قبل الظهر|ق.ظ|am|a.m.|a.m",
    "P": "مساء|مساءا|المساء|عصرا|العصر|عصر|بعد الظهر|بعد ظهر|ب.ظ|pm|p.m.|p.m",
    "N": "ظهرا|الظهر|ظهر",
    "L": "ليلا|الليل",
    "E": "م",
    "J": "ه|هجري|هجرية|هجريا|للهجرة",
    "G": "ميلادي|ميلادية|ميلاديا|للميلاد",
    "C": "الساعة|ساعة النشر|على الساعة|في الساعة|at",
    "Y00": "اليوم|today|aujourd'hui",
    "Y01": "أمس|البارحة|yesterday|hier",
    "Y02": "أول أمس|أول من أمس|أمس الأول",
    "V": "الآن|للتو|قبل لحظات|منذ لحظات|منذ ثوان|قبل ثوان|منذ ثواني|قبل ثواني|just now|now|à l'instant",
    "R": "منذ|قبل|من قبل|مضى على نشره|il y a",
    "K": "مضت|مضى|ago",
    # "آخر تحديث" CNN, Al Jazeera, Sky News; "حُدّث" Aawsat; the rest from content systems.
    "U": "آخر تحديث|اخر التحديثات|تم التحديث|تم تحديثه|تم التعديل|تاريخ التحديث|تاريخ آخر تحديث|تاريخ التعديل"
    "|وقت التحديث|تحديث|التحديث|محدث|محدثة|حدث في|حدثت في|حدث|آخر تعديل|عدل في|تعديل|last updated|last update"
    "|last modified|updated|updated on|updated at|update|modified|modified on|mis à jour|mise à jour"
    "|dernière mise à jour|modifié",
    "B": "نشر|نشرت|نشر في|نشر بتاريخ|تم النشر|تم النشر في|تم نشره|تاريخ النشر|وقت النشر|النشر|منشور|أضيف"
    "|تاريخ الإضافة|أضيفت|published|published on|posted|posted on|publication date|created|date created"
    "|publié|publié le",
}


def _ordinals() -> dict[str, int]:
    """Ordinals of days, in both cases (العشرين, العشرون) → 1 … 31."""
    days = {word: number for number, word in enumerate((*_UNITS_ORDINAL, "العاشر", *_TEENS), start=1)}
    for ending in ("ين", "ون"):
        twenty, thirty = f"العشر{ending}", f"الثلاث{ending}"
        days |= {twenty: 20, thirty: 30}
        days |= {f"{word} و{twenty}": 20 + number for number, word in enumerate(_UNITS_ORDINAL, start=1)}
        for one in ("الحادي", "الواحد"):
            days |= {f"{one} و{twenty}": 21, f"{one} و{thirty}": 31}
    return days


def _entries() -> Iterator[tuple[str, str]]:
    """(phrase as written, its shorthand); the first of a phrase's codes holds."""
    yield from ((name, f"H{number:02}") for name, number in hijri_months().items())
    yield from ((name, f"M{number:02}") for name, number in gregorian_months().items())
    yield from ((phrase, code) for code, words in _WORDS.items() for phrase in words.split("|"))
    for number, words in enumerate(WEEKDAYS):
        yield from ((name, f"W{number:02}") for name in words.split("|"))
    yield from ((word, f"O{day:02}") for word, day in _ordinals().items())
    for unit, (one, two, many) in UNITS.items():
        for words, code in ((one, f"X0{unit}"), (two, f"2 X0{unit}"), (many, f"X1{unit}")):
            yield from ((word, code) for word in words.split("|"))
    yield from (("نصف ساعة", "30 X02"), ("ربع ساعة", "15 X02"))
    for number, words in enumerate(_NUMBERS, start=1):
        yield from ((word, f"Q{number:02}") for word in words.split("|"))
    for code_number, (_, names) in enumerate(zones_by_code()):
        yield from ((name, f"Z{code_number:02}") for name in names)
    yield from ((word, f"Z{UNKNOWN_ZONE}") for word in ("بتوقيت", "توقيت", "بالتوقيت"))


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of all phrases, and each phrase without its spaces → its shorthand.

    The longest phrases are tried first, within one branch for each first letter.
    """
    table: dict[str, str] = {}
    branches: dict[str, set[str]] = {}
    for written, code in _entries():
        phrase = normalise(written)
        table.setdefault(phrase.replace(" ", ""), code)
        branches.setdefault(phrase[0], set()).add(phrase)
    words = "|".join(
        f"{first}(?:{'|'.join(_loose(phrase)[1:] for phrase in sorted(phrases, key=_longest_first))})"
        for first, phrases in branches.items()
    )
    return re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])"), table


def _longest_first(phrase: str) -> tuple[int, str]:
    return -len(phrase), phrase


def _loose(phrase: str) -> str:
    """A phrase as a pattern: its spaces may be missing (كانونالثاني); no digit follows a last digit (ك2)."""
    pattern = re.escape(phrase).replace(r"\ ", " ?")
    return rf"{pattern}(?!\d)" if phrase[-1].isdigit() else pattern


def shorthand(text: str) -> str:
    """A normalised text with its words of dates in shorthand, single spaces around each."""
    pattern, table = _lexicon()
    coded = pattern.sub(lambda match: f" {table[match.group().replace(' ', '')]} ", text)
    return " ".join(coded.split())
