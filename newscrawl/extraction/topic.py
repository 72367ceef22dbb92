"""Whether the lines of a text speak of its headline, or each of something else.

A report comes back to the words of its headline, in most of its paragraphs; the lines of a list of stories
do not come back to the list's name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from newscrawl.extraction.echo import stems, unfinished
from newscrawl.extraction.sitenames import MOST_CUTS, SEPARATOR, title_key
from newscrawl.page import Block, Page

LINE = 4
"""Words of a line that says something; stamps, labels and menus have fewer."""
HEADLINE = 25
"""Words of a headline at most."""
PARAGRAPH = 15
TITLE = 2
"""Stems of a title that can be spoken of at all."""

STRANGER = 3
"""Words of a site's name or section behind a title."""
TOLD = 0.5
"""Share of a title's stems in its text, at least: nine of ten headlines have more."""

_MOST = 80
"""So many lines are looked at."""
_FAR = 400
"""Characters of a line: a headline's words stand in the beginning of a teaser."""
_ARABIC = re.compile("[\u0621-\u064a]")
_MARK = re.compile(r"^(?:\W*\d[\d\W]*)+")
"""Clock, day or number before a headline."""


class Topic:
    """A page's lines, and what they and its text have of its title."""

    def __init__(self, page: Page, kept: Sequence[Block], title: str) -> None:
        self._page = page
        self._kept = kept
        self._name = title_key(title)
        self.title = frozenset(stems(title))
        """The stems of the title's words that mean something."""
        self._known: dict[int, bool] = {}

    @cached_property
    def lines(self) -> list[Block]:
        """The page's lines that say something, each text once, without the title itself."""
        said = {block.text: block for block in self._page.blocks if _words(block.text) >= LINE}
        return [line for line in said.values() if title_key(line.text) not in self._name][:_MOST]

    @cached_property
    def headlines(self) -> list[Block]:
        """Those that are like headlines: short, and without a full stop."""
        return [line for line in self.lines if is_headline(line.text)]

    @property
    def headline_share_of_text(self) -> float:
        """The share of headline-like lines among those of the text: 0.0 … 1.0."""
        lines = [line for line in self._kept[:_MOST] if _words(line.text) >= LINE]
        return sum(is_headline(line.text) for line in lines) / len(lines) if lines else 0.0

    @property
    def headline_share(self) -> float:
        """Their share of the lines: 0.0 … 1.0."""
        return len(self.headlines) / len(self.lines) if self.lines else 0.0

    @cached_property
    def spoken(self) -> float:
        """The share of lines that have a word of the title: of all, of the text's or of its paragraphs.

        The greatest of the three: a lead that speaks of the headline makes an article of the table under it.
        A title of one word says nothing: 0.0. A text in another language is not judged: 1.0.
        """
        if not any(map(_ARABIC.search, (line.text for line in self._kept))):
            return 1.0  # stems of other languages are whole words, which speak of a title more rarely
        if len(self.title) < TITLE:
            return 0.0
        text = self._kept[:_MOST]
        paragraphs = [line for line in text if line.words >= PARAGRAPH and not is_headline(line.text)]
        return max(map(self.spoken_by, (self.lines, text, paragraphs)))

    def spoken_by(self, lines: Sequence[Block]) -> float:
        """The share of some lines that have a word of the title: 0.0 … 1.0; 0.0 without lines."""
        known = [self._speaks(line) for line in lines if line.words >= LINE]
        return sum(known) / len(known) if known else 0.0

    def _speaks(self, line: Block) -> bool:
        if line.index not in self._known:
            self._known[line.index] = not self.title.isdisjoint(stems(line.text[:_FAR]))
        return self._known[line.index]


def is_headline(text: str) -> bool:
    """Whether a line is like a headline, after the clock or number in front of it."""
    return LINE <= _words(text) <= HEADLINE and unfinished(text.rstrip("»”\"')؟! "))


def _words(text: str) -> int:
    return len(_MARK.sub("", text).split())


def without_stranger(page: Page, title: str) -> str:
    """A title without a short end of which the text says nothing, where the text repeats what is before it.

    So go names of sites that the page does not state.
    """
    text = {stem for block in page.blocks[page.run.start : page.run.stop] for stem in stems(block.text)}
    for match in reversed(list(SEPARATOR.finditer(title))[:MOST_CUTS]):
        head, tail = title[: match.start()], title[match.end() :]
        own = set(stems(head))
        told = len(own & text) >= max(TOLD * len(own), TITLE) and text.isdisjoint(stems(tail))
        if match[0].strip() != ":" and 0 < len(tail.split()) <= STRANGER and told:
            title = head
    return title
