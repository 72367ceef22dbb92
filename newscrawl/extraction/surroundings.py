"""What of a page is the article's own: the parts near its headline, told from menus, sidebars and comments.

Content systems name the parts of an article in classes (page/data/roles.toml knows them); what has no name
often says in words what it is ("بقلم: …", "المصدر: …").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice

from newscrawl.extraction.headline import Headline
from newscrawl.page import Block, Node, Page
from newscrawl.page.statements import clean

MOST = 200
"""So many parts of one role are looked at; pages with more were made to hurt."""
FURNITURE = frozenset(
    """related comments menu sidebar carousel footer newsletter consent popup paging form
    advertisement""".split()
)
"""Roles of what stands beside articles."""
LABELS = (
    "المصدر", "مصدر الخبر", "بقلم", "كتب", "كتبت", "إعداد", "اعداد", "كلمات", "الكلمات", "الوسوم", "وسوم",
    "تاغ", "تاج", "هاشتاغ", "نقلا", "نقلاً", "Tags", "By ", "Source",
)  # fmt: skip
"""How a line begins that carries no class and names itself in words."""


class Surroundings:
    """The article's parts by role. Without a headline, the page's."""

    def __init__(self, page: Page, headline: Headline) -> None:
        self.page = page
        self.headline = headline
        self.at = headline.node.at if headline.node is not None else 0
        """The headline's place among the page's nodes."""
        self._outside: dict[Node, bool] = {}

    @cached_property
    def _by_role(self) -> dict[str, list[Node]]:
        found: dict[str, list[Node]] = {}
        for node in self.page.nodes:
            for role in _roles(node) if node.attributes else node.roles:
                found.setdefault(role, []).append(node)
        return found

    def all(self, role: str) -> list[Node]:
        """The page's nodes of a role."""
        return self._by_role.get(role, [])[:MOST]

    def after(self, role: str, within: int = 10**9) -> Iterator[Node]:
        """The article's nodes of a role behind the headline, at most `within` nodes from it."""
        nodes = (node for node in self._by_role.get(role, ()) if self.at <= node.at <= self.at + within)
        return (node for node in islice(nodes, MOST) if not self.outside(node))

    def before(self, role: str) -> Iterator[Node]:
        """The article's nodes of a role above the headline, the nearest first."""
        nodes = (node for node in reversed(self._by_role.get(role, ())) if node.at < self.at)
        return (node for node in islice(nodes, MOST) if not self.outside(node))

    def near(self, role: str, within: int = 10**9) -> list[Node]:
        """Those behind the headline, then those above it."""
        return [*self.after(role, within), *self.before(role)]

    def outside(self, node: Node) -> bool:
        """Whether a node belongs to a menu, sidebar, footer, list of comments or other furniture."""
        path: list[Node] = []
        answer = False
        for above in node.above():
            known = self._outside.get(above)
            if known is not None:
                answer = known
                break
            path.append(above)
            if self._is_furniture(above):
                answer = True
                break
        self._outside.update(dict.fromkeys(path, answer))
        return answer

    def _is_furniture(self, node: Node) -> bool:
        """Whether a node is a part of the site; an article's own footer is its own."""
        if not node.roles & FURNITURE or node.roles & {"own", "byline"} or self.page.holds_article(node):
            return False
        return not (node.tag == "footer" and node.parent is not None and node.parent.tag == "article")

    def spaced(self, node: Node, limit: int = 2000) -> str:
        """A node's text, clean, with a space where an element begins or ends: items of lists stay apart."""
        pieces: list[str] = []
        length = 0
        for block in self.page.blocks_of(node):
            for span in block.spans:
                if span.node.inside(node):
                    pieces.append(span.text)
                    length += len(span.text)
            if length > limit:
                break
        return clean(" ".join(pieces))

    def text(self, node: Node, limit: int = 2000) -> str:
        """A node's text on one line, cut."""
        return clean(self.page.text_of(node)[:limit]) if self.page.words_in(node) < limit else ""

    def links(self, node: Node) -> list[Node]:
        """The links with text in a node."""
        return [link for link in self.inside(node, "a") if self.page.text_of(link)]

    def inside(self, node: Node, tag: str) -> list[Node]:
        """The nodes of a tag in a node, or the node itself."""
        found: list[Node] = []
        for other in islice(self.page.nodes, node.at, None):
            if len(found) == MOST or not (other is node or other.inside(node)):
                break
            if other.tag == tag:
                found.append(other)
        return found

    @cached_property
    def labelled(self) -> list[tuple[str, Node]]:
        """Lines behind the headline that name themselves in words, and where each stands."""
        start = self.headline.block.index if self.headline.block else 0
        found: list[tuple[str, Node]] = []
        for block in islice(self.page.blocks, start, None):
            node = _labelled(block)
            if node is not None and not self.outside(node):
                found.append((block.text if node is block.node else self.spaced(node), node))
        return found


def _labelled(block: Block) -> Node | None:
    """The node of a line, or of a piece of it, that begins with a label."""
    if block.text.startswith(LABELS):
        return block.node
    for span in block.spans[:20]:
        if span.node is not block.node and span.text.lstrip().startswith(LABELS):
            return span.node
    return None


def _roles(node: Node) -> Iterable[str]:
    """A node's roles, with those that only links and breadcrumbs state."""
    if "BreadcrumbList" in node.get("itemtype"):
        return {*node.roles, "crumbs"}
    rel = node.get("rel").lower().split() if node.tag == "a" else ()
    if "author" in rel:
        return {*node.roles, "byline"}
    if "tag" in rel:
        return {*node.roles, "section" if "category" in rel else "tag link"}
    return node.roles
