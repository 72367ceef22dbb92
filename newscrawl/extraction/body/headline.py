"""The headline of a page that marks none: the line above the running text that the text repeats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.body.blocks import read_blocks, running_text
from newscrawl.extraction.body.phrases import find
from newscrawl.extraction.echo import stems, unfinished

_WORDS = range(3, 26)
_ABOVE = 12
"""So many lines above the text may hold the headline."""
_LEAD = 3
"""Paragraphs that repeat it."""
_ECHO = 0.3
"""Share of its stems in them, at least; leads of the newsroom's pages and the corpora have about .6."""


@dataclass(frozen=True, slots=True)
class Headline:
    """A line found to be the headline, and where it stands."""

    text: str
    element: HtmlElement


def unmarked_headline(tree: HtmlElement, is_site: Callable[[str], bool]) -> Headline | None:
    """The headline that stands above the running text without a mark, or None.

    Args:
        tree: the page; it is not changed.
        is_site: tells whether a whole line is the site's name.
    """
    blocks = read_blocks(tree)
    run = running_text(blocks)
    text = [blocks[index] for index in run][:_LEAD]
    lead = {stem for block in text for stem in stems(block.text)}
    best, most = None, _ECHO
    for block in blocks[max(0, run.start - _ABOVE) : run.start + 1]:
        own = set(stems(block.text))
        if block.words not in _WORDS or not block.own or not unfinished(block.text) or len(own) < _WORDS[0]:
            continue
        if find(block.text) or is_site(block.text):
            continue
        echo = len(own & lead) / len(own)
        if echo > most and block is not text[0]:
            best, most = Headline(block.text, block.leaf), echo
    return best
