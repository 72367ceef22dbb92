"""Pointers to other articles in a page's tree, made plain so that the text's rules can judge them.

A link to related news stands in an article in a dozen markups: a paragraph, a heading with a list, a card.
Lists and cards of several links go at once. A pointer to one article becomes a paragraph of plain text: a
heading with a link that a text extractor drops may be the headline of a second article that follows it,
and then its words are the evidence (see `boundary`).
"""

from __future__ import annotations

import re
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.phrases import Kind, find, may_begin

_LONGEST_POINTER = 60
"""Characters of a pointer and what may be glued to it in one text node."""
_LARGEST_CARD = 1500
_OWN_TEXT = 25
"""Characters beside its links and its pointer that a card may have: a date, a section's name."""
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


def flatten_pointers(root: HtmlElement) -> None:
    """Drop lists and cards that a pointer heads; turn pointers to one article into plain paragraphs."""
    for element in list(root.iter()):
        text = element.text
        if not text or element.tag in _NOT_SEEN or not isinstance(element.tag, str):
            continue
        text = text.strip()
        if not 3 <= len(text) <= _LONGEST_POINTER or element.getparent() is None:
            continue
        found = find(text) if may_begin(text) else None
        if found is not None and found.kind is Kind.RELATED:
            _flatten(element, _SPACE.sub(" ", text), root)


def _flatten(element: HtmlElement, pointer: str, root: HtmlElement) -> None:
    block = _whole_of(element, pointer, root)
    if block is root or block.getparent() is None or not _in_text(block):
        return
    if len(_text(block)) <= len(pointer) + 2:  # a heading, whose links stand beside it
        if _drop_links_after(block):
            block.drop_tree()
        else:
            _to_paragraph(block, pointer)
        return
    links = [link for link in block.iter("a") if _text(link)]
    if len({link.get("href") for link in links}) > 1 or not links:
        if links:
            block.drop_tree()
        return
    _to_paragraph(block, _text(block))


def _in_text(block: HtmlElement) -> bool:
    """Whether running text stands before the block, beside it or beside what holds it."""
    place = block
    for parent in islice(block.iterancestors(), _NEAR):
        if parent.tag in ("body", "html"):
            return False
        pieces = [parent.text]
        for before in islice(place.itersiblings(preceding=True), _SIBLINGS):
            pieces.append(before.tail)
            if before.tag not in _LISTS | _NOT_SEEN and isinstance(before.tag, str):
                text = _text(before)
                linked = sum(len(_text(link)) for link in before.iter("a"))
                pieces.append(text if linked * 2 < len(text) else "")
        if any(piece and len(piece.strip()) >= _SENTENCE for piece in pieces):
            return True
        place = parent
    return False


def _whole_of(element: HtmlElement, pointer: str, root: HtmlElement) -> HtmlElement:
    """The largest element that holds nothing but the pointer and links."""
    block = element
    for _ in range(_CLIMB):
        parent = block.getparent()
        if parent is None or parent is root or parent.tag in ("body", "html", "main"):
            break
        text = _text(parent)
        if len(text) > _LARGEST_CARD or not text.startswith(pointer[:20]):
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
    following = block.getnext()
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
    return _SPACE.sub(" ", str(element.text_content())).strip()
