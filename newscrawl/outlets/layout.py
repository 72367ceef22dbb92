"""How an outlet lays out its pages: selectors that name the places of an article's parts.

A selector is XPath 1.0, or CSS after `css:`.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

if TYPE_CHECKING:  # outlets without layouts must not pay for lxml
    from lxml.etree import XPath

CSS = "css:"
"""What a CSS selector begins with."""

_XPATH_START = re.compile(r"[/(.]|[a-z-]+\(")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_CALLED = re.compile(r"([\w:-]+)\s*\(")
_UNBOUND = re.compile(r"\$[\w:-]*|\b(?!xml:)[\w-]+:(?=[\w*])")
_FUNCTIONS = frozenset(
    "boolean ceiling concat contains count false floor id lang last local-name name namespace-uri "
    "normalize-space not number position round starts-with string string-length substring "
    "substring-after substring-before sum translate true".split()
)
"""Of XPath 1.0: https://www.w3.org/TR/1999/REC-xpath-19991116/#corelib."""
_NO_FUNCTIONS = frozenset("and comment div mod node or processing-instruction text".split())
"""What else stands before a parenthesis."""
_PROBE = "<html><head><title>-</title></head><body><p>-</p></body></html>"


@lru_cache(maxsize=4096)
def compiled(selector: str) -> XPath:
    """A selector, ready for use on a page's tree.

    Raises:
        ValueError: it is no selector; the message says the fault and the mend.
    """
    from lxml import etree

    css = selector.startswith(CSS)
    xpath = _css_to_xpath(selector) if css else selector
    if not css and not _XPATH_START.match(xpath):
        # `div.story` is XPath too: it asks for children of the name `div.story`, and finds none anywhere.
        raise ValueError(f"{selector!r} names no place; begin XPath with // and CSS with {CSS}")
    try:
        ready = etree.XPath(xpath, smart_strings=False)
    except (etree.XPathError, ValueError) as error:  # ValueError: control characters
        raise ValueError(
            f"{selector!r} is no XPath 1.0 ({error}); begin XPath with // and CSS with {CSS}"
        ) from None
    unknown = _unknown_name(xpath)
    if unknown:
        raise ValueError(f"{selector!r} uses {unknown}, which XPath 1.0 has not; write it without")
    return ready


def _unknown_name(xpath: str) -> str:
    """A function, variable or prefix that nobody has defined: lxml tells only when a page leads it there."""
    bare = _QUOTED.sub("''", xpath)
    for name in _CALLED.findall(bare):
        if name.rsplit("::", 1)[-1] not in _FUNCTIONS | _NO_FUNCTIONS:
            return f"{name}()"
    unbound = _UNBOUND.search(bare)
    return unbound.group() if unbound else ""


def _css_to_xpath(selector: str) -> str:
    from cssselect import HTMLTranslator, SelectorError

    css = selector.removeprefix(CSS).strip()
    try:
        return HTMLTranslator().css_to_xpath(css)
    except (SelectorError, RecursionError) as error:
        raise ValueError(
            f"{selector!r} is no CSS selector ({error}); mend it, or write it in XPath"
        ) from None


def _selector(value: str) -> str:
    _answer(value)
    return value


def _elements(value: str) -> str:
    if not isinstance(_answer(value), list):
        raise ValueError(f"{value!r} gives no elements; select the element itself, not its text")
    return value


def _answer(selector: str) -> Any:
    """What a selector gives on a small page.

    Raises:
        ValueError: neither elements nor a text.
    """
    from lxml import html

    found = compiled(selector)(html.document_fromstring(_PROBE))
    if not isinstance(found, list | str):
        raise ValueError(f"{selector!r} gives a {type(found).__name__}; select an element or a text")
    return found


def _day(value: Any) -> Any:
    """A TOML date, or the same in quotes."""
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        day = None
    if day is not None and (not isinstance(day, date) or isinstance(day, datetime)):
        day = None
    if day is None:
        raise ValueError(f"{str(value)!r} is no day; write it as 2026-03-01")
    return day


Day = Annotated[date, BeforeValidator(_day)]
Selector = Annotated[str, AfterValidator(_selector)]
"""Gives elements or a text."""
ElementSelector = Annotated[str, AfterValidator(_elements)]


class Layout(BaseModel):
    """One layout of an outlet's article pages, where the general reading is not good enough.

    `newscrawl.extraction.overrides` applies it to the pages fetched on its days on which `body` (or `title`,
    where there is no `body`) finds something.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str = ""
    """For people; shown by `newscrawl outlets check`."""
    valid_from: Day | None = None
    """The first day, by the outlet's clock, on which pages fetched had this layout."""
    valid_until: Day | None = None
    """The last one."""
    body: ElementSelector | None = None
    """The element that holds the article's text; of several, all, in the page's order."""
    title: Selector | None = None
    published: Selector | None = None
    """The publication time, in any form that is read elsewhere: a `<time>`, an attribute, Arabic prose."""
    byline: Selector | None = None
    remove: tuple[ElementSelector, ...] = ()
    """What is taken out of the page before it is read."""

    @model_validator(mode="after")
    def _recognises_pages(self) -> Layout:
        if self.body is None and self.title is None:
            raise ValueError("neither body nor title, by which a page is known; give at least one")
        if self.valid_from and self.valid_until and self.valid_from > self.valid_until:
            raise ValueError(
                f"valid_from {self.valid_from} is after valid_until {self.valid_until}; exchange them"
            )
        return self

    def valid_on(self, day: date) -> bool:
        """Whether pages fetched on that day may have this layout."""
        return (self.valid_from or date.min) <= day <= (self.valid_until or date.max)
