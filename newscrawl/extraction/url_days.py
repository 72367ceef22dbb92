"""What a news page's address states of time: its day, in folders or at the head of an id, and its zone.

Never a day out of a slug's words (…-توقعات-29-يونيو-2020 is what the article tells of), and never the
first of a month out of year and month.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, tzinfo
from functools import cache
from importlib import resources
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from newscrawl.arabic.dates import EARLIEST_YEAR, FUTURE_ALLOWANCE

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH, _DAY = r"(?P<month>\d{1,2})", r"(?P<day>\d{1,2})"
_MONTH2, _DAY2 = r"(?P<month>\d\d)", r"(?P<day>\d\d)"

# Forms seen at Arabic outlets, the plainest first. Behind slashes a day ends with its folder: in
# /2020/06/3-قتلى the 3 counts the dead.
_FORMS = tuple(
    map(
        re.compile,
        (
            rf"/{_YEAR}/{_MONTH}/{_DAY}(?=/|$)",  # aljazeera.net, youm7.com
            rf"/{_YEAR}-{_MONTH}-{_DAY}(?=[/._-]|$)",  # albayan.ae /2020-06-03-1.3874341
            rf"/{_YEAR}-{_MONTH}/{_DAY}(?=/|$)",  # qna.org.qa, arabic.news.cn /2022-02/21/
            rf"/{_YEAR}{_MONTH2}{_DAY2}(?=[/_-]|\d{{6,12}}(?:[-_./]|$))",  # France 24, Sputnik's ids
            rf"/{_YEAR}/{_MONTH2}{_DAY2}(?=/c\d)",  # arabic.people.com.cn /n3/2020/0317/c31659-…
            rf"/{_YEAR}/\d\d/\d\d{_MONTH2}{_DAY2}_",  # the BBC's old /2013/08/130803_syria
            rf"/{_DAY}/{_MONTH}/{_YEAR}(?=/)",  # al-sharq.com, alarab.qa: day first
            rf"/{_DAY}-{_MONTH}-{_YEAR}(?=[/-]|$)",  # alanba.com.kw
            # rudawarabia.net /250420224, annahar.com /18072022055835472
            rf"/{_DAY2}{_MONTH2}{_YEAR}(?=\d{{1,2}}(?:[/.-]|$)|\d{{6,9}}(?:[/.-]|$))",
            # arabic.cnn.com /2013/middle_east/8/3/
            rf"/{_YEAR}(?:/[^/\d][^/]*){{1,2}}/{_MONTH}/{_DAY}(?=/|$)",
        ),
    )
)
_QUERY = re.compile(rf"(?:^|&)cdate={_DAY2}{_MONTH2}{_YEAR}(?:&|$)")  # shorouknews.com


ARAB_STATES = frozenset("AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split())
"""ISO 3166-1 codes of members of the Arab League, whose domains their own outlets use.

Somalia, Djibouti and the Comoros are left out, and with them every country whose letters are sold as a word
(.tv, .me, .io): a domain there says nothing of a place.
"""


def url_day(url: str, zone: tzinfo, now: datetime) -> datetime | None:
    """The day that an address states for certain, as midnight in the outlet's zone, or None.

    None also before 1995 and more than two days after `now`. Never raises.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    for text, forms in ((parts.path, _FORMS), (parts.query, (_QUERY,))):
        for form in forms:
            match = form.search(text)
            day = _day(match) if match else None
            if day and day.year >= EARLIEST_YEAR and day <= now.date() + FUTURE_ALLOWANCE + timedelta(days=1):
                moment = datetime(day.year, day.month, day.day, tzinfo=zone)
                return moment if moment <= now + FUTURE_ALLOWANCE else None
    return None


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def zone_of(url: str) -> ZoneInfo | None:
    """The zone of an address's country, where its domain ends in an Arab state's and that has one zone."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    return _zones().get(host.rstrip(".").rpartition(".")[2].upper())


@cache
def _zones() -> dict[str, ZoneInfo]:
    """Country → its zone, of the Arab states with exactly one in the IANA's zone.tab."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    names: dict[str, list[str]] = {}
    for country, _, zone, *_ in rows:
        names.setdefault(country, []).append(zone)
    return {
        code: ZoneInfo(zones[0]) for code, zones in names.items() if code in ARAB_STATES and len(zones) == 1
    }
