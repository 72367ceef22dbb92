"""The article's text: its blocks are chosen, then what announces itself as not the article's is cut."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from html import unescape
from typing import TYPE_CHECKING

from lxml import etree, html
from lxml.html import HtmlElement

from newscrawl.extraction.choice import Choice, choose
from newscrawl.extraction.cuts import Line, tidy
from newscrawl.extraction.gate import MIN_WORDS
from newscrawl.page import Block, Node, Page, Statements, read_page
from newscrawl.page.statements import first

if TYPE_CHECKING:
    from trafilatura.settings import Extractor

FULL_TEXT = 60
"""Words of running text that make an article of a page which says that it is one."""
_NEAR = 12
"""Lines before and behind the chosen ones that may name the source or the author."""


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
    choice = Choice(_blocks_in(page, within)) if within else choose(page, by_trafilatura(page), stated)
    cut = partial(tidy, title=title, authors=authors, is_site=is_site)
    tidied = cut(_lines(page, choice))
    own = sum(block.words - block.linked for block in choice.blocks)
    if not within and _short(tidied.lines) and _claims_article(page):
        run = Choice([block for block in _run(page) if block.linked * 2 < block.words])
        again = cut(_lines(page, run))
        if not _short(again.lines):
            choice, tidied = run, again
            tidied.notes.insert(0, "the page claims an article: its longest text stands for next to none")
    if (own < MIN_WORDS or _short(tidied.lines)) and not _short([stated]):
        tidied = cut([Line(line) for line in stated.split("\n")])  # a script fills in such a page
    return Text("\n\n".join(tidied.lines), tidied.credits, tidied.notes, choice.guarded, choice.blocks)


def _run(page: Page) -> Sequence[Block]:
    return page.blocks[page.run.start : page.run.stop]


def _claims_article(page: Page) -> bool:
    """Whether a page calls itself an article or shows a headline, and has the running text of one."""
    claims = page.said.calls_itself_article or page.headline is not None
    return claims and sum(block.words - block.linked for block in _run(page)) >= FULL_TEXT


def _short(lines: Sequence[str]) -> bool:
    return sum(len(line.split()) for line in lines) < MIN_WORDS


def _lines(page: Page, choice: Choice) -> list[Line]:
    """The chosen lines, with those between and behind them that were not chosen: they are evidence."""
    if choice.lines or not choice.blocks:
        return [Line(text) for text in choice.lines]
    chosen = {block.index for block in choice.blocks}
    first, last = min(chosen), max(chosen)
    head = page.headline.index + 1 if page.headline else first
    own = _article(choice.blocks[0])
    start = head if head < first <= head + _NEAR else first
    return [
        Line(
            block.text,
            block.index in chosen,
            _is_anothers(page, block, own),
            block.linked > 0,
            block,
        )
        for block in page.blocks[start : last + 1 + _NEAR]
    ]


def _is_anothers(page: Page, block: Block, own: Node | None) -> bool:
    """Whether a heading is of another `<article>` than the text, or of the rank of the page's headline.

    Pages that go on with the next article as one scrolls have an h1 for each.
    """
    headline = page.headline
    again = headline is not None and headline.level == 1 == block.level and headline.index < block.index
    return bool(block.level) and (again or _article(block) is not own)


def _article(block: Block) -> Node | None:
    """The `<article>` around a block."""
    return next((node for node in block.node.above() if node.tag == "article"), None)


def _blocks_in(page: Page, elements: Sequence[HtmlElement]) -> list[Block]:
    """The blocks in some elements, without those that are links alone."""
    places = [node for node in page.nodes if any(node.element is element for element in elements)]
    found = {block.index: block for node in places for block in page.blocks_of(node)}
    return [block for _, block in sorted(found.items()) if block.linked < block.words or block.words > 8]


MOST_ELEMENTS = 10_000
"""Of a page without scripts: one with more is read by our own rules alone.

trafilatura's time grows with the square of what one element holds (lxml joins the text nodes that stripped
tags leave behind pair by pair): 40,000 links in a row take half a minute.
"""
_NO_TEXT = ("script", "style", "noscript", "svg", "iframe", "template", "link", "meta")
_NEVER_READ = ("head", "aside", "footer")
"""What trafilatura takes out itself, after longer work on a larger tree."""
_LINKS = 3
"""Words of an element that holds links alone; a shorter one may be a word of the text."""
_KEPT = frozenset({"br", "hr", "a", "span"})
"""What parts lines without holding text, and links in a line."""
_ELEMENTS = etree.XPath("count(.//*)")
_TAG = re.compile(r"<(?:p|br|div|h\d)\b", re.IGNORECASE)
_LONGEST_STATED = 100_000


def by_trafilatura(page: Page) -> str:
    """The text that trafilatura reads by default, a paragraph a line.

    What holds no text, and what holds only links, goes out of the tree first: trafilatura puts every element
    to a hundred questions. Its quick form: the slower one costs half as much again, and adds nothing to the
    choice among blocks.
    """
    import trafilatura

    _drop_textless(page)
    etree.strip_elements(page.tree, *_NO_TEXT, *_NEVER_READ, with_tail=False)
    if _ELEMENTS(page.tree) > MOST_ELEMENTS:
        return ""
    document = trafilatura.bare_extraction(page.tree, options=_options())
    return getattr(document, "text", None) or ""


@cache
def _options() -> Extractor:
    """How trafilatura is asked: made once, for it reads twelve settings of its own each time."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=True, comments=False, tables=False)


def _drop_textless(page: Page) -> None:
    """Rename the elements that hold no text, or links alone, to one that goes out of the tree."""
    for node in page.nodes[1:]:
        words = page.words_in(node)
        if node.tag not in _KEPT and (not words or (words >= _LINKS and words == page.linked_in(node))):
            node.element.tag = _NO_TEXT[0]


def stated_text(said: Statements) -> str:
    """The `articleBody` of the page's article, a paragraph a line, without tags; empty where it has none.

    Many sites cut it after some words.
    """
    value = first(said.article.get("articlebody"))
    if not isinstance(value, str) or not value.strip():
        return ""
    text = value[:_LONGEST_STATED]
    if _TAG.search(text):
        try:
            page = read_page(html.fragment_fromstring(text, create_parent="div"))
        except (etree.LxmlError, ValueError):
            return ""
        return "\n".join(block.text for block in page.blocks)
    return unescape(text)
