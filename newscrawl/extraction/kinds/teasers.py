"""How much of a page's text belongs to other articles: link texts, and teasers under a linked headline."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from lxml.html import HtmlElement

HEADLINE_WORDS = 4
"""A link of so many words is a headline; menus and "read more" have fewer."""
CARD_EXTRAS = 120
"""Characters that a card holds besides headline and teaser: a day, a section's name, "read more"."""
CAPTION_EXTRAS = 40
"""Characters that stand with a picture besides its caption: the photographer, "3 of 12"."""
_KEY = 32
"""So many characters of its beginning know a paragraph again in the tree."""
_PIECES = 8
_CLIMB = 4
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset({"a", "b", "strong", "span", "font", "em", "i", "u", "mark"})
_UNSEEN = frozenset({"script", "style", "head", "title"})
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph of the body."""

    text: str
    words: int
    element: HtmlElement | None
    """The element that begins with it; None where the tree has none."""


class Teasers:
    """The body's paragraphs seen in their page. Work is done when asked for, and once for each element."""

    def __init__(self, tree: HtmlElement, body: str) -> None:
        self._tree = tree
        self._body = body
        self._texts: dict[HtmlElement, str] = {}
        self._headlines: dict[HtmlElement, str] = {}
        self._linked: dict[HtmlElement, int] = {}

    @cached_property
    def paragraphs(self) -> list[Placed]:
        """The body's paragraphs in their places."""
        places = _beginnings(self._tree)
        texts = filter(None, map(_clean, self._body.split("\n")))
        return [Placed(text, len(_WORD.findall(text)), places.get(text[:_KEY])) for text in texts]

    @cached_property
    def foreign(self) -> list[Placed]:
        """The paragraphs that are links or teasers of other articles."""
        return [paragraph for paragraph in self.paragraphs if self._is_foreign(paragraph)]

    @property
    def share(self) -> float:
        """The share of the body's words that stand in such paragraphs: 0.0 … 1.0; 0.0 without a body."""
        words = sum(paragraph.words for paragraph in self.paragraphs)
        return sum(paragraph.words for paragraph in self.foreign) / words if words else 0.0

    @cached_property
    def captions(self) -> list[Placed]:
        """The paragraphs that stand alone with a picture."""
        return [paragraph for paragraph in self.paragraphs if self._is_caption(paragraph)]

    @cached_property
    def headlines(self) -> int:
        """How many different headlines the page links to."""
        return len({text for link in self._tree.iter("a") if (text := _headline(link))})

    def _is_foreign(self, paragraph: Placed) -> bool:
        return paragraph.element is not None and (
            self._is_link(paragraph.element, paragraph.text)
            or self._is_teaser(paragraph.element, paragraph.text)
        )

    def _is_link(self, element: HtmlElement, text: str) -> bool:
        """Whether a paragraph is a link's text. Its element may hold others too, set apart by breaks."""
        around = next(iter(_self_or_above(element, "a")), None)
        if around is not None and around.get("href"):
            return True
        return self._linked_in(element) * 10 > max(len(text), len(self.text_of(element))) * 8

    def _is_teaser(self, element: HtmlElement, text: str) -> bool:
        """Whether a linked headline comes first in a small container that holds nothing else of length."""
        for above in islice(element.iterancestors(), _CLIMB):
            if above.tag in ("body", "html"):
                return False
            whole = self.text_of(above)
            headline = self._first_headline(above)
            if len(whole) > len(text) + len(headline) + CARD_EXTRAS:
                return False
            if headline:
                return 0 <= whole.find(headline) < whole.find(text[:_KEY])
        return False

    def _is_caption(self, paragraph: Placed) -> bool:
        if paragraph.element is None:
            return False
        for element in (paragraph.element, *islice(paragraph.element.iterancestors(), _CLIMB)):
            if len(self.text_of(element)) > len(paragraph.text) + CAPTION_EXTRAS:
                return False
            if element.tag == "figcaption" or next(element.iter("img"), None) is not None:
                return True
        return False

    def text_of(self, element: HtmlElement) -> str:
        """An element's text with single spaces; read once."""
        if element not in self._texts:
            self._texts[element] = _clean(element.text_content())
        return self._texts[element]

    def _linked_in(self, element: HtmlElement) -> int:
        """Characters of an element's links; counted once."""
        if element not in self._linked:
            self._linked[element] = sum(len(_clean(link.text_content())) for link in element.iter("a"))
        return self._linked[element]

    def _first_headline(self, element: HtmlElement) -> str:
        if element not in self._headlines:
            self._headlines[element] = next(filter(None, map(_headline, element.iter("a"))), "")
        return self._headlines[element]


def _headline(link: HtmlElement) -> str:
    """A link's text if it is long enough for a headline, without the rest of its card; else empty.

    A link inside the page's own heading leads to the page itself.
    """
    if not link.get("href") or _self_or_above(link, "h1"):
        return ""
    heading = next(link.iter(*_HEADINGS), None)
    text = _clean((link if heading is None else heading).text_content())
    return text if len(_WORD.findall(text[:200])) >= HEADLINE_WORDS else ""


def _self_or_above(element: HtmlElement, tag: str) -> list[HtmlElement]:
    around = islice(element.iterancestors(), _CLIMB)
    return [candidate for candidate in (element, *around) if candidate.tag == tag]


def _beginnings(tree: HtmlElement) -> dict[str, HtmlElement]:
    """How each piece of text begins → the element that it begins; of several, the first."""
    found: dict[str, HtmlElement] = {}
    for element in tree.iter():
        if element.tag in _UNSEEN or not isinstance(element.tag, str):
            continue
        if element.tag == "br":
            tail, parent = element.tail, element.getparent()
            if tail and parent is not None and not tail.isspace():
                found.setdefault(_key(tail), parent)
        elif element.text and not element.text.isspace():
            holder = _begun_by(element)
            key = _key(element.text)
            if len(key) < _KEY:  # a bold word, and the sentence goes on outside it
                key = _key("".join(islice(holder.itertext(), _PIECES)))
            found.setdefault(key, holder)
    return found


def _begun_by(element: HtmlElement) -> HtmlElement:
    """The block that a piece of text begins: around `<p><b>Cairo</b> …` it is the paragraph."""
    while element.tag in _INLINE:
        parent = element.getparent()
        if parent is None or parent[0] is not element or (parent.text and not parent.text.isspace()):
            break
        element = parent
    return element


def _key(text: str) -> str:
    return _clean(text[: 8 * _KEY])[:_KEY]


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
