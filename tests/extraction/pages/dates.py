"""Dates as Arabic pages print them. Month names are those of the Egyptian, Levantine and Maghreb presses."""

from __future__ import annotations

import re
from datetime import datetime

DAYS = "الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد".split()
GULF = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()
LEVANT = [
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران",
    "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول",
]  # fmt: skip
ALGERIA = "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر".split()
MOROCCO = "يناير فبراير مارس أبريل ماي يونيو يوليوز غشت شتنبر أكتوبر نونبر دجنبر".split()
HIJRI = [
    "محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة",
    "رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة",
]  # fmt: skip
ENGLISH = "January February March April May June July August September October November December".split()
_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_TOKEN = re.compile(r"\$([a-zA-Z]+)")


def hijri(when: datetime) -> tuple[int, int, int]:
    """Year, month and day by the tabular Islamic calendar, which strays a day from the announced one."""
    days = when.toordinal() - 227015 + 1  # 1 Muharram of the first year is ordinal 227015
    year = (30 * (days - 1) + 10646) // 10631
    start = (11 * year + 3) // 30 + 354 * (year - 1)
    month = min(12, (2 * (days - start - 1) + 1) // 59 + 1)
    return year, month, days - start - (59 * (month - 1) + 1) // 2


def printed(when: datetime, pattern: str) -> str:
    """`pattern` with its $tokens filled in; `indic` in front of it gives Arabic-Indic digits."""
    year, month, day = hijri(when)
    values = {
        "A": DAYS[when.weekday()], "d": str(when.day), "dd": f"{when.day:02}", "m": str(when.month),
        "mm": f"{when.month:02}", "Y": str(when.year), "H": f"{when.hour:02}", "M": f"{when.minute:02}",
        "h": str(when.hour % 12 or 12), "p": "مساءً" if when.hour >= 12 else "صباحاً",
        "gulf": GULF[when.month - 1], "levant": LEVANT[when.month - 1], "dz": ALGERIA[when.month - 1],
        "ma": MOROCCO[when.month - 1], "en": ENGLISH[when.month - 1],
        "hd": str(day), "hm": HIJRI[month - 1], "hy": str(year), "iso": when.isoformat(),
    }  # fmt: skip
    indic = pattern.startswith("indic ")
    text = _TOKEN.sub(lambda token: values[token[1]], pattern.removeprefix("indic "))
    return text.translate(_INDIC) if indic else text
