"""A page's text in blocks, in its order, and the run of them that is running text.

For layouts in which trafilatura finds nothing or stops half-way: paragraphs that are bare `div`s, `br`s
under `body`, nested tables. What is sought is the run of blocks with the most words outside links, where
each block first pays a toll: menus, teasers and stamps are shorter than it, paragraphs far longer.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence, Set
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.extraction.body.letters import letters
from newscrawl.extraction.echo import unfinished

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr".split()
)
_SKIPPED = frozenset(
    "script style noscript template head nav footer aside button select option textarea iframe svg "
    "figure figcaption object embed audio video canvas dialog menu".split()
)
_SEEN_THROUGH = frozenset("ul ol li dl dt dd blockquote table tbody thead tr".split())
_ASIDE = "newscrawl-aside"
"""What passed-over elements are called until they are taken out."""
_CELLS = frozenset({"td", "th"})
_ROOTS = frozenset({"html", "body", "main", "article"})
# Words of class names and ids under which CMS templates keep what is not the text: WordPress, Drupal,
# Blogger and the usual in-house names.
_SIDE = re.compile(
    r"(?:^|[\s_-])(?:related|relateds|share|sharing|social|socials|comments?|disqus|sidebar|widgets?|tags|"
    r"newsletter|breadcrumbs?|menu|navbar|navigation|footer|topbar|ticker|most-?read|popular|trending|promo|"
    r"advert|ads?|banner|cookie|consent|popup|modal|author-?box|about-?author|bio|caption|pagination|pager|"
    r"recommend(?:ed|ations)?|subscribe|embed|twitter-tweet|tweet|instagram-media)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONG_HIDDEN = 300
_SPACE = re.compile(r"\s+")

_TOLL = 9
"""Words that a block must have to be worth taking: teasers and stamps have fewer, paragraphs more."""
_LINK_TOLL = 1.5
"""What a word in a link costs: a paragraph may have many links and still pay, a list of headlines not."""
_WORST = -40.0
"""What a block costs at most: one long list must not cut a text in two."""
_SHARED = 0.85
"""Share of an extractor's words that must be found among the blocks."""
_CORE = 0.5
"""Share of them that must be in the running text for the rest to be doubted."""


@dataclass(slots=True, frozen=True)
class Block:
    """A line of text on the page."""

    text: str
    words: int
    linked: int
    """Words of it inside links."""
    leaf: HtmlElement
    """The block element it stands in."""
    holder: HtmlElement
    """The one that holds that, lists and quotations looked through."""

    @property
    def worth(self) -> float:
        """What the block adds to a run of running text."""
        return max(_WORST, self.words - self.linked * (1 + _LINK_TOLL) - _TOLL)

    @property
    def own(self) -> bool:
        """Whether it is text rather than a link."""
        return self.linked * 2 < self.words


@dataclass(slots=True)
class _Step:
    """What is left to read: an element, or what follows one."""

    element: HtmlElement | None
    leaf: HtmlElement
    holder: HtmlElement
    linked: bool
    tail: str = ""
    ends: bool = False


class _Reader:
    """Reads a tree into blocks, without recursion: hostile pages nest elements by the thousand."""

    def __init__(self, root: HtmlElement) -> None:
        self.root = root
        self.blocks: list[Block] = []
        self.aside: list[HtmlElement] = []
        """The elements that were passed over."""
        self._most = len(root.text_content()) / 2
        """Characters: an element with more holds the text, whatever its class says."""
        self._pieces: list[str] = []
        self._linked = 0

    def read(self) -> list[Block]:
        stack: list[_Step] = [_Step(self.root, self.root, self.root, linked=False)]
        while stack:
            step = stack.pop()
            if step.element is None:
                self._back(step)
                continue
            element = step.element
            tag = element.tag if isinstance(element.tag, str) else "script"
            if tag in {"br", "hr"}:
                self._end(step)
            elif tag in _SKIPPED or self._is_side(element, tag):
                self.aside.append(element)
            else:
                self._enter(element, tag, step, stack)
        return self.blocks

    def _is_side(self, element: HtmlElement, tag: str) -> bool:
        if tag in _ROOTS:
            return False
        names = element.get("class"), element.get("id")
        if any(name and _SIDE.search(name) for name in names):
            return len(element.text_content()) <= self._most
        style = element.get("style")
        # A long text that is hidden opens at a click, "read on"; what is hidden and short is of no use.
        return bool(style and _HIDDEN.search(style)) and len(element.text_content()) < _LONG_HIDDEN

    def _enter(self, element: HtmlElement, tag: str, step: _Step, stack: list[_Step]) -> None:
        inner = _Step(None, step.leaf, step.holder, linked=step.linked or tag == "a")
        if tag not in _INLINE:
            self._end(step)
            holder = step.holder if step.leaf.tag in _SEEN_THROUGH else step.leaf
            inner = _Step(None, element, holder, linked=inner.linked)
            stack.append(_Step(None, element, holder, linked=False, ends=True))
        self._add(element.text, linked=inner.linked)
        for child in reversed(element):
            if child.tail:
                stack.append(_Step(None, inner.leaf, inner.holder, linked=inner.linked, tail=child.tail))
            stack.append(_Step(child, inner.leaf, inner.holder, linked=inner.linked))

    def _back(self, step: _Step) -> None:
        """The way back: an element has ended, or the text behind one follows."""
        if step.ends:
            self._end(step)
        else:
            self._add(step.tail, linked=step.linked)

    def _add(self, text: str | None, *, linked: bool) -> None:
        if text:
            self._pieces.append(text)
            if linked:
                self._linked += len(text.split())

    def _end(self, step: _Step) -> None:
        if self._pieces:
            text = _SPACE.sub(" ", "".join(self._pieces)).strip()
            if text:
                words = len(text.split())
                linked = min(self._linked, words)  # pieces glued together have fewer words
                self.blocks.append(Block(text, words, linked, step.leaf, step.holder))
            self._pieces.clear()
        self._linked = 0


def read_blocks(root: HtmlElement) -> list[Block]:
    """The text in blocks, without menus, asides, forms, captions and what calls itself one of these."""
    return _Reader(root).read()


def clear_asides(root: HtmlElement) -> list[Block]:
    """The text in blocks, as `read_blocks` gives it; what that passes over is taken out of the tree."""
    reader = _Reader(root)
    blocks = reader.read()
    for element in reader.aside:
        if isinstance(element.tag, str) and element is not root:
            element.tag = _ASIDE
    # All at once: `drop_tree` joins the texts around each, which for thousands in a row takes seconds.
    etree.strip_elements(root, _ASIDE, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    return blocks


def running_text(blocks: Sequence[Block]) -> range:
    """Which blocks are the run with the greatest worth: the maximal subarray, by Kadane's algorithm."""
    best = (0.0, 0, 0)
    sum_, start = 0.0, 0
    for index, block in enumerate(blocks):
        if sum_ <= 0:
            sum_, start = 0.0, index
        sum_ += block.worth
        if sum_ > best[0]:
            best = (sum_, start, index + 1)
    return range(best[1], best[2])


def completed(lines: Sequence[str], page: Sequence[Block], end: int | None = None) -> list[str]:
    """A text as an extractor read it, without what stands elsewhere on the page and with what it left out.

    Extractors drop sub-headings and lists for their shortness, stop at interruptions, and take teasers along.
    What belongs together stands in the same element: of the blocks around those that were read and are
    running text, those in the same elements are the article's. Where most of the running text was not read,
    it is the article itself.

    Args:
        lines: the extractor's; empty where it has found nothing.
        page: the whole page's blocks.
        end: the block before which the article ends for sure; None: nothing is sure.
    """
    blocks = page[:end]
    run = running_text(blocks)
    read = {letters(line) for line in lines}
    found = [index for index, block in enumerate(page) if letters(block.text) in read]
    if _words(page, found) < _SHARED * words_in(lines) and words_in(lines) >= _CORE * _words(blocks, run):
        return list(lines)  # it has joined or split the page's blocks: they cannot be told
    found = [index for index in found if index < len(blocks)]
    core = [index for index in found if index in run]
    if _words(blocks, core) < _CORE * _words(blocks, run):
        found, core = sorted({*found, *run}), list(run)
    leaves = {blocks[index].leaf for index in core}
    homes = leaves | {blocks[index].holder for index in core}
    chosen = {index for index in found if index in run or _is_home(blocks[index], homes)}
    first, last = min(chosen, default=0), max(chosen, default=-1)
    around = range(min(first, run.start), max(last + 1, run.stop))
    chosen.update(index for index in around if _belongs(blocks[index], homes))
    # Lines set apart by breaks alone are one element: all of it is the text, its short last lines too.
    chosen.update(index for index, block in enumerate(blocks) if block.leaf in leaves and block.own)
    return [block.text for block in _without_strangers([blocks[index] for index in sorted(chosen)])]


def _without_strangers(text: list[Block]) -> list[Block]:
    """Without a line before or after the text in an element of its own that is no sentence: a note, a bio."""
    weight: Counter[HtmlElement] = Counter()
    for block in text:
        for place in {block.leaf, block.holder}:
            weight[place] += block.words
    home, most = max(weight.items(), key=lambda item: item[1], default=(None, 0))
    if home is None or most * 2 < sum(block.words for block in text):
        return text
    while text and _is_stranger(text[-1], home):
        text.pop()
    while text and _is_stranger(text[0], home):
        del text[0]
    return text


def _is_stranger(block: Block, home: HtmlElement) -> bool:
    return home not in (block.leaf, block.holder) and unfinished(block.text)


def _words(blocks: Sequence[Block], indices: Iterable[int]) -> int:
    return sum(blocks[index].words for index in indices)


def _is_home(block: Block, homes: Set[HtmlElement]) -> bool:
    return block.leaf in homes or block.holder in homes


def _belongs(block: Block, homes: Set[HtmlElement]) -> bool:
    """Whether a block that the extractor left out is of the text: not a link, not a table cell."""
    return block.own and block.leaf.tag not in _CELLS and _is_home(block, homes)


def words_in(lines: Collection[str]) -> int:
    """How many words lines have."""
    return sum(len(line.split()) for line in lines)
