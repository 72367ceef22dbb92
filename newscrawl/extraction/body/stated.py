"""The text as JSON-LD states it: for pages that a script fills in, where the tree holds none."""

from __future__ import annotations

import re
from html import unescape

from lxml import etree, html

from newscrawl.extraction.body.blocks import read_blocks
from newscrawl.page.statements import Statements, first

_TAG = re.compile(r"<(?:p|br|div|h\d)\b", re.IGNORECASE)
_LONGEST = 100_000


def stated_text(said: Statements) -> str:
    """The `articleBody` of the page's article, a paragraph a line, without tags; empty where it has none.

    Many sites cut it after some words: it is for pages that show nothing.
    """
    value = first(said.article.get("articlebody"))
    if not isinstance(value, str) or not value.strip():
        return ""
    text = value[:_LONGEST]
    if _TAG.search(text):
        try:
            blocks = read_blocks(html.fragment_fromstring(text, create_parent="div"))
        except (etree.LxmlError, ValueError):
            return ""
        return "\n".join(block.text for block in blocks)
    return unescape(text)
