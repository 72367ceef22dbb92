"""Several articles one after another, as endless scrolling leaves them: only the page's own counts."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from lxml.html import HtmlElement

from newscrawl.extraction.echo import AT_A_HEADING, chance

_LEAST_TEXT = 400
"""Characters of paragraphs that an article has and a card has not."""
_HEADINGS = 10
"""So many headings of the first order are looked at: the page's own is among them."""
_NEAR = 5
_SENTENCE = 8


def drop_other_articles(root: HtmlElement, title: str) -> None:
    """Of several articles in elements alike, keep the page's own.

    `article` elements with text of their own are articles. Other elements that stand side by side under one
    class are, where each has a heading whose words its text echoes.
    """
    articles = [
        element
        for element in root.iter("article")
        if next(element.iterancestors("article"), None) is None and _has_text(element)
    ]
    if len(articles) > 1:
        own = next((one for one in articles if next(one.iter("h1"), None) is not None), articles[0])
        _drop(element for element in articles if element is not own)
    for heading in list(islice(root.iter("h1"), _HEADINGS)):
        first = _with_text(heading)
        if first is not None:
            others = [other for other in first.itersiblings() if _alike(first, other)]
            text = _paragraphs(first) if others else []
            _drop(other for other in others if _is_other(title, text, other))


def _with_text(heading: HtmlElement) -> HtmlElement | None:
    """The innermost element around a heading that holds its article's text."""
    for element in islice(heading.iterancestors(), _NEAR):
        if element.tag in ("body", "html", "main"):
            return None
        if _has_text(element):
            return element
    return None


def _alike(one: HtmlElement, other: HtmlElement) -> bool:
    return bool(one.get("class")) and (one.tag, one.get("class")) == (other.tag, other.get("class"))


def _is_other(title: str, own: list[str], other: HtmlElement) -> bool:
    heading = next(other.iter("h1", "h2"), None)
    if heading is None:
        return False
    after = _sentences(_paragraphs(other))
    return chance(title, str(heading.text_content()), own, after) >= AT_A_HEADING


def _paragraphs(element: HtmlElement) -> list[str]:
    return [str(paragraph.text_content()) for paragraph in element.iter("p")]


def _sentences(paragraphs: list[str]) -> list[str]:
    return [text for text in paragraphs if len(text.split()) >= _SENTENCE]


def _drop(elements: Iterable[HtmlElement]) -> None:
    for element in list(elements):
        if element.getparent() is not None:
            element.drop_tree()


def _has_text(element: HtmlElement) -> bool:
    """Whether an element's paragraphs have an article's length."""
    size = 0
    for paragraph in element.iter("p"):
        size += len(paragraph.text_content())
        if size >= _LEAST_TEXT:
            return True
    return False
