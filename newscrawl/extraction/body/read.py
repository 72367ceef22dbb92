"""A page's tree → the article's paragraphs: trafilatura finds the text, our rules make it the article's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extraction.body.blocks import Block, clear_asides, completed, read_blocks, words_in
from newscrawl.extraction.body.copies import drop_other_articles
from newscrawl.extraction.body.furniture import clear_furniture
from newscrawl.extraction.body.lead import lost_lead
from newscrawl.extraction.body.lines import tidy
from newscrawl.extraction.body.phrases import Kind, find, may_begin
from newscrawl.extraction.body.pointers import flatten_pointers
from newscrawl.extraction.gate import MIN_WORDS

LONG_BLOCK = 400
"""Characters of text outside links that no menu, notice or teaser has in one place: some sixty words."""
MOST_ELEMENTS = 10_000
"""Of a page without scripts: one with more is read by our own rules alone.

trafilatura's time grows with the square of what one element holds (lxml joins the text nodes that stripped
tags leave behind pair by pair): 40,000 links in a row take half a minute.
"""
_NO_TEXT = ("script", "style", "noscript", "svg", "iframe", "template", "link", "meta")
_ELEMENTS = etree.XPath("count(.//*)")
_HEADING = 12
_HEADINGS = frozenset({"h1", "h2"})


@dataclass(frozen=True, slots=True)
class Text:
    """The text, and the lines beside it that say whose it is."""

    body: str
    """Paragraphs separated by blank lines; empty when there are none."""
    credits: list[str]
    """Lines that named the source or the author, as published."""


def read_body(
    tree: HtmlElement,
    *,
    title: str,
    authors: Collection[str] = (),
    is_site: Callable[[str], bool] | None = None,
    article: bool = False,
    stated: str = "",
) -> Text:
    """Read the article's text. Changes the tree: pointers to other articles are gone from it afterwards.

    Args:
        tree: the page, or the element of it that is known to hold the text.
        title: the article's headline, which is no part of the text.
        authors: who stand on lines of their own.
        is_site: tells whether a whole line is the site's name.
        article: whether the page says that it is an article: then a short text is believed.
        stated: the text as the page's JSON-LD gives it, often cut: taken where the page shows none, because
            a script would have to fill it in.
    """
    etree.strip_elements(tree, *_NO_TEXT, with_tail=False)
    drop_other_articles(tree, title)
    clear_furniture(tree)
    blocks = clear_asides(tree)
    if flatten_pointers(tree, blocks):
        blocks = read_blocks(tree)
    headings = {block.text for block in blocks if block.leaf.tag in _HEADINGS}
    lines = _lines(tree, blocks, article=article)
    if words_in(lines) < MIN_WORDS and stated:
        lines = [line for line in stated.split("\n") if line.strip()]
    tidied = tidy(lines, title=title, authors=authors, is_site=is_site, headings=headings)
    lead = lost_lead(tree, title, tidied.lines)
    return Text("\n\n".join([*lead, *tidied.lines]), tidied.credits)


def _lines(tree: HtmlElement, blocks: list[Block], *, article: bool) -> list[str]:
    """What trafilatura reads, completed from the page's running text.

    Where trafilatura finds nothing, the running text must be long, or the page say that it is an article.
    """
    lines = [] if _ELEMENTS(tree) > MOST_ELEMENTS else _by_trafilatura(tree)
    whole = completed(lines, blocks, _comments(blocks)) or lines
    if words_in(lines) < MIN_WORDS and not article and sum(map(len, whole)) < LONG_BLOCK:
        return lines
    return whole


def _by_trafilatura(tree: HtmlElement) -> list[str]:
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
    return [line.strip() for line in text.split("\n") if line.strip()]


def _comments(blocks: list[Block]) -> int | None:
    """Where the readers' comments begin, which may be the longest text of the page; None: nowhere."""
    text = False
    for index, block in enumerate(blocks):
        text = text or block.worth > 0
        if text and block.words <= _HEADING and may_begin(block.text):
            found = find(block.text)
            if found is not None and found.kind is Kind.COMMENTS:
                return index
    return None
