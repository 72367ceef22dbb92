"""Time zones as news names them beside a time: Latin abbreviations, and "بتوقيت" with a place."""

from __future__ import annotations

from functools import cache

from newscrawl.arabic.normalise import normalise

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
