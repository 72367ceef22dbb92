"""The one walk through a page's tree: elements become nodes, text becomes blocks, statements are collected.

Without recursion: hostile pages nest elements by the thousand.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.page.model import Block, Node, Page, Span
from newscrawl.page.roles import FURNITURE, roles_of
from newscrawl.page.statements import STATED, Collector

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span "
    "strike strong sub sup time tt u var wbr img picture source svg input".split()
)
_TEXTLESS = frozenset(
    "script style template svg select option textarea iframe object canvas video audio math title "
    "meta link map".split()
)
"""What stands in these is not read as text."""
_NOT_NODES = frozenset({"script", "style", "meta", "link", "title", "path", "source", "wbr"})
_FURNITURE = frozenset(FURNITURE)
_BREAKS = frozenset({"br", "hr"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LEVEL = {f"h{level}": level for level in range(1, 7)}


def read_page(tree: HtmlElement) -> Page:
    """Walk a tree once. The tree is not changed; never raises on what a page may contain."""
    walker = _Walker(tree)
    return Page(tree, walker.collector.statements(), walker.blocks, walker.nodes)


class _Walker:
    """What the walk has seen so far."""

    def __init__(self, tree: HtmlElement) -> None:
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self.collector = Collector(tree)
        self._spans: list[Span] = []
        self._holder: Node | None = None
        """The block element of the text being collected."""
        self._walk(tree)

    def _walk(self, tree: HtmlElement) -> None:
        walk: etree.iterwalk[Any] = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        next(walk)
        node = block = self._node(tree, str(tree.tag), None)
        path: list[tuple[Node, Node]] = []
        for event, element in walk:
            if event == "start":
                path.append((node, block))
                node, block = self._open(element, node, block, walk)
            elif event != "end":
                self._add(element.tail, node, block)
            elif path:
                ended, (node, block) = node, path.pop()
                if ended is not node:
                    self._close(ended)
                self._add(element.tail, node, block)
        self._end()
        self.nodes[0].end = len(self.blocks)

    def _open(
        self, element: HtmlElement, node: Node, block: Node, walk: etree.iterwalk[Any]
    ) -> tuple[Node, Node]:
        """An element begins: its node, and the block element that its text belongs to."""
        tag = str(element.tag)
        if tag in STATED:
            self.collector.see(element, tag)
        if tag in _TEXTLESS:
            walk.skip_subtree()
        if tag in _NOT_NODES:
            return node, block
        if tag not in _INLINE:
            self._end()
        node = self._node(element, tag, node)
        if tag not in _INLINE and tag not in _BREAKS:
            block = node
        if tag not in _TEXTLESS:
            self._add(element.text, node, block)
        return node, block

    def _node(self, element: HtmlElement, tag: str, parent: Node | None) -> Node:
        said = dict(element.items())
        names = f"{said.get('class', '')} {said.get('id', '')}".strip() if said else ""
        roles = roles_of(tag, names, said.get("itemprop", ""))
        hidden = (parent is not None and parent.hidden) or _is_hidden(said, tag)
        node = Node(element, tag, parent, len(self.nodes), names, roles, hidden=hidden)
        node.furnished = (parent is not None and parent.furnished) or not _FURNITURE.isdisjoint(roles)
        node.link = node if tag == "a" else parent.link if parent is not None else None
        node.level = _LEVEL.get(tag, parent.level if parent is not None else 0)
        node.start = len(self.blocks)
        self.nodes.append(node)
        return node

    def _close(self, node: Node) -> None:
        if node.tag in _INLINE:
            node.end = len(self.blocks) + bool(self._spans)
        else:
            self._end()
            node.end = len(self.blocks)

    def _add(self, text: str | None, node: Node, block: Node) -> None:
        if text and (self._spans or not text.isspace()):
            if not self._spans:
                self._holder = block
            self._spans.append(Span(text, node))

    def _end(self) -> None:
        """The block being collected is whole."""
        if not self._spans or self._holder is None:
            return
        spans, holder = self._spans, self._holder
        self._spans = []
        words = "".join(span.text for span in spans).split()
        if not words:
            return
        linked = sum(len(span.text.split()) for span in spans if span.node.link is not None)
        self.blocks.append(
            Block(
                len(self.blocks),
                " ".join(words),
                spans,
                holder,
                len(words),
                min(linked, len(words)),
                holder.level,
            )
        )


def _is_hidden(said: dict[str, str], tag: str) -> bool:
    if tag in ("noscript", "template") or "hidden" in said:
        return True
    style = said.get("style")
    return bool(style and _HIDDEN.search(style))
