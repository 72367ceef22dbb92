"""What a page is made of: nodes (elements), blocks (lines of text) and spans (pieces of a line)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from lxml.html import HtmlElement

from newscrawl.arabic.letters import letters_by_line
from newscrawl.page.links import forward_slashes
from newscrawl.page.roles import furniture_of
from newscrawl.page.statements import Statements

_TOLL = 9
"""Words that a block must have to be running text: teasers and stamps have fewer, paragraphs more."""
_LINK_TOLL = 1.5
"""What a word in a link costs: a paragraph may have many links and still pay, a list of headlines not."""
_WORST = -40.0
"""What a block costs at most: one long list must not cut a text in two."""
_CLIMB = 200
"""So many ancestors are looked at; no newsroom's page nests deeper."""


@dataclass(slots=True, eq=False)
class Node:
    """An element of the page's body. The walk makes it; nobody changes it afterwards."""

    element: HtmlElement
    tag: str
    parent: Node | None
    at: int
    """Its place among the page's nodes."""
    names: str
    """Its classes and id, as written."""
    attributes: Mapping[str, str]
    """As written."""
    roles: frozenset[str]
    """What its tag, classes, id and microdata say that it is: keys of `roles.toml`."""
    furnished: bool = False
    """Whether it, or a node around it, calls itself furniture."""
    hidden: bool = False
    """Whether it, or a node around it, is not shown at first: style, `hidden`, noscript."""
    outer: Node | None = None
    """The `<a>` that it stands in."""
    level: int = 0
    """1 to 6 in a heading, else 0."""
    start: int = 0
    """The first block in it …"""
    end: int = 0
    """… and the first one after it. An inline node shares its block with others."""

    @property
    def link(self) -> Node | None:
        """The `<a>` that it is or stands in. No node holds itself: a page is freed as soon as it is read."""
        return self if self.tag == "a" else self.outer

    def get(self, name: str) -> str:
        """An attribute, stripped; empty where there is none."""
        return self.attributes.get(name, "").strip()

    @property
    def href(self) -> str:
        """Where a link leads, as browsers read it; empty where there is none."""
        return forward_slashes(self.get("href"))

    def above(self) -> Iterator[Node]:
        """The node and those around it, the nearest first."""
        node: Node | None = self
        for _ in range(_CLIMB):
            if node is None:
                return
            yield node
            node = node.parent

    def inside(self, other: Node) -> bool:
        """Whether it stands in another node, or is it."""
        return any(node is other for node in self.above())


@dataclass(slots=True, eq=False)
class Span:
    """A piece of a block's text, with white space as written, and the innermost element around it."""

    text: str
    node: Node


@dataclass(slots=True, eq=False)
class Block:
    """A line of text: what stands between two block elements or line breaks."""

    index: int
    """Its place among the page's blocks."""
    text: str
    """White space collapsed."""
    spans: Sequence[Span]
    node: Node
    """The block element around it (not the inline ones)."""
    words: int
    linked: int
    """Words of it that stand in links."""
    level: int = 0
    """1 to 6 in a heading, else 0."""

    @property
    def linked_share(self) -> float:
        """Share of its words that stand in links, 0.0 … 1.0."""
        return self.linked / self.words if self.words else 0.0

    @property
    def worth(self) -> float:
        """What the block adds to a run of running text, in words."""
        return max(_WORST, self.words - self.linked * (1 + _LINK_TOLL) - _TOLL)

    @property
    def hidden(self) -> bool:
        """Whether the page hides it at first."""
        return self.node.hidden

    def linked_texts(self) -> Iterator[str]:
        """The texts of its links."""
        texts: dict[Node, str] = {}
        for span in self.spans:
            if span.node.link is not None:
                texts[span.node.link] = texts.get(span.node.link, "") + span.text
        yield from texts.values()


@dataclass(slots=False, eq=False)
class Page:
    """A page: what it states, and what it shows. Read-only but for `headline`."""

    tree: HtmlElement
    """For an outlet's own selectors, then for trafilatura: what is no text is cut out of it then."""
    said: Statements
    blocks: list[Block]
    nodes: list[Node]
    scripts: list[HtmlElement] = field(default_factory=list)
    """The `<script>` elements: what a page does, for telling a challenge from a page."""
    headline: Block | None = None
    """The block that shows the article's headline; set once by who finds it."""

    @cached_property
    def letters(self) -> list[str]:
        """Each block's letters and digits, all of them, for comparing."""
        return letters_by_line("\n".join(block.text for block in self.blocks)) if self.blocks else []

    @cached_property
    def _words(self) -> list[int]:
        return [0, *accumulate(block.words for block in self.blocks)]

    @cached_property
    def _linked(self) -> list[int]:
        return [0, *accumulate(block.linked for block in self.blocks)]

    @cached_property
    def _by_tag(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.nodes:
            found.setdefault(node.tag, []).append(node)
        return found

    def tagged(self, *tags: str) -> list[Node]:
        """The nodes of some tags, in the page's order."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        found = [node for tag in tags for node in self._by_tag.get(tag, ())]
        return sorted(found, key=lambda node: node.at)

    def having(self, attribute: str) -> list[Node]:
        """The nodes that have an attribute, in the page's order."""
        return [node for node in self.nodes if attribute in node.attributes]

    def blocks_of(self, node: Node) -> Sequence[Block]:
        """The blocks in a node; of an inline node the block that it is part of."""
        return self.blocks[node.start : node.end]

    def words_in(self, node: Node) -> int:
        """How many words a node holds."""
        return self._words[node.end] - self._words[node.start]

    def linked_in(self, node: Node) -> int:
        """How many of them stand in links."""
        return self._linked[node.end] - self._linked[node.start]

    def text_of(self, node: Node) -> str:
        """A node's text: a block a line; of an inline node its own pieces."""
        blocks = self.blocks_of(node)
        if len(blocks) != 1:
            return "\n".join(block.text for block in blocks)
        texts = self._pieces.get(blocks[0]) or self._pieces_of(blocks[0])
        return " ".join("".join(texts.get(node, ())).split())

    @cached_property
    def _pieces(self) -> dict[Block, dict[Node, list[str]]]:
        return {}

    def _pieces_of(self, block: Block) -> dict[Node, list[str]]:
        """The pieces of a line by node, counted once: a line may have as many links as pieces."""
        found: dict[Node, list[str]] = {}
        for span in block.spans:
            for node in span.node.above():
                if node is block.node.parent:
                    break
                found.setdefault(node, []).append(span.text)
        self._pieces[block] = found
        return found

    def children(self, node: Node) -> list[Node]:
        """The nodes directly inside one."""
        return self._children.get(node, [])

    @cached_property
    def _children(self) -> dict[Node, list[Node]]:
        found: dict[Node, list[Node]] = {}
        for node in self.nodes:
            if node.parent is not None:
                found.setdefault(node.parent, []).append(node)
        return found

    @cached_property
    def run(self) -> range:
        """The blocks that are the run of the greatest worth: Kadane's maximal subarray.

        A block whose place calls itself furniture counts half, and so a discussion does not beat the
        article above it; that all text stands in `has-sidebar` changes nothing.
        """
        best, total, start = (0.0, 0, 0), 0.0, 0
        for block in self.blocks:
            if total <= 0:
                total, start = 0.0, block.index
            worth = block.worth
            total += worth / 2 if worth > 0 and block.node.furnished else worth
            if total > best[0]:
                best = (total, start, block.index + 1)
        return range(best[1], best[2])

    @cached_property
    def _holds_run(self) -> set[Node]:
        """The nodes that hold at least half of the run's words."""
        run = self.blocks[self.run.start : self.run.stop]
        need = sum(block.words for block in run) / 2
        counts: dict[Node, int] = {}
        for block in run:
            for node in block.node.above():
                counts[node] = counts.get(node, 0) + block.words
        return {node for node, words in counts.items() if words >= need}

    def holds_article(self, node: Node) -> bool:
        """Whether a node holds the headline or most of the best run of text: then it is no furniture."""
        if node in self._holds_run:
            return True
        return self.headline is not None and node.start <= self.headline.index < node.end

    def roles(self, block: Block) -> frozenset[str]:
        """The roles of the nodes around a block, but for those of nodes that hold the article."""
        known = self._roles.get(block.node)
        if known is not None:
            return known
        path: list[Node] = []
        found: frozenset[str] = frozenset()
        for node in block.node.above():
            known = self._roles.get(node)
            if known is not None:
                found = known
                break
            path.append(node)
        for node in reversed(path):
            if node.roles and not self.holds_article(node):
                found |= node.roles
            self._roles[node] = found
        return found

    @cached_property
    def _roles(self) -> dict[Node, frozenset[str]]:
        return {}

    def furniture(self, block: Block) -> float:
        """How surely a block's place is the site's, not the article's: 0.0 nothing says so … 1.0."""
        return furniture_of(self.roles(block))

    def choose_headline(self, block: Block | None) -> None:
        """Say which block shows the headline."""
        self.headline = block
        self._roles.clear()
