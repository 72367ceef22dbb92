"""Who wrote it: the persons that the page names as writers, and the lines in which it does."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from newscrawl.arabic.credits import load_byline_words
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.bylines import LONGEST_FREE_NAME, LONGEST_LINE, parse_byline
from newscrawl.extraction.sitenames import SiteNames
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.page import Block
from newscrawl.page.statements import Statements, as_list, clean, string

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
_NO_LINES = frozenset({"a", "figure", "li"})
_SHORTEST_BESIDE, _LONGEST_BESIDE = 8, 100
_SHORT_CREDIT = 4
"""Words of a line that begins with كتب and is a credit, not a sentence."""
_BY = re.compile(r"(?:^|[\s\-–—(])(?:بقلم|كتبت?|إعداد|اعداد)\s*[:/]")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")


def read_authors(around: Surroundings, site: SiteNames, section: str = "") -> tuple[list[str], list[str]]:
    """The writers, and every line of credit as published (read_credit looks there for place and agency).

    JSON-LD's persons first, then meta tags, then the byline beside the headline. A byline that says
    "written by" in words goes before a content system's account in Latin letters.
    """
    said = around.page.said
    shown, in_words = _distinct(_shown(around)), _distinct(_in_words(around))
    stated = _distinct([*_linked(said), *_tagged(said, " ".join(shown))])
    authors = _names(stated, site)
    from_words = _names(in_words, site)
    if from_words and not any(_ARABIC.search(name) for name in authors):
        authors = from_words
    authors = authors or _names(shown[:4], site, one_word=False)
    beside = [] if authors else list(islice(_beside(around, site), 1))
    authors = authors or _names(beside, site, one_word=False)
    key = normalise(section)
    authors = [name for name in authors[:_MOST] if normalise(name) != key]
    return authors, _distinct([*stated, *shown, *in_words, *beside])


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
    for item in as_list(value)[:_MOST]:
        if isinstance(item, str):
            yield "", string(item)
        elif isinstance(item, dict):
            if not item.get("name") and isinstance(item.get("@id"), str):
                person = next((other for other in said.linked if other.get("@id") == item["@id"]), item)
            else:
                person = item
            names = person.get("name")
            for name in as_list(names):
                yield str(person.get("@type", "")), clean(string(name))


def _shown(around: Surroundings) -> Iterator[str]:
    """The texts of what calls itself byline, the article's first."""
    for node in islice(around.near("byline"), _MOST):
        if "caption" in node.roles:
            continue
        text = node.get("content") or around.spaced(node, 2 * LONGEST_LINE)
        if 0 < len(text) <= LONGEST_LINE:
            yield clean(text)


def _in_words(around: Surroundings) -> Iterator[str]:
    """Lines that begin with بقلم, كتب and the like, whatever their class."""
    leads = load_byline_words().leads
    for text, node in around.labelled:
        first = normalise(text[:LONGEST_LINE].split(" ", 1)[0].strip(":/-–"))
        if first not in leads or node.link is not None or any(o.tag == "figure" for o in node.above()):
            continue
        if len(text) <= LONGEST_LINE and (
            first == "بقلم" or _COLON.match(text) or len(text.split()) <= _SHORT_CREDIT
        ):
            yield text


def _beside(around: Surroundings, site: SiteNames) -> Iterator[str]:
    """Lines at the headline that name a writer with place or date, and nothing else, whatever their class."""
    block = around.headline.block
    if block is None:
        return
    read = 0
    for other in islice(around.page.blocks, block.index + 1, block.index + _NEAR):
        text = other.text
        if _may_be_byline(around, other) and _signs(text, site):
            yield clean(text)
        read += len(text)
        if read > _TEXT_BEGINS:
            return


def _may_be_byline(around: Surroundings, block: Block) -> bool:
    """Whether a line at the headline is no other story's, no heading and no caption."""
    if not _SHORTEST_BESIDE < len(block.text) <= _LONGEST_BESIDE or block.level or block.node.link:
        return False
    listed = any(node.tag in _NO_LINES for node in islice(block.node.above(), 3))
    return not listed and "caption" not in around.page.roles(block)


def _signs(text: str, site: SiteNames) -> bool:
    """Whether a line is a full name and a place or date: منى علي (القاهرة), منى علي | الأحد 3 مايو 2026.

    A place before "by" signs too: غزة- بقلم : منى علي.
    """
    line = parse_byline(text, site, one_word=False)
    if len(line.authors) != 1 or line.suppliers or not 2 <= len(line.authors[0].split()) <= LONGEST_FREE_NAME:
        return False
    if ":" in _CLOCK.sub("", text) and not (line.place and _BY.search(text)):
        return False
    dated = all(any(character.isdigit() for character in piece) for piece in line.rest)
    return dated and bool(line.place or line.own or line.rest)
