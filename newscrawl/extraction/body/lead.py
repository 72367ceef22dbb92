"""The lead that stands outside the container of the text: found again between the headline and the body."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml.html import HtmlElement

from newscrawl.extraction.body.glance import glance
from newscrawl.extraction.body.letters import letters
from newscrawl.extraction.body.phrases import find, photo_credit
from newscrawl.extraction.echo import goes_on, unfinished

_LEAST_WORDS = 10
_MOST_WORDS = 120
_LONG = {False: 15, True: 24}
"""Words of a lead that need not end in a full stop; in a sub-title, where fewer are the standfirst."""
_LONGEST = 2000
"""Characters that so many words never have."""
_LOOKED_AT = 400
"""Elements after the headline: the text begins long before so many."""
_SAME = 40
"""Letters by which a paragraph of the body is known again in the tree."""
_PARAGRAPHS = frozenset({"p", "div", "span", "strong", "b", "h2", "h3", "h4", "section"})
_SUBTITLES = frozenset({"h2", "h3", "h4"})
_NOT_LEAD = frozenset({"figure", "figcaption", "aside", "nav", "footer", "ul", "ol", "form", "time", "a"})
_HOLDING = (_PARAGRAPHS | _NOT_LEAD) - {"a", "span", "strong", "b", "time"}
"""An element that holds one of these is no paragraph."""
_CAPTION = re.compile(
    r"caption|credit|photo|image|gallery|author|byline|date|meta|share|tags?\b|bread", re.IGNORECASE
)


def lost_lead(root: HtmlElement, title: str, body: Sequence[str]) -> list[str]:
    """The paragraphs between the headline and the body's first, which the body lacks.

    A sub-title (h2 to h4) is the standfirst and stays outside, unless the body cannot begin without it: its
    first paragraph goes on with something.
    """
    heading = _heading(root, title)
    if heading is None or not body:
        return []
    known = {letters(line)[:_SAME] for line in body}
    first = letters(body[0])[:_SAME]
    needed = goes_on(body[0])
    found: list[str] = []
    for element in _after(heading):
        text = glance(element, _LONGEST)
        same = letters(text)
        if same.startswith(first):
            return found
        if _is_lead(element, text, needed=needed) and same[:_SAME] not in known:
            known.add(same[:_SAME])
            found.append(text)
    return []


def _heading(root: HtmlElement, title: str) -> HtmlElement | None:
    wanted = letters(title)
    for heading in root.iter("h1", "h2"):
        if letters(str(heading.text_content())) == wanted:
            return heading
    return None


def _after(heading: HtmlElement) -> Iterator[HtmlElement]:
    """Elements after the heading in the page's order, each before what it holds."""
    inside = set(heading.iter())
    tree = heading.getroottree()
    seen = started = 0
    for element in tree.getroot().iter():
        if element is heading:
            started = 1
        elif started and element not in inside and isinstance(element.tag, str):
            seen += 1
            if seen > _LOOKED_AT:
                return
            if element.tag in _PARAGRAPHS and not any(child.tag in _HOLDING for child in element):
                yield element


def _is_lead(element: HtmlElement, text: str, *, needed: bool) -> bool:
    words = len(text.split())
    if not _LEAST_WORDS <= words <= _MOST_WORDS:
        return False
    if not needed:
        subtitle = element.tag in _SUBTITLES
        ended = not unfinished(text) and not subtitle
        if text.endswith((":", "،", "...")) or not (ended or words >= _LONG[subtitle]):
            return False
    places = [element, *element.iterancestors()][:3]
    if any(place.tag in _NOT_LEAD or _CAPTION.search(place.get("class") or "") for place in places):
        return False
    linked = sum(len(str(link.text_content())) for link in element.iter("a"))
    return linked * 2 < len(text) and find(text) is None and photo_credit(text) is None
