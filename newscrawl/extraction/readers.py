"""The readers beside our own: trafilatura's text of a page, and the text that its JSON-LD states."""

from __future__ import annotations

import copy
import re
from html import unescape

from lxml import etree, html
from lxml.html import HtmlElement

from newscrawl.page import Statements, read_page
from newscrawl.page.statements import first

MOST_ELEMENTS = 10_000
"""Of a page without scripts: one with more is read by our own rules alone.

trafilatura's time grows with the square of what one element holds (lxml joins the text nodes that stripped
tags leave behind pair by pair): 40,000 links in a row take half a minute.
"""
_NO_TEXT = ("script", "style", "noscript", "svg", "iframe", "template", "link", "meta")
_ELEMENTS = etree.XPath("count(.//*)")
_TAG = re.compile(r"<(?:p|br|div|h\d)\b", re.IGNORECASE)
_LONGEST = 100_000


def by_trafilatura(tree: HtmlElement) -> str:
    """The text that trafilatura reads by default, a paragraph a line; the tree is not changed.

    Its quick form: the slower one costs half as much again, and adds nothing to the choice among blocks.
    """
    import trafilatura

    own = copy.deepcopy(tree)
    etree.strip_elements(own, *_NO_TEXT, with_tail=False)
    if _ELEMENTS(own) > MOST_ELEMENTS:
        return ""
    document = trafilatura.bare_extraction(
        own, fast=True, include_comments=False, include_tables=False, with_metadata=False
    )
    return getattr(document, "text", None) or ""


def stated_text(said: Statements) -> str:
    """The `articleBody` of the page's article, a paragraph a line, without tags; empty where it has none.

    Many sites cut it after some words.
    """
    value = first(said.article.get("articlebody"))
    if not isinstance(value, str) or not value.strip():
        return ""
    text = value[:_LONGEST]
    if _TAG.search(text):
        try:
            page = read_page(html.fragment_fromstring(text, create_parent="div"))
        except (etree.LxmlError, ValueError):
            return ""
        return "\n".join(block.text for block in page.blocks)
    return unescape(text)
