"""The one walk through a page's tree: elements become nodes, text becomes blocks, statements are collected.

Without recursion: hostile pages nest elements by the thousand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, NamedTuple

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
_HIDDEN_TAGS = frozenset({"noscript", "template"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_ATTRIBUTES: dict[str, str] = {}
_LEVEL = {f"h{level}": level for level in range(1, 7)}


class Kind(NamedTuple):
    """What a tag means for the walk."""

    tag: str
    inline: bool
    is_node: bool
    parts: bool
    """Whether it ends the line before it …"""
    holds: bool
    """… and the text in it is its own."""
    textless: bool
    has_text: bool
    stated: bool
    hidden: bool
    level: int
    roles: frozenset[str]


@lru_cache(maxsize=1024)  # pages may have tags of their own
def kind_of(tag: str) -> Kind:
    """What a tag means for the walk."""
    inline, textless, is_node = tag in _INLINE, tag in _TEXTLESS, tag not in _NOT_NODES
    return Kind(
        tag=tag,
        inline=inline,
        is_node=is_node,
        parts=not inline,
        holds=not inline and tag not in _BREAKS,
        textless=textless,
        has_text=is_node and not textless,
        stated=tag in STATED,
        hidden=tag in _HIDDEN_TAGS,
        level=_LEVEL.get(tag, 0),
        roles=roles_of(tag, ""),
    )


def read_page(tree: HtmlElement) -> Page:
    """Walk a tree once. The tree is not changed; never raises on what a page may contain."""
    walker = _Walker(tree)
    return Page(tree, walker.collector.statements(), walker.blocks, walker.nodes, walker.scripts)


class _Walker:
    """What the walk has seen so far."""

    def __init__(self, tree: HtmlElement) -> None:
        self.nodes: list[Node] = []
        self.blocks: list[Block] = []
        self.scripts: list[HtmlElement] = []
        self.collector = Collector(tree)
        self._spans: list[Span] = []
        self._holder: Node | None = None
        """The block element of the text being collected."""
        self._walk(tree)

    def _walk(self, tree: HtmlElement) -> None:
        walk: etree.iterwalk[Any] = etree.iterwalk(tree, events=("start", "end", "comment", "pi"))
        next(walk)
        node = block = self._node(tree, kind_of(str(tree.tag)), None)
        path: list[tuple[Node, Node]] = []
        for event, element in walk:
            if event == "start":
                path.append((node, block))
                kind = kind_of(element.tag)
                if kind.stated:
                    self._see(element, kind.tag)
                if kind.textless:
                    walk.skip_subtree()
                if kind.is_node:
                    node = self._node(element, kind, node)
                    block = node if kind.holds else block
                text = element.text if kind.has_text else None
            elif event == "end" and path:
                ended, (node, block) = node, path.pop()
                if ended is not node:
                    self._close(ended)
                text = element.tail
            else:
                text = element.tail if path else None
            if text and (self._spans or not text.isspace()):
                self._holder = self._holder if self._spans else block
                self._spans.append(Span(text, node))
        self._end()
        self.nodes[0].end = len(self.blocks)

    def _see(self, element: HtmlElement, tag: str) -> None:
        self.collector.see(element, tag)
        if tag == "script":
            self.scripts.append(element)

    def _node(self, element: HtmlElement, kind: Kind, parent: Node | None) -> Node:
        """An element begins: its node, and where it is no part of a line, the end of the line before."""
        if kind.parts and self._spans:
            self._end()
        items = element.items()
        if items:
            said = dict(items)
            names = f"{said.get('class', '')} {said.get('id', '')}".strip()
            roles = roles_of(kind.tag, names, said.get("itemprop", ""))
            hidden = kind.hidden or _is_hidden(said)
        else:
            said, names, roles, hidden = _NO_ATTRIBUTES, "", kind.roles, kind.hidden
        furnished = bool(roles) and not _FURNITURE.isdisjoint(roles)
        level, outer = kind.level, None
        if parent is not None:
            furnished, hidden = furnished or parent.furnished, hidden or parent.hidden
            level, outer = level or parent.level, parent.link
        at, start = len(self.nodes), len(self.blocks)
        node = Node(
            element, kind.tag, parent, at, names, said, roles, furnished, hidden, outer, level, start
        )  # fmt: skip
        self.nodes.append(node)
        return node

    def _close(self, node: Node) -> None:
        if self._spans and kind_of(node.tag).inline:
            node.end = len(self.blocks) + 1
            return
        if self._spans:
            self._end()
        node.end = len(self.blocks)

    def _end(self) -> None:
        """The block being collected is whole."""
        spans, holder = self._spans, self._holder
        if not spans or holder is None:
            return
        self._spans = []
        words = "".join([span.text for span in spans]).split()
        if not words:
            return
        linked = sum([len(span.text.split()) for span in spans if span.node.link is not None])
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


def _is_hidden(said: dict[str, str]) -> bool:
    """Whether an element's attributes hide it."""
    style = said.get("style")
    return "hidden" in said or bool(style and _HIDDEN.search(style))
