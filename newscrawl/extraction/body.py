"""A page's tree → the article's paragraphs: trafilatura finds the text, our rules make it the article's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.blocks import completed, read_blocks, words_in
from newscrawl.extraction.copies import drop_other_articles
from newscrawl.extraction.furniture import clear_furniture
from newscrawl.extraction.gate import min_words
from newscrawl.extraction.lead import lost_lead
from newscrawl.extraction.lines import tidy
from newscrawl.extraction.pointers import flatten_pointers

LONG_BLOCK = 400
"""Characters of text outside links that no menu, notice or teaser has in one place: some sixty words."""


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
    clear_furniture(tree)
    flatten_pointers(tree)
    lines = _lines(tree, article=article)
    tidied = tidy(lines, title=title, own_names=own_names)
    lead = lost_lead(tree, title, tidied.lines)
    return Body("\n\n".join([*lead, *tidied.lines]), tidied.credits)


def _lines(tree: HtmlElement, *, article: bool) -> list[str]:
    """What trafilatura reads; where that is nothing or only a part, the page's running text.

    The running text must be long where the page does not say that it is an article.
    """
    import trafilatura

    blocks = read_blocks(tree)
    document = trafilatura.bare_extraction(
        tree,
        favor_precision=True,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=False,
    )
    text = getattr(document, "text", None) or ""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if words_in(lines) < min_words():
        whole = completed([], blocks)
        enough = words_in(whole) > words_in(lines) and (article or sum(map(len, whole)) >= LONG_BLOCK)
        return whole if enough else lines
    return completed(lines, blocks)
