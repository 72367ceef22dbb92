"""Names of months as Arabic news writes them: four Gregorian families, Hijri, and English and French.

Sources: Unicode CLDR 46 through Babel (ar_EG, ar_SY, ar_DZ, ar_MA; `ca-islamic`) for the families, and
for the spellings that CLDR lacks the outlets named beside them. All are compared in normalised form, so
hamza, madda, alef maksura, teh marbuta, harakat, tatweel and Persian letters need no entry of their own.
"""

from __future__ import annotations

from functools import cache

from newscrawl.arabic.normalise import normalise

EGYPT_AND_GULF = (
    ("يناير",),
    ("فبراير",),
    ("مارس",),
    ("أبريل",),
    ("مايو",),
    ("يونيو", "يونية"),  # يونيه in Al-Ahram
    ("يوليو", "يولية"),
    ("أغسطس", "أوغسطس"),  # this and the next two: in a corpus of five outlets of 2015–2018
    ("سبتمبر", "سيبتمبر"),
    ("أكتوبر",),
    ("نوفمبر",),
    ("ديسمبر", "دسمبر"),
)
LEVANT_AND_IRAQ = (
    ("كانون الثاني", "كانون ثاني", "كانون 2", "ك2", "ك 2"),  # the numbers in Lebanese and Iraqi bylines
    ("شباط",),
    ("آذار",),
    ("نيسان",),
    ("أيار",),
    ("حزيران",),
    ("تموز",),
    ("آب",),
    ("أيلول",),
    ("تشرين الأول", "تشرين أول", "تشرين 1", "ت1", "ت 1"),
    ("تشرين الثاني", "تشرين ثاني", "تشرين 2", "ت2", "ت 2"),
    ("كانون الأول", "كانون أول", "كانون 1", "ك1", "ك 1"),
)
"""كانون or تشرين alone is half a name, and so none."""

TUNISIA_AND_ALGERIA = (
    ("جانفي",),
    ("فيفري",),
    ("مارس",),
    ("أفريل",),
    ("ماي",),
    ("جوان",),
    ("جويلية",),
    ("أوت",),
    ("سبتمبر",),
    ("أكتوبر",),
    ("نوفمبر",),
    ("ديسمبر",),
)
MOROCCO = (
    ("يناير",),
    ("فبراير",),
    ("مارس",),
    ("أبريل",),
    ("ماي",),
    ("يونيو",),
    ("يوليوز",),
    ("غشت",),
    ("شتنبر",),
    ("أكتوبر",),
    ("نونبر",),
    ("دجنبر",),
)
ENGLISH = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
FRENCH = (
    ("janvier", "janv"),
    ("février", "févr", "fév"),
    ("mars",),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("août",),
    ("septembre",),
    ("octobre",),
    ("novembre",),
    ("décembre", "déc"),
)
HIJRI = (
    ("محرم", "المحرم", "محرم الحرام"),
    ("صفر", "صفر الخير"),
    ("ربيع الأول", "ربيع أول", "ربيع 1"),
    ("ربيع الآخر", "ربيع الثاني", "ربيع آخر", "ربيع ثاني", "ربيع ثان", "ربيع 2"),
    ("جمادى الأولى", "جمادى الأول", "جماد الأول", "جماد الأولى", "جماد أول", "جمادى 1"),
    ("جمادى الآخرة", "جمادى الثانية", "جمادى الثاني", "جمادى الآخر", "جماد الثاني", "جماد الآخر",
     "جماد الآخرة", "جماد ثاني", "جمادى 2"),
    ("رجب", "رجب الفرد"),
    ("شعبان", "شعبان المعظم"),
    ("رمضان", "رمضان المبارك"),
    ("شوال", "شوال المكرم"),
    ("ذو القعدة", "ذي القعدة", "ذا القعدة"),
    ("ذو الحجة", "ذي الحجة", "ذا الحجة"),
)  # fmt: skip
"""ربيع, جمادى and ذو alone are half a name. The words of honour are those of Saudi and Egyptian bylines."""

GREGORIAN = (EGYPT_AND_GULF, LEVANT_AND_IRAQ, TUNISIA_AND_ALGERIA, MOROCCO, ENGLISH, FRENCH)


@cache
def gregorian_months() -> dict[str, int]:
    """Every Gregorian month name in normalised form → 1 … 12."""
    return _numbers(*GREGORIAN)


@cache
def hijri_months() -> dict[str, int]:
    """Every Hijri month name in normalised form → 1 (Muharram) … 12."""
    return _numbers(HIJRI)


def _numbers(*families: tuple[tuple[str, ...], ...]) -> dict[str, int]:
    return {
        normalise(name): number
        for family in families
        for number, names in enumerate(family, start=1)
        for name in names
    }
