"""Times that a page counts from its own day, in shorthand (see `date_words`): منذ 3 ساعات, أمس 14:30."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_AMOUNT = r"(?:(?<![\dA-Z])(?P<number>\d{1,3})|Q(?P<word>\d\d))?"
_BEFORE = re.compile(
    rf"R\s(?:(?:حوالي|نحو)\s)?(?P<less>اقل\sمن\s)?{_AMOUNT}\s?X(?P<many>\d)(?P<unit>\d)(?:\sQ01)?"
    r"(?:\s?و\s?(?P<more>\d{1,2})\s?X\d(?P<more_unit>[12]))?"
)
_AFTER = re.compile(rf"{_AMOUNT}\s?X(?P<many>\d)(?P<unit>\d)\s(?:من\s)?K")
_DAY_WORD = re.compile(r"(?:Y0(\d)|V)")
_LETTERS = re.compile(r"[^\W\d_A-Z]{2,}")
_SMALL_WORDS = frozenset({"في", "من"})
_BESIDE_WEEKDAY = re.compile(r"W0(\d)")

MAX_WORDS = 3
"""A stamp has no more words beside its time; a sentence that says "three days ago" has."""

SECONDS = {1: 1, 2: 60, 3: 3600, 4: 86_400, 5: 604_800}


class TooVague(ValueError):  # noqa: N818  # it is an answer, not a fault
    """The words count in months or years, or count nothing."""


def read_ago(text: str, now: datetime) -> tuple[datetime, str] | None:
    """The moment that "so long ago" names, and its precision (minute, hour, day); None: no such words.

    Raises:
        TooVague: a month or more, or a unit in the plural without its number.
    """
    match = _BEFORE.search(text) or _AFTER.search(text)
    if match is None or len(_LETTERS.findall(text)) > MAX_WORDS:
        return None
    part = match.groupdict()
    unit = int(match["unit"])
    if part.get("less"):
        if unit > 2:
            raise TooVague
        return now, "minute"
    number = part["number"] or part["word"]
    if unit not in SECONDS or (match["many"] == "1" and not number):
        raise TooVague
    ago = int(number or 1) * SECONDS[unit]
    if part.get("more"):
        return now - timedelta(seconds=ago + int(part["more"]) * SECONDS[int(part["more_unit"])]), "minute"
    return now - timedelta(seconds=ago), {1: "minute", 2: "minute", 3: "hour"}.get(unit, "day")


def read_day_word(text: str, now: datetime) -> tuple[date, bool] | None:
    """The day that today, yesterday or now names, and whether the very moment is meant; None: no such words.

    Only where nothing else is said but a time and a weekday, and "today" only with a time: it is also a word
    of sentences, and اليوم a newspaper that signs its articles so. A weekday that contradicts makes it none.
    """
    match = _DAY_WORD.search(text)
    if match is None or not _SMALL_WORDS.issuperset(_LETTERS.findall(text)) or "O" in text:
        return None
    if match[1] is None:
        return now.date(), True
    if match[1] == "0" and "T" not in text:
        return None
    day = now.date() - timedelta(days=int(match[1]))
    if any(int(weekday) != day.weekday() for weekday in _BESIDE_WEEKDAY.findall(text)):
        return None
    return day, False
