"""Where a page shows readers an article's date: the blocks of text around its headline.

Looked at is what stands between the headline and the running text, and just above the headline. What is
someone else's is left out: other stories' cards, comments, sidebars, the page's head with its clock, the
footer with its copyright.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.arabic.dates import MAX_CHARACTERS
from newscrawl.arabic.normalise import normalise
from newscrawl.page.statements import Statements, string

LONG = 200
"""Characters of a paragraph; a stamp has fewer."""
ENOUGH = 900
"""Characters of paragraphs behind the headline: a standfirst may stand before the stamp, an article not."""
NEAR = 80
"""Blocks behind the headline that are looked at."""
ABOVE = 4
"""Levels above the headline, and elements before it on each, that are looked at."""
CARD = 400
"""Characters that another story's card has at most, title and teaser."""
CARD_DEPTH = 8
"""Levels that a date lies inside its card at most."""
TITLE = 25
"""Characters of a link that is another story's title rather than a section or a name."""
MANY = 60
"""Headings and links that are looked at in one place."""

SKIPPED = frozenset(
    "script style noscript template svg iframe select button object canvas video audio".split()
)
FOREIGN_TAGS = frozenset({"aside", "nav", "footer"})
BLOCKS = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tbody td th thead tr ul".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")

# Names that content systems give what stands beside an article: WordPress themes, Drupal, ASP.NET portals.
_FOREIGN = re.compile(
    # post-footer and entry-footer are the end of the article itself, in Blogger and WordPress.
    r"(?:^|[\s_-])(?<!post-)(?<!entry-)(?<!article-)"
    r"(?:related|sidebar|side-bar|comments?|commentlist|footer|menu|navbar|breadcrumbs?|popular"
    r"|trending|most-?(?:read|viewed|popular)|recommend\w*|suggest\w*|read-?(?:more|also)|see-?also|newsletter"
    r"|ticker|weather|prayer|clock|topbar|top-bar|current-date|date-now|today|copyright|advert\w*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HEAD = re.compile(r"(?:^|[\s_-])(?:header|head|top|logo|masthead|toolbar|bar)(?:$|[\s_-])", re.IGNORECASE)
_DATED = re.compile(r"\d{4}|\d:\d\d")


@dataclass(slots=True)
class Block:
    """Text that stands on lines of its own, and the elements in it that speak to machines."""

    element: HtmlElement
    """The element of its first text."""
    texts: list[str] = field(default_factory=list)
    machine: list[HtmlElement] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, single-spaced; different elements' words apart."""
        return " ".join(" ".join(self.texts).split())

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing to anyone."""
        return not (self.texts or self.machine)

    def open(self, element: HtmlElement) -> None:
        """Take in an element's own text, and the element if it speaks to machines."""
        if element.tag == "time" or element.get("itemprop"):
            self.machine.append(element)
        self.add(element, element.text)

    def add(self, element: HtmlElement | None, text: str | None) -> None:
        """Take in a text that stands in an element."""
        if text and text.strip():
            if not self.texts and element is not None:
                self.element = element
            self.texts.append(text)


def headlines(tree: HtmlElement, said: Statements) -> list[HtmlElement]:
    """The elements that show the page's title, the likeliest first, three at most."""
    title = plain(string(said.article.get("headline")) or said.meta.get("og:title", "") or _head_title(tree))
    tops = [element for element in islice(tree.iter("h1"), MANY) if visible(element)]
    same = [element for element in tops if same_title(plain(visible(element)), title)]
    if not same and title:
        lower = islice(tree.iter("h2", "h3"), MANY)
        same = [element for element in lower if same_title(plain(visible(element)), title)]
    if not same and title:
        rest = tree.iter("div", "span", "td", "p", "b", "strong", "font", "a")
        same = list(islice((element for element in rest if _own_title(element, title)), 3))
    return (same or sorted(tops, key=lambda element: -len(visible(element))))[:3]


def _own_title(element: HtmlElement, title: str) -> bool:
    text = element.text or ""
    return TITLE <= len(text) <= MAX_CHARACTERS and same_title(plain(text), title)


def same_title(text: str, title: str) -> bool:
    """Whether a text is the title, which may carry the site's name or be cut short; both normalised."""
    if len(text) < 10 or len(title) < 10 or len(text) >= 2 * len(title):
        return False
    return text in title or title in text


def _head_title(tree: HtmlElement) -> str:
    return next((element.text or "" for element in tree.iter("title")), "")


def plain(text: str) -> str:
    """The beginning of a text in normalised form."""
    return normalise(text[:MAX_CHARACTERS])


def visible(element: HtmlElement) -> str:
    """An element's text, single-spaced."""
    return " ".join("".join(element.itertext()).split())


def behind(heading: HtmlElement) -> Iterator[Block]:
    """The blocks behind a headline in the page's order, up to the running text."""
    length = count = 0
    node: HtmlElement | None = heading
    while node is not None and node.tag != "body":
        for block in _blocks(node.itersiblings(), node):
            yield block
            count += 1
            length += len(block.text) if len(block.text) >= LONG // 2 else 0
            if length > ENOUGH or count > NEAR:
                return
        node = node.getparent()


def above(heading: HtmlElement) -> Iterator[Block]:
    """The small blocks just before a headline, the nearest first."""
    node: HtmlElement | None = heading
    for _ in range(ABOVE):
        if node is None or node.tag == "body":
            return
        before = reversed(list(islice(node.itersiblings(preceding=True), ABOVE)))
        blocks = list(islice(_blocks((element for element in before if not _is_head(element)), None), NEAR))
        if sum(len(block.text) for block in blocks) > CARD:
            return
        yield from reversed(blocks)
        node = node.getparent()


def _is_head(element: HtmlElement) -> bool:
    """Whether an element is the head of the page, with its clock."""
    return element.tag == "header" or bool(_HEAD.search(names_of(element)))


def _blocks(tops: Iterable[HtmlElement], before: HtmlElement | None) -> Iterator[Block]:
    """The blocks of elements in a row, in the page's order.

    Args:
        tops: the elements.
        before: the element before them, whose tail is the first text.
    """
    block: Block | None = None
    if before is not None:
        block = Block(before)
        block.add(before, before.tail)
    for starts, element in _walk(tops):
        if block is None or element.tag in BLOCKS:
            if block and not block.is_empty:
                yield block
            block = Block(element)
        if starts:
            block.open(element)
        else:
            block.add(element.getparent(), element.tail)
    if block and not block.is_empty:
        yield block


def _walk(tops: Iterable[HtmlElement]) -> Iterator[tuple[bool, HtmlElement]]:
    """Elements as they begin (True) and end, when text and tail are due; of foreign ones only the end."""
    for top in tops:
        if not isinstance(top.tag, str):  # a comment, which iterwalk does not start from
            yield False, top
            continue
        walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event != "start":
                yield False, element
            elif element.tag in SKIPPED or is_foreign(element):
                walk.skip_subtree()
            else:
                yield True, element


def is_foreign(element: HtmlElement) -> bool:
    """Whether an element calls itself something beside the article."""
    if element.tag in FOREIGN_TAGS:
        return True
    names = names_of(element)
    return bool(names and _FOREIGN.search(names))


def names_of(element: HtmlElement) -> str:
    """An element's classes and id."""
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip()


@dataclass(slots=True)
class Cards:
    """Finds whether a block is part of another story's card: a small element with another title in it."""

    title: str = ""
    """The article's own, in normalised form, which a breadcrumb may link."""
    ancestors: set[HtmlElement] = field(default_factory=set)
    """Elements that hold the headline: no cards."""
    verdicts: dict[HtmlElement, bool | None] = field(default_factory=dict)

    @classmethod
    def beside(cls, heading: HtmlElement) -> Cards:
        """Cards beside the article with this headline."""
        return cls(plain(visible(heading)), set(heading.iterancestors()))

    def hold(self, element: HtmlElement) -> bool:
        """Whether an element stands in such a card."""
        node: HtmlElement | None = element
        for _ in range(CARD_DEPTH):
            if node is None or node in self.ancestors or node.tag == "body":
                return False
            if node not in self.verdicts:
                self.verdicts[node] = self._is_card(node)
            verdict = self.verdicts[node]
            if verdict is not False:
                return bool(verdict)
            node = node.getparent()
        return False

    def _is_card(self, node: HtmlElement) -> bool | None:
        """None: too large for a card, and so is all that holds it."""
        if _is_long(node):
            return None
        return any(self._is_other(inner) for inner in islice(node.iter("a", *HEADINGS), MANY))

    def _is_other(self, inner: HtmlElement) -> bool:
        """Whether a link or heading is another story's title; some link the date itself."""
        words = plain(visible(inner))
        if len(words) < TITLE or same_title(words, self.title):
            return False
        return not (_DATED.search(words) and len(words) < 2 * TITLE)


def _is_long(element: HtmlElement) -> bool:
    """Whether an element has more text than a card."""
    length = 0
    for part in element.itertext():
        length += len(part.strip())
        if length > CARD:
            return True
    return False
