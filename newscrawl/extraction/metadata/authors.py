"""Who wrote it: the persons that the page names as writers, and the lines in which it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from lxml.html import HtmlElement

from newscrawl.arabic.credits import load_byline_words
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.metadata.bylines import LONGEST_FREE_NAME, LONGEST_LINE, parse_byline
from newscrawl.extraction.metadata.landmarks import (
    Landmarks,
    ancestors_of,
    following,
    roles_of,
    text_of_label,
    text_with_spaces,
)
from newscrawl.extraction.metadata.sitenames import SiteNames
from newscrawl.extraction.statements import Statements, clean, string

_META = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
)
_MOST = 20
"""So many names, or lines of credit, are read of one page."""
_ARABIC = re.compile("[\u0620-\u064a]")
_COLON = re.compile(r"^\W*(\w+)\s*[:/\-–—]")
_NEAR = 40
"""So many elements behind the headline may hold the byline."""
_TEXT_BEGINS = 300
"""Characters behind the headline; where more stand, the text has begun."""
_NO_LINES = frozenset({"a", "figure", "h2", "h3", "h4", "li"})
_LONGEST_BESIDE = 100
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def read_authors(
    said: Statements, marks: Landmarks, site: SiteNames, section: str = ""
) -> tuple[list[str], list[str]]:
    """The writers, and every line of credit as published (read_credit looks there for place and agency).

    JSON-LD's persons first, then meta tags, then the byline beside the headline. A byline that says
    "written by" in words goes before a content system's account in Latin letters.
    """
    shown, in_words = _distinct(_shown(marks)), _distinct(_in_words(marks))
    stated = _distinct([*_linked(said), *_tagged(said, " ".join(shown))])
    authors = _names(stated, site)
    from_words = _names(in_words, site)
    if from_words and not any(_ARABIC.search(name) for name in authors):
        authors = from_words
    authors = authors or _names(shown[:4], site, one_word=False)
    beside = [] if authors else list(islice(_beside(marks, site), 1))
    authors = authors or _names(beside, site, one_word=False)
    key = normalise(section)
    authors = [name for name in authors[:_MOST] if normalise(name) != key]
    return authors, _distinct([*stated, *shown, *in_words, *beside])


def organisations_of(said: Statements) -> list[str]:
    """The houses that JSON-LD names as author: of agency copy, its agency."""
    return [
        name for kind, name in _persons(said.article.get("author"), said) if "Organization" in kind and name
    ]


def _distinct(lines: Iterable[str]) -> list[str]:
    return [line for line in dict.fromkeys(lines) if line][:_MOST]


def _names(lines: list[str], site: SiteNames, *, one_word: bool = True) -> list[str]:
    """The writers of the first lines that name any, each once."""
    found: dict[str, str] = {}
    for line in lines:
        for name in parse_byline(line, site, one_word=one_word).authors:
            found.setdefault(normalise(name), name)
    return list(found.values())


def _linked(said: Statements) -> Iterator[str]:
    for key in ("author", "creator"):
        yield from (
            name for kind, name in _persons(said.article.get(key), said) if "Organization" not in kind
        )


def _tagged(said: Statements, shown: str) -> Iterator[str]:
    """What meta tags name as author: in Latin letters only who is shown, or it is the site's builder."""
    for name in _META:
        value = clean(clean(said.meta.get(name, "")[: 2 * LONGEST_LINE]))
        if "://" not in value and (_ARABIC.search(value) or value in shown):
            yield value


def _persons(value: Any, said: Statements) -> Iterator[tuple[str, str]]:
    """(type, name) of each author of a JSON-LD value: texts, objects, lists, references into the graph."""
    for item in (value if isinstance(value, list) else [value])[:_MOST]:
        if isinstance(item, str):
            yield "", string(item)
        elif isinstance(item, dict):
            if not item.get("name") and isinstance(item.get("@id"), str):
                person = next((other for other in said.linked if other.get("@id") == item["@id"]), item)
            else:
                person = item
            names = person.get("name")
            for name in names if isinstance(names, list) else [names]:
                yield str(person.get("@type", "")), clean(string(name))


def _shown(marks: Landmarks) -> Iterator[str]:
    """The texts of what calls itself byline, the article's first."""
    for element in [*marks.after("byline"), *marks.before("byline")][:_MOST]:
        if "photo" in roles_of(element.get("class") or ""):
            continue
        text = element.get("content") or _name_inside(element) or text_with_spaces(element, 2 * LONGEST_LINE)
        if 0 < len(text) <= LONGEST_LINE:
            yield clean(text)


def _name_inside(element: HtmlElement) -> str:
    """The name that a microdata person or an author's card holds in an element of its own."""
    if element.get("itemscope") is None:
        return ""
    for child in element.iter():
        if child.get("itemprop") == "name":
            return child.get("content") or clean(child.text_content()[:LONGEST_LINE])
    return ""


def _in_words(marks: Landmarks) -> Iterator[str]:
    """Lines that begin with بقلم, كتب and the like, whatever their class."""
    leads = load_byline_words().leads
    for element in marks.after("label"):
        text = text_of_label(element, LONGEST_LINE)
        first = normalise(text.split(" ", 1)[0].strip(":/-–"))
        if first not in leads or any(above.tag in ("a", "figure") for above in ancestors_of(element, 4)):
            continue
        if first == "بقلم" or _COLON.match(text) or len(text.split()) <= 4:
            yield text


def _beside(marks: Landmarks, site: SiteNames) -> Iterator[str]:
    """Lines at the headline that name a writer with place or date, and nothing else, whatever their class."""
    if marks.headline is None:
        return
    read = 0
    for element in islice(following(marks.headline), _NEAR):
        text = (element.text or "").strip()
        a_line = (
            8 < len(text) <= _LONGEST_BESIDE
            and ":" not in _CLOCK.sub("", text)
            and element.tag not in _NO_LINES
        )
        if a_line and "photo" not in roles_of(element.get("class") or "") and _signs(text, site):
            yield clean(text)
        read += len(text) + len((element.tail or "").strip())
        if read > _TEXT_BEGINS:
            return


def _signs(text: str, site: SiteNames) -> bool:
    """Whether a line is a full name and a place or date: منى علي (القاهرة), منى علي | الأحد 3 مايو 2026."""
    line = parse_byline(text, site, one_word=False)
    if len(line.authors) != 1 or line.suppliers or not 2 <= len(line.authors[0].split()) <= LONGEST_FREE_NAME:
        return False
    dated = all(any(character.isdigit() for character in piece) for piece in line.rest)
    return dated and bool(line.place or line.own or line.rest)
