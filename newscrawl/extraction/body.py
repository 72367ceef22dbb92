"""A page's tree → the article's paragraphs: trafilatura finds the text, our rules make it the article's."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.copies import drop_other_articles
from newscrawl.extraction.dense import densest_block
from newscrawl.extraction.gate import min_words
from newscrawl.extraction.lead import lost_lead
from newscrawl.extraction.lines import tidy
from newscrawl.extraction.pointers import flatten_pointers

LONG_BLOCK = 400
"""Characters of text outside links that no menu, notice or teaser has in one place: some sixty words."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Body:
    """The text, and the lines beside it that say whose it is."""

    text: str
    """Paragraphs separated by blank lines; empty when there are none."""
    credits: list[str]
    """Lines that named the source or the author, as published."""


def read_body(
    tree: HtmlElement, *, title: str, own_names: Collection[str] = (), article: bool = False
) -> Body:
    """Read the article's text. Changes the tree: pointers to other articles are gone from it afterwards.

    Args:
        tree: the page.
        title: the article's headline, which is no part of the text.
        own_names: of the outlet and the authors, which stand on lines of their own.
        article: whether the page says that it is an article: then a short text is believed.
    """
    drop_other_articles(tree)
    flatten_pointers(tree)
    lines = _lines(tree, article=article)
    tidied = tidy(lines, title=title, own_names=own_names)
    lead = lost_lead(tree, title, tidied.lines)
    return Body("\n\n".join([*lead, *tidied.lines]), tidied.credits)


def _lines(tree: HtmlElement, *, article: bool) -> list[str]:
    """What trafilatura reads; where that is too little, the densest block, if it holds more.

    Precision mode finds little in pages laid out with tables and line breaks. The block must be long where
    the page does not say that it is an article.
    """
    import trafilatura

    document = trafilatura.bare_extraction(
        tree,
        favor_precision=True,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    text = getattr(document, "text", None) or ""
    if len(_WORD.findall(text)) < min_words():
        dense = densest_block(tree)
        if article or len(dense) >= LONG_BLOCK:
            text = max(text, dense, key=len)
    return [line.strip() for line in text.split("\n") if line.strip()]
