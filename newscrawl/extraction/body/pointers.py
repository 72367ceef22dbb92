"""Pointers to other articles in a page's tree, made plain so that the text's rules can judge them.

A link to related news stands in an article in a dozen markups: a paragraph, a heading with a list, a card.
Lists and cards of several links go at once. A pointer to one article becomes a paragraph of plain text: a
heading with a link that a text extractor drops may be the headline of a second article that follows it,
and then its words are the evidence (see `boundary`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.body.blocks import Block
from newscrawl.extraction.body.glance import glance
from newscrawl.extraction.body.phrases import Kind, find, may_begin

_LARGEST_CARD = 1500
_OWN_TEXT = 25
"""Characters beside its links and its pointer that a card may have: a date, a section's name."""
_BEGINNING = 20
"""Characters by which a pointer is known again."""
_CLIMB = 4
_NEAR = 3
_SIBLINGS = 12
_SENTENCE = 60
"""Characters that a line of running text has at least."""
_SPACE = re.compile(r"\s+")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"ul", "ol", "nav", "table"})
_NOT_SEEN = frozenset({"script", "style", "noscript", "template", "title", "option", "textarea"})
_BLOCKS = _HEADINGS | _LISTS | {"p", "div", "section", "li", "figure", "article", "blockquote", "aside"}


def flatten_pointers(root: HtmlElement, blocks: Sequence[Block]) -> bool:
    """Drop lists and cards that a pointer heads; turn pointers to one article into plain paragraphs.

    Args:
        root: the page.
        blocks: its text.

    Returns:
        Whether anything was changed.
    """
    changed = False
    running: dict[HtmlElement, bool] = {}
    for block in blocks:
        if len(block.text) <= _LARGEST_CARD and may_begin(block.text):
            found = find(block.text)
            if found is not None and found.kind is Kind.RELATED:
                pointer = _pointer_of(block.leaf, block.text)
                changed |= _flatten(block.leaf, pointer, root, running)
    return changed


def _pointer_of(leaf: HtmlElement, text: str) -> str:
    """The pointer itself: the first piece of the leaf's text, its links left out."""
    for piece in leaf.itertext():
        if piece.strip():
            return _SPACE.sub(" ", piece).strip()
    return text


def _flatten(element: HtmlElement, pointer: str, root: HtmlElement, running: dict[HtmlElement, bool]) -> bool:
    block = _whole_of(element, pointer, root)
    text = _text(block)
    if block is root or block.getparent() is None or not text.startswith(pointer):
        return False
    if len(text) > _LARGEST_CARD or not _in_text(block, running):
        return False
    if len(text) <= len(pointer) + 2:  # a heading, whose links stand beside it
        if _drop_links_after(block):
            block.drop_tree()
        else:
            _to_paragraph(block, pointer)
        return True
    links = [link for link in block.iter("a") if _text(link)]
    if not links or len(text) - sum(map(len, map(_text, links))) - len(pointer) >= _SENTENCE:
        return False  # text of the article stands in the same element: its lines are told apart later
    if len({link.get("href") for link in links}) > 1:
        block.drop_tree()
    else:
        rest = text.removeprefix(pointer).lstrip(" :")  # in a card nothing parts them
        _to_paragraph(block, f"{pointer.rstrip(' :')}: {rest}")
    return True


def _in_text(block: HtmlElement, running: dict[HtmlElement, bool]) -> bool:
    """Whether running text stands before the block, beside it or beside what holds it.

    `running` remembers of what stands before a pointer whether it is running text: many may follow it.
    """
    place = block
    for parent in islice(block.iterancestors(), _NEAR):
        if parent.tag in ("body", "html"):
            return False
        for before in islice(place.itersiblings(preceding=True), _SIBLINGS):
            if before not in running:
                running[before] = _is_running_text(before)
            if running[before] or _is_sentence(before.tail):
                return True
        if _is_sentence(parent.text):
            return True
        place = parent
    return False


def _is_running_text(element: HtmlElement) -> bool:
    if element.tag in _LISTS | _NOT_SEEN or not isinstance(element.tag, str):
        return False
    text = str(element.text_content())
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked * 2 < len(text) and _is_sentence(text)


def _is_sentence(text: str | None) -> bool:
    return text is not None and len(text.strip()) >= _SENTENCE


def _whole_of(element: HtmlElement, pointer: str, root: HtmlElement) -> HtmlElement:
    """The largest element that holds nothing but the pointer and links."""
    block = element
    for _ in range(_CLIMB):
        parent = block.getparent()
        if parent is None or parent is root or parent.tag in ("body", "html", "main"):
            break
        if not glance(parent, _BEGINNING).startswith(pointer[:_BEGINNING]):
            break
        text = _text(parent)
        if len(text) > _LARGEST_CARD:
            break
        linked = sum(len(_text(link)) for link in parent.iter("a"))
        if len(text) - linked - len(pointer) > _OWN_TEXT:
            break
        block = parent
    return block


def _drop_links_after(block: HtmlElement) -> bool:
    """The lists of links after a heading go; one linked headline becomes a paragraph of plain text.

    Returns:
        Whether lists went and nothing else was pointed to: then the heading has no use.
    """
    dropped = kept = False
    following = None if block.tail and block.tail.strip() else block.getnext()
    while following is not None:
        after = following.getnext()
        text = _text(following)
        if text:
            links = [link for link in following.iter("a") if _text(link)]
            linked = sum(len(_text(link)) for link in links)
            if not links or linked < 0.6 * len(text):
                break
            if len(links) > 1 or following.tag in _LISTS:
                following.drop_tree()
                dropped = True
            else:
                _to_paragraph(following, text)
                kept = True
        if following.tail and following.tail.strip():
            break
        following = after
    return dropped and not kept


def _to_paragraph(block: HtmlElement, text: str) -> None:
    tail = block.tail
    block.clear()
    block.tag = "p"
    block.text = text
    block.tail = tail


def _text(element: HtmlElement) -> str:
    return glance(element, _LARGEST_CARD)
