"""Whose report it is and where it was filed: the credit and the dateline, read from text and bylines.

Where credit stands: in the dateline (القاهرة - رويترز, دمشق، سوريا (CNN) --), in the byline, on a line of its
own at the end (المصدر: الجزيرة), in JSON-LD, or in the first or last sentence (وفق ما نقل موقع …). A caption
is no place for it: the picture's agency is not the text's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from newscrawl.arabic.credits import load_byline_words, load_houses
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.bylines import LONGEST_FREE_NAME, Byline, parse_byline
from newscrawl.extraction.datelines import read_dateline
from newscrawl.extraction.sitenames import SiteNames
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.page import Node

_LINE = 90
"""Characters; a line of credit alone in a paragraph has fewer."""
_ABOVE = 4
"""Lines above the headline that may name the source."""
_LAST = 4
"""So many paragraphs at the end may hold the line of credit."""

_DIVIDED = re.compile(r"\s[-–—ـ]|[-–—ـ]\s|[–—/|]")
_CLOSING = re.compile(r"[(\[«]([^()\[\]«»\n]{2,40})[)\]»][\s.]*$")
_BYLINE = re.compile(r"^\s*(?:بقلم|كتبت?|إعداد|اعداد)\s*[:/-]")
_SERVICE = re.compile(r"^[\s*]*(?:خدمة|بالاتفاق مع):?\s?[«\"“{]([^«»\"“”{}\n]{2,40})[»\"”}]")
_SENTENCE_END = re.compile(r"(?<=[.؟!])\s")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a report credits, as published; empty where it credits nobody."""

    agency: str = ""
    """The agency, paper, channel or site whose report it is."""
    dateline: str = ""
    """The place of the dateline, without date and agency."""
    authors: tuple[str, ...] = ()
    """Writers named on a line of their own in the text, for pages whose byline stands there."""


def credit_of(
    body: str,
    lines: Sequence[str] = (),
    site: SiteNames | None = None,
    *,
    notes: Sequence[str] = (),
) -> Credit:
    """Read who is credited and where the report was filed. Total: a strange text gives an empty credit.

    Args:
        body: the article's paragraphs, separated by blank lines.
        lines: the page's lines of credit (bylines, source lines), as published.
        site: the page's own names. The own house counts as agency only where it signs a dateline or
            a source line.
        notes: lines that stood above or below the text and are no paragraphs of it.
    """
    own = site or SiteNames()
    paragraphs = [line.strip() for line in body[:200_000].split("\n") if line.strip()]
    datelines = [read_dateline(text, own) for text in (*paragraphs[:1], *notes)]
    bylines = [parse_byline(line, own) for line in lines]
    short = [*notes, *_lines_of_credit(paragraphs)]
    alone = [line for text in short if len(text) <= _LINE and (line := _line_alone(text, own))]
    place = next((line.place for line in (*datelines, *bylines, *alone) if line.place), "")
    agencies = [
        *(line.supplier for line in (*datelines, *bylines) if line.supplier),
        *_sources(paragraphs, [*lines, *notes], own),
        *(line.supplier for line in alone),
        *_credited(paragraphs, own),
    ]
    authors = tuple(dict.fromkeys(name for line in (*datelines, *alone) for name in line.authors))
    return Credit(next((name for name in agencies if name), ""), place, authors)


def source_lines(around: Surroundings) -> Iterator[str]:
    """The article's source lines: what calls itself source, or begins with المصدر; no picture's."""
    for node in around.near("source"):
        text = around.spaced(node, 3 * _LINE)
        if 0 < len(text) <= _LINE and not _of_picture(node):
            yield text
    for text, node in around.labelled:
        if len(text) <= _LINE and _after_label(text) and not _of_picture(node):
            yield text
    yield from _over_the_headline(around)


def _over_the_headline(around: Surroundings) -> Iterator[str]:
    """Lines just above the headline that name where the report is from: نقلا عن …."""
    if around.headline.block is None:
        return
    at = around.headline.block.index
    for block in around.page.blocks[max(0, at - _ABOVE) : at]:
        if len(block.text) <= _LINE and _after_label(block.text) and not around.outside(block.node):
            yield block.text


def _of_picture(node: Node) -> bool:
    holders = list(islice(node.above(), 4))
    return any(holder.tag in ("figure", "figcaption", "a") for holder in holders) or any(
        "caption" in holder.roles for holder in holders[:2]
    )


def _lines_of_credit(paragraphs: list[str]) -> Iterator[str]:
    """The first and the last paragraphs that are too short to be anything but a line."""
    for paragraph in [*paragraphs[:1], *paragraphs[1:][-_LAST:]]:
        if len(paragraph) <= _LINE:
            yield paragraph


def _line_alone(text: str, site: SiteNames) -> Byline | None:
    """What a paragraph names that holds names and nothing else: فرانس24/ أ ف ب."""
    if text.endswith((".", "؟", "!", "…", ":", "؛")) or len(text.split()) > 10:
        return None
    line = parse_byline(text, site, one_word=False)
    if _BYLINE.match(text) and not line.rest:
        return line
    if ":" in text or not all(len(name.split()) <= LONGEST_FREE_NAME for name in line.authors):
        line.authors = []
    if not _DIVIDED.search(text):  # الأهلاويون يتنزهون في جنيف: a heading
        line.authors = []
    names_a_house = line.suppliers and not line.rest
    return line if names_a_house or (line.place and (line.own or line.authors)) else None


def _sources(paragraphs: list[str], lines: Iterable[str], site: SiteNames) -> Iterator[str]:
    """The houses named by المصدر: …, at the text's end or beside it; and by (رويترز) behind the last word."""
    for text in (*paragraphs[-_LAST:], *lines):
        name = _after_label(text)
        if name:
            line = parse_byline(name, site)
            yield next(iter([*line.suppliers, line.own, *line.authors]), "") or _other_house(name)
    if paragraphs:
        for text in paragraphs[-2:]:
            if match := _SERVICE.match(text):
                yield match[1].strip()
        match = _CLOSING.search(paragraphs[-1][-60:])
        if match and load_houses().is_agency(match[1].strip()):
            yield match[1].strip()


def _other_house(name: str) -> str:
    """A name that no list has, where it stands as a source and is no desk's (خاص, متابعات)."""
    words = [normalise(word) for word in name.split()]
    desks = load_byline_words().desks
    return name if len(words) <= LONGEST_FREE_NAME and not any(word in desks for word in words) else ""


def _after_label(text: str) -> str:
    """What stands behind المصدر: in a short line; empty where the line is none of a source."""
    if len(text) > _LINE:
        return ""
    bare = text.lstrip(" *-–—•#(")
    for label in load_houses().source_labels:
        if bare.startswith(label):
            rest = bare[len(label) :].strip()
            colon = rest[:1] in (":", "-", "–", "/", "|")
            name = rest.lstrip(":-–/| ").strip(" .)")
            if name and (colon or load_houses().is_house(name)):
                return name
    return ""


def _credited(paragraphs: list[str], site: SiteNames) -> Iterator[str]:
    """Houses that the first paragraph or the last sentence credits: وفق ما نقل موقع دايلي ميل."""
    if not paragraphs:
        return
    texts = [paragraphs[0][:1500]]
    if len(paragraphs) > 1:
        texts.append(_SENTENCE_END.split(paragraphs[-1][-600:])[-1])
    for text in texts:
        for name in credited_houses(text):
            if not site.names(name):
                yield name


_TOKEN = re.compile(r"[\w'’&-]+|[^\w\s]")
_LATIN = re.compile(r"[A-Za-z][\w'’&.-]*")


def credited_houses(text: str) -> Iterator[str]:
    """The houses behind a verb or preposition of crediting and the kind of house."""
    houses = load_houses()
    if houses.kinds.isdisjoint(word.removeprefix("ل") for word in _TOKEN.findall(normalise(text))):
        return  # most texts
    tokens = [(match[0], match.start(), match.end()) for match in _TOKEN.finditer(text)]
    folded = [normalise(token) for token, _, _ in tokens]
    for at, word in enumerate(folded):
        kind = word.removeprefix("ل") if word.removeprefix("ل") in houses.kinds else word
        if kind in houses.kinds and _is_credited(folded, at, kind != word):
            name = _name_after(text, tokens, folded, at + 1, known_only=kind in houses.known_only)
            if name:
                yield name


def _is_credited(folded: list[str], at: int, joined: bool) -> bool:
    """Whether crediting words stand before the kind of house: وفق ما نقل موقع, نشرت صحيفة, وفقا لصحيفة."""
    houses = load_houses()
    for back in range(1, 5):
        if at < back:
            return False
        word = folded[at - back]
        if word in houses.kinds:
            continue  # نقلا عن موقع صحيفة ماركا
        bare = word.removeprefix("و") if word.removeprefix("و") in houses.published else word
        if word in houses.according or bare in houses.according or word.removeprefix("و") in houses.according:
            return True
        if bare in houses.published:
            return not joined and back == 1
        if word not in houses.fillers:
            return False
    return False


def _name_after(
    text: str, tokens: list[tuple[str, int, int]], folded: list[str], at: int, *, known_only: bool
) -> str:
    """The name that begins at a token: a known house, a quoted name, Latin words, or up to three others."""
    houses = load_houses()
    if at < len(tokens) and folded[at] in houses.kinds:
        return ""
    for last in range(min(at + 5, len(tokens)) - 1, at - 1, -1):
        name = text[tokens[at][1] : tokens[last][2]]
        if houses.is_house(name):
            return re.split(r"[»\"”]", name.lstrip("«\"'“ ("))[0].strip(" ().،,:'")
    if at >= len(tokens) or known_only:
        return ""
    if tokens[at][0] in '«"“(':
        inside = text[tokens[at][2] :][:40]
        return re.split('[»"”)\n]', inside)[0].strip()
    if _LATIN.match(tokens[at][0]):
        last = at
        while last + 1 < len(tokens) and _LATIN.fullmatch(tokens[last + 1][0]):
            last += 1
        return text[tokens[at][1] : tokens[last][2]]
    return ""
