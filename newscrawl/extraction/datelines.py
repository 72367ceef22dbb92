"""The dateline: place and house before the first words of a report.

دمشق، سوريا (CNN) -- · القاهرة - رويترز: · (بترا) - · الرياض 03 محرم 1442 هـ واس · فهد كاملي - سبق - عدن:
"""

from __future__ import annotations

import re

from newscrawl.arabic.credits import is_place, is_town, load_houses
from newscrawl.extraction.bylines import Byline, is_person_name, parse_byline
from newscrawl.extraction.sitenames import SiteNames

HEAD = 120
"""Characters of the first paragraph in which a dateline ends."""

_BRACKETED = re.compile(r"^[\W_]{0,4}([^()\[\]\n]{0,60}?)\s?[(\[]([^()\[\]\n]{1,40})[)\]]")
_DASH = re.compile(r"\s?(?:[-–—/:|]+|\sـ+(?=\s))\s?")
_DAY = re.compile(r"\d{1,4}(?:[-/.]\d{1,4}){1,2}")
_TIMELY = re.compile(r"\d")


def read_dateline(paragraph: str, site: SiteNames) -> Byline:
    """Place and house before the first words of a report, if it begins with them."""
    head = _DAY.sub("1", paragraph[:HEAD]).replace("_", "-")  # a day's dashes part no names, underscores do
    return _bracketed(head, site) or _dashed(head, site) or Byline()


def _bracketed(head: str, site: SiteNames) -> Byline | None:
    """The form with brackets: دمشق، سوريا (CNN) --, (بترا) -, عمان 3 أيار (بترا) -."""
    match = _BRACKETED.match(head)
    if not match:
        return None
    before, inside = match[1].strip(" ،,-–—:/"), match[2]
    line = parse_byline(inside, site)
    named = line.suppliers or line.own
    if not named or line.authors:
        return None
    place = _place_of(before) if before else line.place
    if before and not place:
        return None
    supplier = line.suppliers or [line.own]
    return Byline(place=place, suppliers=supplier[:1])


def _dashed(head: str, site: SiteNames) -> Byline | None:
    """The form with dashes: القاهرة - رويترز:, دمشق-سانا, وكالات -, الرياض 3 محرم 1442 هـ واس."""
    ends = [(match.start(), match.end()) for match in _DASH.finditer(head)][:5]
    if len(head) < HEAD:
        ends.append((len(head), len(head)))  # a first paragraph that is nothing else
    line = Byline()
    start, mark = 0, ""
    for left, right in ends:
        piece = head[start:left]
        if not _take(piece.strip(' .،,«»"()*'), line, site):
            if mark == "-" and line.place and not line.suppliers:
                _take_joined(piece, line)
            break
        start, mark = right, head[left:right]
        if mark.strip() == ":" and (line.suppliers or line.own):
            break
    named = bool(line.suppliers or line.own)
    if mark.strip() == ":" and not named and not is_town(line.place):
        return None  # مصر: a country with a colon begins a headline
    return line if start and (named or line.place) else None


def _take_joined(piece: str, line: Byline) -> None:
    """The agency glued to its place, before the text: دمشق-سانا أعلن."""
    first = piece.split(maxsplit=1)[:1]
    if first and load_houses().is_agency(first[0]):
        line.suppliers.append(first[0])


def _take(piece: str, line: Byline, site: SiteNames) -> bool:
    """Put a piece of a dateline into the line; False where running text has begun."""
    houses = load_houses()
    if not piece:
        return True
    if site.names(piece):
        line.own = piece
    elif (line.place and houses.is_house(piece)) or (houses.is_agency(piece) and not is_place(piece)):
        line.suppliers.append(piece)
    elif place := _place_of(piece):
        line.place = line.place or place
        if (last := _last_house(piece)) and not houses.is_agency(place):
            line.suppliers.append(last)
    elif line.own and not line.authors and " " in piece and is_person_name(piece):
        line.authors.append(piece)
    else:
        return False
    return True


def _place_of(text: str) -> str:
    """The place that a text names, alone or before a date: عمان 3 أيار, الرياض 03 محرم 1442 هـ."""
    text = text.strip()
    if is_place(text):
        return text
    words = text.split()
    for count in range(min(len(words) - 1, 4), 0, -1):
        name = " ".join(words[:count]).rstrip("،,")
        rest = words[count:]
        if is_place(name) and len(rest) <= 12 and _TIMELY.search(" ".join(rest[:3])):
            return name
    return ""


def _last_house(piece: str) -> str:
    """The agency that ends a dateline with a date: الرياض 03 محرم 1442 هـ الموافق 22 أغسطس 2020 م واس."""
    if not _TIMELY.search(piece):
        return ""
    words = piece.split()
    return next(
        (name for count in (3, 2, 1) if load_houses().is_agency(name := " ".join(words[-count:]))), ""
    )
