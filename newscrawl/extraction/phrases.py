"""The phrases of `data/phrases.toml`: what in a line of text says that the line is not the article's.

All comparisons are between normalised texts, so spelling (إقرأ أيضاً, اقرأ ايضا) does not matter.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate, pairwise

from newscrawl.arabic.normalise import normalise


class Kind(StrEnum):
    """What a phrase says of its line."""

    RELATED = "related"
    """Other articles are pointed to."""
    TAGS = "tags"
    SOURCE = "source"
    """Names whom the text was taken from."""
    COMMENTS = "comments"
    NOTICE = "notice"
    """The outlet speaks to its reader."""
    ADVERTISEMENT = "advertisement"
    CONTROL = "control"
    """A button, a counter or a stamp."""
    BYLINE = "byline"
    CREDIT = "credit"
    """A photo's."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase at the beginning of a line, or in it."""

    kind: Kind
    alone: bool
    """Whether the line is nothing else."""
    rest: str
    """What follows it, normalised."""
    marked: bool = True
    """Whether a colon or the like follows it, or nothing."""


SURE = (Kind.RELATED, Kind.TAGS, Kind.COMMENTS, Kind.NOTICE, Kind.ADVERTISEMENT)
"""Kinds whose phrases no reporter writes in a sentence."""

_MARKS = r"\s*[:؛|/\\>«»“”\"…\-–—ـ.*•←→]"
_BRACKET = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_BETWEEN = re.compile(r"[-–/،,:|]")
_JUNK = re.compile(r"^[\W_]+")
_ENDINGS = "ا|نا|ك|كم"
"""What the last word of a phrase may have at its end: تعليقا, موقعنا, تعليقك."""
_FIRST = 3
_START = 24
"""Characters in which a line's first letters are found, bullets and harakat before them."""
_LONGEST_NOTICE = 320
"""Characters of a line that may be a notice for a phrase in its midst."""
_LINE = 600
"""Characters of a line that are looked at."""


@cache
def _table() -> dict[str, dict[str, list[dict[str, str]]]]:
    file = resources.files("newscrawl.extraction").joinpath("data", "phrases.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _alternation(kind: Kind, form: str) -> str:
    texts = {normalise(entry["text"]).strip() for entry in _table()[kind].get(form, ())}
    return "|".join(re.escape(text).replace(r"\ ", r"\s*") for text in sorted(texts, key=len, reverse=True))


@cache
def _patterns() -> list[tuple[Kind, str, re.Pattern[str]]]:
    """One expression for each kind and form, in the order in which they are tried."""
    button = _alternation(Kind.CONTROL, "alone")
    frames = {
        "alone": r"(?:(?:%s)[\W_\d]*)+$",  # or several, as buttons stand in a row
        "mark": rf"(?:%s)(?:[\W_]*$|{_MARKS}+)",
        "open": rf"(?:%s)(?P<mark>[\W_]*$|{_MARKS}+)?",
        # A whole word, شارك الخبر and not شارك الخبراء; but buttons stand unspaced: شارك الخبرفيسبوك.
        "start": rf"(?:%s)(?:(?<=\W)|(?:{_ENDINGS})?(?:(?![^\W\d_])|(?={button})))",
        "within": r"(?:%s)(?!\w)",
    }
    return [
        (kind, form, re.compile(frame % words, re.IGNORECASE))
        for kind in Kind
        for form, frame in frames.items()
        if (words := _alternation(kind, form))
    ]


@cache
def _beginning() -> re.Pattern[str]:
    """The first letters of every phrase that a line may begin with."""
    starts = {
        r"\s*".join(map(re.escape, normalise(entry["text"]).replace(" ", "")[:_FIRST]))
        for kind in Kind
        for form in ("open", "alone", "mark", "start")
        for entry in _table()[kind].get(form, ())
    }
    return re.compile(rf"[\W_]*(?:{'|'.join(sorted(starts))})")


def find(line: str) -> Found | None:
    """The phrase that a line begins with (or, of some, holds), or None."""
    within = len(line) <= _LONGEST_NOTICE
    if not within and not may_begin(line):
        return None
    whole = normalise(line[:_LINE])
    begins = _beginning().match(whole) is not None
    text = _JUNK.sub("", whole)
    for kind, form, pattern in _patterns():
        if form == "within":
            if within and pattern.search(text) and not text.endswith("؟"):
                return Found(kind, alone=False, rest="")
        elif begins and (match := pattern.match(text)):
            rest = text[match.end() :].strip()
            marked = form != "open" or match["mark"] is not None
            return Found(kind, alone=not rest.strip(" .:-"), rest=rest, marked=marked)
    return None


def may_begin(line: str) -> bool:
    """Whether a line may begin with a phrase: a quick answer, no for most lines."""
    return _beginning().match(normalise(line[:_START])) is not None


@cache
def _glued() -> re.Pattern[str]:
    """A pointer or a list of tags in the midst of a line, with its colon."""
    words = "|".join(
        re.escape(text).replace(r"\ ", r"\s+")
        for kind in (Kind.RELATED, Kind.TAGS)
        for form in ("open", "mark")
        for text in sorted(
            (normalise(e["text"]) for e in _table()[kind].get(form, ())), key=len, reverse=True
        )
        if " " in text
    )
    source = "|".join(re.escape(normalise(entry["text"])) for entry in _table()[Kind.SOURCE]["mark"])
    return re.compile(rf"(?<![^\W_])(?:{words})\s*:|(?<=[.!؟?»”\"])\s*(?:{source})\s*:")


def split_glued(line: str) -> list[str]:
    """A line, cut before each pointer, list of tags and source that stands glued in its midst."""
    if ":" not in line:
        return [line]
    text = normalise(line)
    places = [start for match in _glued().finditer(text) if (start := match.start())]
    if not places:
        return [line]
    cuts = [0, *_unfolded(line, text, places), len(line)]
    pieces = (line[start:end].strip() for start, end in pairwise(cuts))
    return [piece for piece in pieces if piece]


def _unfolded(line: str, text: str, places: Sequence[int]) -> list[int]:
    """Where the letters at places of the normalised line, in rising order, stand in the line itself.

    Counted in letters: white space is folded and stripped, a letter never moves past another.
    """
    between = (text[start:end] for start, end in pairwise([0, *places]))
    wanted = list(accumulate(len("".join(piece.split())) for piece in between))
    found: list[int] = []
    count = 0
    for index, character in enumerate(line):
        size = _size(character)
        while size and len(found) < len(wanted) and count >= wanted[len(found)]:
            found.append(index)
        count += size
    return found


@lru_cache(maxsize=4096)
def _size(character: str) -> int:
    """How many letters a character has when normalised: none, one, or a ligature's."""
    return len(normalise(character).strip())


@cache
def _photo_agencies() -> frozenset[str]:
    return frozenset(normalise(entry["text"]) for entry in _table()["photo_agency"]["alone"])


@cache
def _photographer() -> frozenset[str]:
    return frozenset(normalise(str(word)) for word in _table()["photographer"]["words"])


def photo_credit(line: str) -> int | None:
    """Where in a line the first bracket that names a photo's agency ends, or None.

    >>> photo_credit("شي خلال القمة (رويترز - أرشيف) ختام"), photo_credit("قال (محذرا) إنه")
    (30, None)
    """
    for bracket in _BRACKET.finditer(line):
        names = [name.strip() for name in _BETWEEN.split(normalise(bracket[1]))]
        if names[0].split(" ")[0] in _photographer() or any(name in _photo_agencies() for name in names):
            return bracket.end()
    return None


def leaks(body: str) -> list[str]:
    """The lines of a body that a phrase shows to be none of the article's, for scorecards.

    Bylines, sources and photo credits do not count: an article may keep them.
    """
    lines = (line.strip() for line in body.split("\n"))
    return [line for line in lines if line and (found := find(line)) and found.kind in SURE]
