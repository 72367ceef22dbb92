"""Bytes → a parsed page, or why it is none: decoded, cleaned of what is no text, measured, parsed once."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.article import Outcome, Rejected
from newscrawl.page.characters import only_text
from newscrawl.page.charset import decode
from newscrawl.page.limits import LARGE_SOURCE, drop_long_attributes, too_large_source, too_large_tree


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
