"""An outlet's own layouts, used on a page: the parts its file points to, where the general reading fails."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from lxml import etree
from lxml.html import HtmlElement

from newscrawl.outlets.layout import Layout, compiled
from newscrawl.outlets.model import Outlet
from newscrawl.page.statements import clean, text_of

_STATED = ("datetime", "content")
"""Attributes that state for machines what an element shows to people."""
_SHOWN = etree.XPath(".//text()[not(parent::script or parent::style)]", smart_strings=False)
NOTHING = "found nothing"
_AND = "، "


@dataclass(slots=True)
class Reading:
    """What a layout found on a page. A part for which it has no selector, or finds nothing, is empty."""

    layout: int
    """Its place among the outlet's layouts, from 1."""
    name: str = ""
    bodies: Sequence[HtmlElement] = ()
    """The elements of the page that hold the body."""
    title: str = ""
    published: str = ""
    """As written: still to be read as a time."""
    byline: str = ""
    """As written; several elements joined by an Arabic comma."""
    notes: list[str] = field(default_factory=list)
    """Selectors that found nothing, and why: `byline: found nothing`."""


def apply_layouts(tree: HtmlElement, outlet: Outlet | None, fetched_at: datetime) -> Reading | None:
    """Read a page by the first of its outlet's layouts that applies to it. Never raises.

    A layout applies when the page was fetched on its days, by the outlet's clock, and its `body` (its
    `title`, where it has no `body`) finds an element with text. Then, and only then, **the tree is changed**:
    what the layout's `remove` finds is taken out of it, before the parts are read.

    Returns:
        What it found, or None: no outlet, no layouts, or none of them applies. The tree is then as it was.
    """
    if outlet is None or not outlet.layouts:
        return None
    for number, layout in enumerate(outlet.layouts, start=1):
        if not _why_not(layout, tree, outlet, fetched_at):
            return _read(tree, layout, number)
    return None


def layouts_passed_over(tree: HtmlElement, outlet: Outlet, fetched_at: datetime) -> list[str]:
    """For people: why each of the outlet's layouts that comes before the one in use does not apply."""
    reasons = []
    for number, layout in enumerate(outlet.layouts, start=1):
        reason = _why_not(layout, tree, outlet, fetched_at)
        if not reason:
            break
        reasons.append(f"layout {_called(number, layout)}: {reason}")
    return reasons


def _called(number: int, layout: Layout) -> str:
    return f"{number} ({layout.name})" if layout.name else str(number)


def _why_not(layout: Layout, tree: HtmlElement, outlet: Outlet, fetched_at: datetime) -> str:
    """Why a layout does not apply to a page; empty when it does."""
    day = fetched_at.astimezone(outlet.zone).date()
    if not layout.valid_on(day):
        return f"not in use on {day}, when the page was fetched"
    key, selector = ("body", layout.body) if layout.body else ("title", layout.title or "")
    found, fault = _find(tree, selector)
    applies = _with_text(found) if key == "body" else any(map(_text, found))
    return "" if applies else f"{key}: {fault or NOTHING}"


def _read(tree: HtmlElement, layout: Layout, number: int) -> Reading:
    reading = Reading(number, layout.name)
    for selector in layout.remove:
        found, fault = _find(tree, selector)
        _take_out(found)
        if fault:
            reading.notes.append(f"remove: {fault}")
    reading.bodies = _bodies(reading, tree, layout.body)
    reading.title = next(iter(_texts(reading, tree, "title", layout.title)), "")
    reading.published = next(iter(_texts(reading, tree, "published", layout.published)), "")
    reading.byline = _AND.join(_texts(reading, tree, "byline", layout.byline))
    return reading


def _texts(reading: Reading, tree: HtmlElement, key: str, selector: str | None) -> list[str]:
    """The distinct texts that a selector finds; that there are none is noted."""
    if selector is None:
        return []
    found, fault = _find(tree, selector)
    texts = list(dict.fromkeys(text for node in found if (text := _text(node))))
    if not texts:
        reading.notes.append(f"{key}: {fault or NOTHING}")
    return texts


def _bodies(reading: Reading, tree: HtmlElement, selector: str | None) -> list[HtmlElement]:
    """The elements with text that a body's selector finds; that there are none is noted."""
    if selector is None:
        return []
    found, fault = _find(tree, selector)
    elements = _with_text(found)
    if not elements:
        reading.notes.append(f"body: {fault or NOTHING}")
    return elements


def _find(tree: HtmlElement, selector: str) -> tuple[list[HtmlElement | str], str]:
    """The elements and texts that a selector gives, and what went wrong, if anything did."""
    try:
        found = compiled(selector)(tree)
    except (etree.LxmlError, ValueError) as error:
        return [], f"{selector} failed: {error}"
    nodes = found if isinstance(found, list) else [found]
    return [node for node in nodes if isinstance(node, HtmlElement | str)], ""


def _with_text(nodes: list[HtmlElement | str]) -> list[HtmlElement]:
    """The elements that show text, without those inside another of them."""
    elements = _outermost([node for node in nodes if isinstance(node, HtmlElement)])
    return [element for element in elements if any(text.strip() for text in _SHOWN(element))]


def _text(node: HtmlElement | str) -> str:
    if isinstance(node, str):
        return clean(node)
    stated = next((value for name in _STATED if (value := node.get(name))), "")
    return clean(stated) or text_of(node)


def _take_out(nodes: list[HtmlElement | str]) -> None:
    for node in nodes:
        if isinstance(node, HtmlElement) and node.getparent() is not None:
            node.drop_tree()  # leaves the text after it where it is


def _outermost(elements: list[HtmlElement]) -> Iterator[HtmlElement]:
    """Elements in the page's order without those inside another of them: their text would come twice."""
    inside: set[HtmlElement] = set()
    for element in elements:
        if element not in inside:
            inside.update(element.iter(etree.Element))
            yield element
