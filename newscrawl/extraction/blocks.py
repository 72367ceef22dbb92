"""A page's text in blocks, in its order, and the run of them that is running text.

For layouts in which trafilatura finds nothing or stops half-way: paragraphs that are bare `div`s, `br`s
under `body`, nested tables. What is sought is the run of blocks with the most words outside links, where
each block first pays a toll: menus, teasers and stamps are shorter than it, paragraphs far longer.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from lxml.html import HtmlElement

from newscrawl.extraction.letters import letters

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_SKIPPED = frozenset(
    "script style noscript template head nav footer aside form button select option textarea iframe svg "
    "figure figcaption object embed audio video canvas dialog menu".split()
)
_ROOTS = frozenset({"html", "body", "main", "article"})
# Words of class names and ids under which CMS templates keep what is not the text: WordPress, Drupal,
# Blogger and the usual in-house names.
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:related|relateds|share|sharing|social|socials|comments?|disqus|sidebar|widgets?|tags|"
    r"newsletter|breadcrumbs?|menu|navbar|navigation|footer|topbar|ticker|most-?read|popular|trending|promo|"
    r"advert|ads?|banner|cookie|consent|popup|modal|author-?box|about-?author|bio|caption|pagination|pager|"
    r"recommend(?:ed|ations)?|subscribe)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile(r"\s+")

_TOLL = 9
"""Words that a block must have to be worth taking: teasers and stamps have fewer, paragraphs more."""
_LINK_TOLL = 1.5
"""What a word in a link costs: a paragraph may have many links and still pay, a list of headlines not."""
_WORST = -40.0
"""What a block costs at most: one long list must not cut a text in two."""
_SHARED = 0.8
_MORE = 1.2


@dataclass(slots=True)
class Block:
    """A line of text on the page."""

    text: str
    words: int
    linked: int
    """Words of it inside links."""
    places: tuple[HtmlElement, ...]
    """The block elements that hold it, the innermost two."""

    @property
    def worth(self) -> float:
        """What the block adds to a run of running text."""
        return max(_WORST, self.words - self.linked * (1 + _LINK_TOLL) - _TOLL)


class _Reader:
    """Reads a tree into blocks, without recursion: hostile pages nest elements by the thousand."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._linked = 0

    def read(self, root: HtmlElement) -> list[Block]:
        stack: list[tuple[HtmlElement | None, tuple[HtmlElement, ...], bool, str]] = [(root, (), False, "")]
        while stack:
            element, places, linked, tail = stack.pop()
            if element is None:  # the way back: an element has ended, its tail follows
                if tail == "\n":
                    self._end(places)
                else:
                    self._add(tail, linked=linked)
                continue
            tag = element.tag if isinstance(element.tag, str) else "script"
            if tag in {"br", "hr"}:
                self._end(places)
                continue
            if tag in _SKIPPED or _is_side(element, tag):
                continue
            inline = tag in _INLINE
            inner = places if inline else (*places[-1:], element)
            in_link = linked or tag == "a"
            if not inline:
                self._end(places)
                stack.append((None, inner, linked, "\n"))
            self._add(element.text, linked=in_link)
            for child in reversed(element):
                if child.tail:
                    stack.append((None, inner, in_link, child.tail))
                stack.append((child, inner, in_link, ""))
        self._end(())
        return self.blocks

    def _add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self._pieces.append(text)
            if linked:
                self._linked += len(text.split())

    def _end(self, places: tuple[HtmlElement, ...]) -> None:
        if self._pieces:
            text = _SPACE.sub(" ", "".join(self._pieces)).strip()
            if text:
                self.blocks.append(Block(text, len(text.split()), self._linked, places))
            self._pieces.clear()
        self._linked = 0


def _is_side(element: HtmlElement, tag: str) -> bool:
    if tag in _ROOTS:
        return False
    names = element.get("class"), element.get("id")
    if any(name and _SIDE.search(name) for name in names):
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def read_blocks(root: HtmlElement) -> list[Block]:
    """The text in blocks, without menus, asides, forms, captions and what calls itself one of these."""
    return _Reader().read(root)


def running_text(blocks: Sequence[Block]) -> list[Block]:
    """The run of blocks with the greatest worth: the maximal subarray, by Kadane's algorithm."""
    best = (0.0, 0, 0)
    sum_, start = 0.0, 0
    for index, block in enumerate(blocks):
        if sum_ <= 0:
            sum_, start = 0.0, index
        sum_ += block.worth
        if sum_ > best[0]:
            best = (sum_, start, index + 1)
    return list(blocks[best[1] : best[2]])


def completed(lines: Sequence[str], blocks: Sequence[Block]) -> list[str] | None:
    """The running text, where `lines` are only a part of it; None where they are enough.

    The rest must stand where the lines stand, in the same element or one beside it: comments and teasers
    have elements of their own.
    """
    run = running_text(blocks)
    if not run:
        return None
    wanted = {letters(line) for line in lines}
    known = [block for block in run if letters(block.text) in wanted]
    if lines and sum(block.words for block in known) < _SHARED * words_in(lines):
        return None
    places = {place for block in known for place in block.places}
    kept = [block for block in run if not lines or not places or places & set(block.places)]
    if sum(block.words for block in kept) <= _MORE * words_in(lines):
        return None
    return [block.text for block in kept]


def words_in(lines: Collection[str]) -> int:
    """How many words lines have."""
    return sum(len(line.split()) for line in lines)
