"""A page's tree → the article's paragraphs: trafilatura finds the text, our rules make it the article's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.blocks import Block, completed, read_blocks, words_in
from newscrawl.extraction.copies import drop_other_articles
from newscrawl.extraction.furniture import clear_furniture
from newscrawl.extraction.gate import min_words
from newscrawl.extraction.lead import lost_lead
from newscrawl.extraction.lines import tidy
from newscrawl.extraction.phrases import Kind, find, may_begin
from newscrawl.extraction.pointers import flatten_pointers

LONG_BLOCK = 400
"""Characters of text outside links that no menu, notice or teaser has in one place: some sixty words."""
_HEADING = 12
_HEADINGS = frozenset({"h1", "h2"})


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
    blocks = _before_comments(read_blocks(tree))
    headings = {block.text for block in blocks if block.leaf.tag in _HEADINGS}
    lines = _lines(tree, blocks, article=article)
    tidied = tidy(lines, title=title, own_names=own_names, headings=headings)
    lead = lost_lead(tree, title, tidied.lines)
    return Body("\n\n".join([*lead, *tidied.lines]), tidied.credits)


def _lines(tree: HtmlElement, blocks: list[Block], *, article: bool) -> list[str]:
    """What trafilatura reads, completed from the page's running text.

    Where trafilatura finds nothing, the running text must be long, or the page say that it is an article.
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
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    whole = completed(lines, blocks)
    if words_in(lines) < min_words() and not article and sum(map(len, whole)) < LONG_BLOCK:
        return lines
    return whole


def _before_comments(blocks: list[Block]) -> list[Block]:
    """The blocks before the readers' comments, which may be the longest text on the page."""
    text = False
    for index, block in enumerate(blocks):
        text = text or block.worth > 0
        if text and block.words <= _HEADING and may_begin(block.text):
            found = find(block.text)
            if found is not None and found.kind is Kind.COMMENTS:
                return blocks[:index]
    return blocks
