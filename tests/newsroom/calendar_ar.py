"""Date lines as readers see them: each country's month names, as our four outlets write them.

Month names: Unicode CLDR 45, locales ar-EG, ar-LB, ar-TN, ar-SA (Gregorian, wide).
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
EGYPT = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
TUNISIA = [
    "جانفي",
    "فيفري",
    "مارس",
    "أفريل",
    "ماي",
    "جوان",
    "جويلية",
    "أوت",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
LEVANT = [
    *("كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران"),
    *("تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"),
]


def with_half_day(moment: datetime, zone: ZoneInfo) -> str:
    """Egyptian: «الأحد 8 نوفمبر 2026 - 02:15 م»."""
    local = moment.astimezone(zone)
    half = "م" if local.hour >= 12 else "ص"
    return f"{_day(local, EGYPT)} - {local.hour % 12 or 12:02}:{local:%M} {half}"


def lebanese(moment: datetime, zone: ZoneInfo) -> str:
    """«الأحد 8 تشرين الثاني 2026 | 14:15»."""
    local = moment.astimezone(zone)
    return f"{_day(local, LEVANT)} | {local:%H:%M}"


def tunisian(moment: datetime, zone: ZoneInfo) -> str:
    """«نشر في 08 نوفمبر 2026 (14:15)»."""
    local = moment.astimezone(zone)
    return f"{local:%d} {TUNISIA[local.month - 1]} {local.year} ({local:%H:%M})"


def saudi(moment: datetime, zone: ZoneInfo) -> str:
    """«الأحد 8 نوفمبر 2026 - 14:15»."""
    local = moment.astimezone(zone)
    return f"{_day(local, EGYPT)} - {local:%H:%M}"


def _day(local: datetime, months: list[str]) -> str:
    return f"{DAYS[local.weekday()]} {local.day} {months[local.month - 1]} {local.year}"
