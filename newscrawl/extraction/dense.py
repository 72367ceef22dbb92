"""The densest block of running text: for pages laid out with tables and line breaks, without paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

_BLOCKS = ("div", "td", "section", "article", "main")
_INLINE = frozenset(
    {"a", "b", "i", "em", "strong", "span", "font", "u", "small", "big", "mark", "q", "sup", "sub"}
)
_SPACE = re.compile(r"\s+")


def densest_block(tree: HtmlElement) -> str:
    """The paragraphs of the element that itself holds the most text, links not counted."""
    best: list[str] = []
    weight = 0
    for element in tree.iter(*_BLOCKS):
        pieces = list(_pieces(element))
        mass = sum(len(text) for text, linked in pieces if not linked)
        if mass > weight:
            best, weight = _join(pieces), mass
    return "\n\n".join(best)


def _pieces(element: HtmlElement) -> Iterator[tuple[str, bool]]:
    """An element's own text in order, as (text, is a link's); an empty text ends a paragraph."""
    yield element.text or "", False
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _INLINE:
            yield child.text_content(), tag == "a"
        else:
            yield "", False
            if tag in ("p", "h2", "h3", "blockquote"):
                links = sum(len(link.text_content()) for link in child.iter("a"))
                text = child.text_content()
                yield text, links * 2 > len(text)
                yield "", False
        yield child.tail or "", False


def _join(pieces: list[tuple[str, bool]]) -> list[str]:
    paragraphs = [""]
    for text, _ in pieces:
        if text:
            paragraphs[-1] += text
        else:
            paragraphs.append("")
    cleaned = (_SPACE.sub(" ", paragraph).strip() for paragraph in paragraphs)
    return [paragraph for paragraph in cleaned if paragraph]
