"""The beginning of an element's text: enough to judge a box by, at the cost of a box.

A rule that asks for the whole text around every link of a page takes time that grows with the square of
the page.
"""

from __future__ import annotations

from lxml.html import HtmlElement


def glance(element: HtmlElement, most: int) -> str:
    """An element's text with white space collapsed; of a longer one the beginning, more than `most` long."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        words = piece.split(None, most + 1)[: most + 1]
        size += sum(map(len, words))
        before, after = " " * piece[:1].isspace(), " " * piece[-1:].isspace()
        pieces.append(f"{before}{' '.join(words)}{after}")
        if size > most:
            break
    return " ".join("".join(pieces).split())
