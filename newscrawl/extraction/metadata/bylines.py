"""One line of credit, as pages print them, taken apart: writers, place, supplier.

القاهرة - أحمد علي · كتب: منى حسن ومحمد سعيد · (أبوظبي - البيان) · لندن - رويترز · فرانس 24 / أ ف ب
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from newscrawl.arabic.credits import is_place, is_town, load_byline_words, load_houses
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.metadata.sitenames import SiteNames
from newscrawl.extraction.statements import clean

LONGEST_LINE = 160
"""Characters; a longer text is no credit line."""
LONGEST_NAME = 80
LONGEST_FREE_NAME = 4
"""Words of a writer's name in a text that is not marked as byline."""
_MOST_WORDS = 6

_ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|net|org)\b", re.IGNORECASE)
_PIECE = re.compile(
    r"[|/\\()\[\]{}:\n•·]|[–—]+|--+|\s[-ـ]+\s|\s-|-\s|(?<![A-Za-z0-9])-(?=\S)|(?<=\S)-(?![A-Za-z0-9])"
)
_LIST = re.compile(r"[،,;؛&+]|\sand\s|\sو\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:[.'’`-]+[^\W\d_]+)*\.?")
_TOWN_OF = re.compile(r"^\s*([^\W\d_][^()\d\-–—/|:]{0,40}?)\s?\(([^()]{2,40})\)")
_WITHIN = re.compile(r"\s(?:في|من|فى)\s")
_MARKS = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@dataclass(slots=True)
class Byline:
    """What one line of credit names, in the line's own spelling and order."""

    authors: list[str] = field(default_factory=list)
    place: str = ""
    suppliers: list[str] = field(default_factory=list)
    """Agencies, papers and channels other than the page's own."""
    own: str = ""
    """The page's own house, as the line spells it."""

    rest: list[str] = field(default_factory=list)
    """What is none of these: dates, desks, running text."""

    @property
    def supplier(self) -> str:
        """Whose report it is: another house; the page's own where the line names nobody else but a place."""
        if self.suppliers:
            return self.suppliers[0]
        return self.own if self.place and not self.authors else ""


def parse_byline(text: str, site: SiteNames, *, one_word: bool = True) -> Byline:
    """Take a line of credit apart. What is neither person, place nor house is left out; never raises.

    Args:
        text: the line as published.
        site: the page's own names, which are no writer's.
        one_word: whether a single word that no list has may be a writer's name, or a place: in a byline
            yes, in running text no.
    """
    line = Byline()
    text = clean(_MARKS.sub("", text[: 2 * LONGEST_LINE]))
    if not text or len(text) > LONGEST_LINE or _ADDRESS.search(text):
        return line
    town = _TOWN_OF.match(text)
    if town and is_place(town[2]) and not is_town(town[2]):  # مايدوجوري (نيجيريا)
        line.place = town[1].strip()
        text = text[town.end() :]
    pieces = [piece.strip(" .،,-–—ـ*") for piece in _PIECE.split(text)]
    unknown: list[str] = []
    skip = False
    for piece in filter(None, pieces):
        name, other = _without_leads(piece)
        if skip or other:
            skip = other and not name  # the name may stand behind the colon
            continue
        _file(name, line, unknown, site)
    _sort_unknown(unknown, line, one_word=one_word)
    return line


def _without_leads(piece: str) -> tuple[str, bool]:
    """A piece without بقلم and the like before it, and whether someone else than the writer follows."""
    words = load_byline_words()
    parts = piece.split()
    while parts:
        first = normalise(parts[0]).strip(".:")
        if first in words.others:
            return " ".join(parts[1:]), True
        if first not in words.leads:
            break
        del parts[0]
    return " ".join(parts), False


def _file(piece: str, line: Byline, unknown: list[str], site: SiteNames) -> None:
    """Put one piece where it belongs; what may be a person goes to `unknown`."""
    if not piece or _filed_whole(piece, line, site):
        return
    parts = [part.strip(" .-–—ـ*") for part in _LIST.split(piece)]
    for number, part in enumerate(parts):
        names = _place_behind(_without_and(part) if number else part, line)
        for name in _split_at_waw(names):
            if not _filed_whole(name, line, site):
                unknown.append(name)


def _filed_whole(piece: str, line: Byline, site: SiteNames) -> bool:
    houses = load_houses()
    bare = piece.strip("«»\"'“” ")
    if not bare:
        return True
    house, place = houses.is_agency(bare), is_place(bare)
    if place and not (house and line.place):  # قنا is a town of Egypt and Qatar's agency
        line.place = line.place or bare
    elif site.names(bare):
        line.own = line.own or bare
    elif house or houses.is_house(bare) or _is_house_by_kind(bare):
        line.suppliers.append(bare)
    else:
        return False
    return True


def _is_house_by_kind(text: str) -> bool:
    """Whether a text begins like the name of a channel or site: البوابة العربية للأخبار التقنية."""
    words = normalise(text).split()
    return 2 <= len(words) <= _MOST_WORDS and words[0].removeprefix("ال") in load_houses().kinds


def _split_at_waw(text: str) -> Iterator[str]:
    """The names of a text that "and" joins: both sides have two words at least, or name houses."""
    words = text.split()
    houses = load_houses()
    for at in range(1, len(words)):
        word = words[at]
        if not word.startswith("و") or len(word) < 3 or normalise(word) in load_byline_words().waw_names:
            continue
        left, right = words[:at], [word[1:], *words[at + 1 :]]
        persons = len(left) >= 2 and len(right) >= 2 and not _is_prose(words)
        if persons or houses.is_agency(" ".join(right)):
            yield " ".join(left)
            yield from _split_at_waw(" ".join(right))
            return
    yield text


def _without_and(part: str) -> str:
    """A further name of a list without the "and" glued to it: أحمد علي، ومحمد حسن."""
    words = part.split()
    glued = len(words) >= 2 and words[0].startswith("و") and len(words[0]) > 3
    if glued and normalise(words[0]) not in load_byline_words().waw_names:
        return part[1:]
    return part


def _sort_unknown(unknown: list[str], line: Byline, *, one_word: bool) -> None:
    """Tell writers from the rest. One word beside a full name is the place that it was written in."""
    lone = one_word and unknown and " " not in unknown[0] and len(unknown[0]) > 2
    if lone and line.suppliers and not line.place:
        line.place = unknown.pop(0)  # كراسنودار - د ب أ
    full = [name for name in unknown if is_person_name(name) and " " in name]
    for name in unknown:
        if name in full:
            if name not in line.authors:
                line.authors.append(name)
        elif not is_person_name(name):
            line.rest.append(name)
        elif full and one_word and len(unknown) == 2 and not line.place:
            line.place = name
        elif not full and one_word and len(unknown) == 1 and not line.suppliers and not line.place:
            line.authors.append(name)
        else:
            line.rest.append(name)


def _place_behind(name: str, line: Byline) -> str:
    """A name without the place behind it: أحمد علي من القاهرة, مراسل الجزيرة في غزة."""
    match = _WITHIN.search(name)
    if match and is_place(name[match.end() :].strip()):
        line.place = line.place or name[match.end() :].strip()
        return name[: match.start()].strip()
    return name


def _is_prose(words: list[str]) -> bool:
    """Whether a text has words that no list of names has."""
    return any(normalise(word) in load_byline_words().not_names for word in words)


def is_person_name(text: str) -> bool:
    """Whether a text looks like a person's name: one to six words, none of a desk's or a sentence's."""
    if not 3 <= len(text) <= LONGEST_NAME or any(character.isdigit() for character in text):
        return False
    parts = text.split()
    if len(parts) > _MOST_WORDS or not all(_WORD.fullmatch(part) for part in parts):
        return False
    if len(parts) == 1 and text.isascii() and not (text[0].isupper() and text[1:].islower()):
        return False  # the name of an account
    words = load_byline_words()
    folded = [word for part in parts for word in normalise(part).split(".")]
    return not any(word in words.desks or word in words.not_names for word in folded)
