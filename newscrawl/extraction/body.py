"""The article's text: its blocks are chosen, then what announces itself as not the article's is cut."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from newscrawl.extraction.choice import Choice, choose
from newscrawl.extraction.cuts import tidy
from newscrawl.extraction.gate import min_words
from newscrawl.extraction.readers import by_trafilatura, stated_text
from newscrawl.page import Block, Page


@dataclass(frozen=True, slots=True)
class Text:
    """The text, the lines beside it that say whose it is, and why text is missing."""

    body: str
    """Paragraphs separated by blank lines; empty when there are none."""
    credits: Sequence[str] = ()
    """Lines that named the source or the author, as published."""
    notes: Sequence[str] = ()
    """What was cut from the chosen text, and on what evidence; for people."""
    guarded: str = ""
    """Why trafilatura's reading stands in place of ours, or with it; empty where it does not."""
    blocks: Sequence[Block] = field(default=())
    """The chosen blocks, before the cuts."""


def read_body(
    page: Page,
    *,
    title: str,
    authors: Collection[str] = (),
    is_site: Callable[[str], bool] | None = None,
    within: Sequence[HtmlElement] = (),
) -> Text:
    """Read the article's text.

    Args:
        page: the page, its headline chosen.
        title: the article's headline, which is no part of the text.
        authors: who stand on lines of their own.
        is_site: tells whether a whole line is the site's name.
        within: the elements that are known to hold the text, by the outlet's layout.
    """
    stated = stated_text(page.said)
    if within:
        choice = Choice(_blocks_in(page, within))
    else:
        choice = choose(page, by_trafilatura(page.tree), stated)
    lines = list(choice.lines) or [block.text for block in choice.blocks]
    if sum(len(line.split()) for line in lines) < min_words() and len(stated.split()) > min_words():
        lines = stated.split("\n")  # a page that a script fills in shows none
    headings = {block.text for block in choice.blocks if 0 < block.level < 3}
    tidied = tidy(lines, title=title, authors=authors, is_site=is_site, headings=headings)
    return Text("\n\n".join(tidied.lines), tidied.credits, tidied.notes, choice.guarded, choice.blocks)


def _blocks_in(page: Page, elements: Sequence[HtmlElement]) -> list[Block]:
    """The blocks in some elements, without those that are links alone."""
    places = [node for node in page.nodes if any(node.element is element for element in elements)]
    found = {block.index: block for node in places for block in page.blocks_of(node)}
    return [block for _, block in sorted(found.items()) if block.linked < block.words or block.words > 8]
