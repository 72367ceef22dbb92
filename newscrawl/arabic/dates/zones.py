"""Time zones as news names them beside a time: Latin abbreviations, and "بتوقيت" with a place."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

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
