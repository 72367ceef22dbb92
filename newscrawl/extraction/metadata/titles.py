"""The headline: the words that the page shows as its headline, told from logos, sections and site names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lxml.html import HtmlElement

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.metadata.landmarks import Landmarks, roles_of
from newscrawl.extraction.metadata.sitenames import SiteNames
from newscrawl.page.statements import Statements, clean, string

_MOST = 40
"""So many headings, and forms of one, are looked at."""
_MOST_CUTS = 12
_SHORTEST = 20
"""Characters of a headline that may be told by its words alone."""
_PLAIN = ("td", "b", "strong", "font", "div", "p", "span", "h3", "h4", "big", "center")
"""What holds the headline on pages without headings."""
LONGEST = 500
"""Characters; what is longer is no headline."""
SAME = 0.5
"""From this agreement on, a heading and a stated title are two forms of one headline."""
_CUT_LENGTH = 100
"""A title that stops here may have been cut by a length limit: Google asks for at most 110 characters."""

HOME = frozenset({"الرييسيه", "الرءيسيه", "الصفحهالرءيسيه", "home", "homepage", "الصفحهالاولي"})
"""The home page's name in titles and crumbs, as keys (الرئيسية normalised)."""

_SEPARATOR = re.compile(r"\s?[-–—|:/«»•·~]+\s?")
"""What may stand between a title and its site's name. Most stand inside headlines too."""
_WORD = re.compile(r"\w+")
_ELLIPSIS = ("…", "...", "..")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline as published, and the element that shows it, if one does."""

    text: str = ""
    element: HtmlElement | None = None


class Wording:
    """A title as written, with its forms for comparing."""

    __slots__ = ("key", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        words = _WORD.findall(normalise(_uncut(text)))
        self.key = "".join(words)
        self.words = frozenset(words)


@dataclass(frozen=True, slots=True)
class Heading:
    """One reading of an element that may be the headline."""

    wording: Wording
    element: HtmlElement


def read_headline(
    tree: HtmlElement, marks: Landmarks, said: Statements, site: SiteNames, sections: list[str]
) -> Headline:
    """The article's headline.

    The heading on the page that agrees best with what the page states to machines wins, in its own words;
    where no heading agrees, one that is surely no logo or section; else the stated title, without the
    site's name and section. `sections` are the page's stated sections.
    """
    stated = [Wording(title) for title in dict.fromkeys(_stated(tree, said, site, sections))]
    shown = [heading for heading in _headings(marks) if not _is_sign(heading.wording.text, site, sections)]
    best = (
        _agreeing(shown, stated)
        or _alone(shown, stated, marks)
        or _second_rank(marks, stated)
        or _spelled_out(tree, stated)
    )
    if best is None:
        return Headline(_whole(stated[0].text, stated)) if stated else Headline()
    text = without_site(best.wording.text, site, [])
    return Headline(_whole(text, stated), best.element)


@lru_cache(maxsize=512)  # a page repeats its title, section and site's name in many places
def title_key(text: str) -> str:
    """A title for comparing: normalised letters and digits only."""
    return "".join(_WORD.findall(normalise(text)))


def without_site(title: str, site: SiteNames, sections: list[str]) -> str:
    """A title without the site's name, section and الرئيسية glued to its ends by a dash, bar or the like.

    A section goes only beside the site's name, or at the end: "زراعة: موسم وفير" is how headlines begin.
    """
    known = {title_key(section) for section in sections} | HOME
    cuts = [(match.start(), match.end()) for match in _SEPARATOR.finditer(title)]
    start, end = 0, len(title)
    for left, right in reversed(cuts[-_MOST_CUTS:]):
        piece = title[right:end].strip()
        if not piece or not (title_key(piece) in known or site.names(piece)):
            break
        end = left
    for left, right in cuts[:_MOST_CUTS]:
        piece = title[start:left].strip()
        if right > end or not piece or not (site.names(piece) or (start and title_key(piece) in known)):
            break
        start = right
    return title[start:end].strip() or title


def agreement(first: Wording, second: Wording) -> float:
    """How surely two texts are forms of one headline: 1 the same letters … 0 nothing in common."""
    if first.key == second.key:
        return 1.0 if first.key else 0.0
    short, long = sorted((first.key, second.key), key=len)
    if len(short) >= 12 and short in long:
        return 0.9
    shared = len(first.words & second.words)
    return 0.8 * shared / min(len(first.words), len(second.words)) if shared >= 3 else 0.0


def _stated(tree: HtmlElement, said: Statements, site: SiteNames, sections: list[str]) -> Iterator[str]:
    meta = said.meta
    for value in (
        string(said.article.get("headline")),
        meta.get("og:title", ""),
        meta.get("twitter:title", ""),
        meta.get("headline", ""),
        string(said.article.get("name")),
        next((element.text_content() for element in tree.iter("title") if _in_head(element)), ""),
    ):
        title = without_site(clean(clean(value[: 2 * LONGEST])), site, sections)
        if title and len(title) <= LONGEST and not _is_sign(title, site, sections):
            yield _without_tail(title)


def _in_head(element: HtmlElement) -> bool:
    """Whether a title element is the page's own, not a drawing's."""
    above = element.getparent()
    return above is None or above.tag in ("head", "html", "body")


def _without_tail(title: str) -> str:
    """A title without a short last part behind a bar: a bar parts a site's name, or follows one word."""
    head, bar, tail = title.rpartition("|")
    if bar and len(head.split()) >= 4 and len(tail.split()) <= 3:
        return head.strip()
    return title


def _headings(marks: Landmarks) -> list[Heading]:
    """What the page may show as headline: every h1, and what calls itself headline."""
    seen: set[int] = set()
    found: list[Heading] = []
    for role in ("h1", "headline"):
        for _, element in marks.found.get(role, ())[:_MOST]:
            if id(element) not in seen and element.tag not in ("a", "body", "article", "form", "img"):
                seen.add(id(element))
                found += [Heading(Wording(text), element) for text in dict.fromkeys(_forms(element))]
    return [heading for heading in found if 1 < len(heading.wording.text) <= LONGEST]


def _forms(element: HtmlElement) -> Iterator[str]:
    """A heading's text: without a kicker in a child of its own, then whole, then without either end child."""
    whole = element.text_content()
    if len(whole) > 10 * LONGEST:
        return
    children = [child for child in element.iterchildren() if isinstance(child.tag, str)][:_MOST]
    if not children:
        yield clean(whole)
        return
    kickers = [child for child in children if roles_of(child.get("class") or "") & {"section", "standfirst"}]
    if kickers:
        yield _text_without(element, kickers)
    yield _text_without(element, [])
    if len(children) > 1 or (element.text or "").strip() or (children[0].tail or "").strip():
        yield _text_without(element, children[:1])
        yield _text_without(element, children[-1:])


def _text_without(element: HtmlElement, left_out: list[HtmlElement]) -> str:
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and not any(child is other for other in left_out):
            pieces.append(" " if child.tag in ("br", "div", "p") else "")
            pieces.append(child.text_content())
            pieces.append(" " if child.tag in ("div", "p") else "")
        pieces.append(child.tail or "")
    return clean("".join(pieces))


def _agreeing(headings: list[Heading], stated: list[Wording]) -> Heading | None:
    best, highest = None, 0.0
    for heading in headings:
        score = max((agreement(heading.wording, title) for title in stated), default=0.0)
        if score >= SAME and score > highest:
            best, highest = heading, score
    return best


def _alone(headings: list[Heading], stated: list[Wording], marks: Landmarks) -> Heading | None:
    """The only h1 that is long enough for a headline, where nothing stated agrees with any heading."""
    least = 4 if any(len(title.text.split()) > 2 for title in stated) else 2  # a word or two is no headline
    fitting = [
        heading
        for heading in headings
        if heading.element.tag == "h1"
        and len(heading.wording.text.split()) >= least
        and not _in_masthead(heading.element, marks)
    ]
    if not fitting:
        return None
    copies = {heading.wording.key for heading in fitting if heading.element is fitting[0].element}
    alone = all(
        heading.wording.key in copies for heading in fitting if heading.element is not fitting[0].element
    )
    return fitting[0] if alone or not stated else None


def _second_rank(marks: Landmarks, stated: list[Wording]) -> Heading | None:
    """An h2 whose words are a stated title's: the headline of pages that keep h1 for their logo."""
    keys = {title.key for title in stated}
    for _, element in marks.found.get("h2", ())[:_MOST]:
        wording = Wording(clean(element.text_content()[: 2 * LONGEST]))
        if wording.key in keys and not marks.outside(element):
            return Heading(wording, element)
    return None


def _spelled_out(tree: HtmlElement, stated: list[Wording]) -> Heading | None:
    """The element whose text is a stated title, or the title without what a mark parts from its ends.

    For pages without headings: the longest such text is the headline, the rest is the site's.
    """
    wanted = {title_key(text) for title in stated for text in _parts(title.text)}
    best: Heading | None = None
    for element in tree.iter(*_PLAIN):
        text = element.text
        if not text or not _SHORTEST <= len(text.strip()) <= LONGEST:
            continue
        if title_key(text) in wanted and (best is None or len(text) > len(best.wording.text)):
            best = Heading(Wording(clean(text)), element)
    return best


def _parts(title: str) -> Iterator[str]:
    """A title, and what is left of it without its first or last pieces."""
    yield title
    for match in list(_SEPARATOR.finditer(title))[:_MOST_CUTS]:
        for text in (title[: match.start()], title[match.end() :]):
            if len(text) >= _SHORTEST:
                yield text


def _in_masthead(element: HtmlElement, marks: Landmarks) -> bool:
    if marks.outside(element):
        return True
    names = " ".join(
        (above.get("class") or "")[:200] for above in (element, element.getparent()) if above is not None
    )
    return "logo" in names.lower() or "site-title" in names


def _is_sign(text: str, site: SiteNames, sections: list[str]) -> bool:
    """Whether a text is the site's name, a section's, or the home page's: a sign, no headline."""
    key = title_key(text)
    return not key or key in HOME or site.names(text) or key in {title_key(section) for section in sections}


def _uncut(text: str) -> str:
    return text.rstrip(".… ") if text.endswith(_ELLIPSIS) else text


def _whole(text: str, stated: list[Wording]) -> str:
    """The title itself, or the stated one that it is a cut copy of."""
    begun = _uncut(text)
    for other in (title.text for title in stated):
        if len(other) > len(begun) and other.startswith(begun) and not other.endswith(_ELLIPSIS):
            in_a_word = text == begun and other[len(begun)].isalpha()
            if text != begun or in_a_word or len(text) >= _CUT_LENGTH:
                return other
    return text
