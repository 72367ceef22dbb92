"""Bytes → a parsed page, or why it is none: decoded, cleaned of what is no text, measured, parsed once."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.article import Outcome, Rejected
from newscrawl.page.charset import decode, only_text


@dataclass(slots=True)
class Source:
    """A parsed page, before it is walked."""

    text: str
    """The page's source as text."""
    tree: HtmlElement


def parse(html: bytes, encoding: str | None = None) -> Source | Rejected:
    """Decode and parse a page. Never raises.

    Args:
        html: the page's bytes, in whatever charset.
        encoding: the charset of the Content-Type header, if any.
    """
    import trafilatura

    text = only_text(decode(html, encoding))
    reason = too_large_source(text)
    if reason:
        return Rejected(Outcome.TOO_LARGE, reason)
    try:
        tree = trafilatura.load_html(text)
    except (etree.LxmlError, ValueError, RecursionError) as error:
        return Rejected(Outcome.NOT_ARTICLE, f"not readable as HTML: {error}")
    if tree is None or not isinstance(tree, HtmlElement):
        return Rejected(Outcome.NOT_ARTICLE, "not an HTML page")
    reason = too_large_tree(tree, len(text))
    if reason:
        return Rejected(Outcome.TOO_LARGE, reason)
    if len(text) > LARGE_SOURCE:
        drop_long_attributes(tree)
    return Source(text, tree)


MAX_CHARACTERS = 5_000_000
"""A longer page is no news page."""
MAX_ATTRIBUTES = 2_000
"""Of one tag, which has a dozen. libxml2's time grows with their square: 50,000 take five seconds."""
MAX_ELEMENTS = 30_000
"""A news page has some thousand elements, with a long discussion below it some ten thousand."""
MAX_TEXT = 500_000
"""Characters that a page shows. The longest article has a fifth of it, a book of 300 pages as much."""

LARGE_SOURCE = 300_000
"""Characters of a page in which attributes are looked at for their length, and the text is measured."""
LONGEST_ATTRIBUTE = 20_000
"""Characters; what is longer is an image in letters or was made to hurt, and every pattern would walk it."""

_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CODE = re.compile(r"<(script|style)\b.*?(?:</\1|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL | re.IGNORECASE)
"""What is no markup, and full of `<`."""
_OPENED = re.compile(r"<[a-zA-Z]")
_COUNT = etree.XPath("count(//*)")
_SHOWN = etree.XPath("//body//text()[not(parent::script or parent::style)]", smart_strings=False)
_LONG_ATTRIBUTES = etree.XPath(f"//@*[string-length(.) > {LONGEST_ATTRIBUTE}]")


def too_large_source(source: str) -> str:
    """Why a page is too large to be parsed; empty where it is not."""
    if len(source) > MAX_CHARACTERS:
        return f"{len(source):,} characters, more than {MAX_CHARACTERS:,}"
    if _crowded(source.split(">")) and _crowded(_CODE.sub(" ", source).split(">")):
        return f"a tag with more than {MAX_ATTRIBUTES:,} attributes"
    return ""


def _crowded(pieces: list[str]) -> bool:
    """Whether a piece of source ends a tag with too many attributes."""
    return max(map(len, pieces)) > 2 * MAX_ATTRIBUTES and max(map(_attributes, pieces)) > MAX_ATTRIBUTES


def _attributes(before_end: str) -> int:
    """How many attributes the tag has that ends a piece of source; a `>` in quotes ends it early."""
    opened = _OPENED.search(before_end) if len(before_end) > 2 * MAX_ATTRIBUTES else None
    return len(_QUOTED.sub("", before_end[opened.end() :]).split()) if opened else 0


def too_large_tree(tree: HtmlElement, source_length: int) -> str:
    """Why a parsed page is too large to be read; empty where it is not.

    Args:
        tree: the page.
        source_length: characters of its source: the text of a small page is not measured.
    """
    elements = int(_COUNT(tree))
    if elements > MAX_ELEMENTS:
        return f"{elements:,} elements, more than {MAX_ELEMENTS:,}"
    shown = sum(map(len, _SHOWN(tree))) if source_length > LARGE_SOURCE else 0
    return f"{shown:,} characters of text, more than {MAX_TEXT:,}" if shown > MAX_TEXT else ""


def drop_long_attributes(tree: HtmlElement) -> None:
    """Take out of the tree the attributes that no page needs to be understood."""
    for value in _LONG_ATTRIBUTES(tree):
        element = value.getparent()
        if element is not None:
            element.attrib.pop(value.attrname, None)
