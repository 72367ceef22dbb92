"""Several articles one after another, as endless scrolling leaves them: only the page's own counts."""

from __future__ import annotations

from lxml.html import HtmlElement

_LEAST_TEXT = 400
"""Characters of paragraphs that an article has and a card has not."""


def drop_other_articles(root: HtmlElement) -> None:
    """Of several `article` elements with text of their own, keep the first that has the page's heading."""
    articles = [
        element
        for element in root.iter("article")
        if next(element.iterancestors("article"), None) is None and _mass(element) >= _LEAST_TEXT
    ]
    if len(articles) < 2:
        return
    own = next((element for element in articles if next(element.iter("h1"), None) is not None), articles[0])
    for element in articles:
        if element is not own and element.getparent() is not None:
            element.drop_tree()


def _mass(element: HtmlElement) -> int:
    return sum(len(paragraph.text_content()) for paragraph in element.iter("p"))
