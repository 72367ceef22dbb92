"""What a page says of itself to machines: its meta tags and JSON-LD as written, read once for everyone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from newscrawl.extraction.characters import only_text

ARTICLE_TYPES = frozenset(
    {
        "Article",
        "NewsArticle",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
    }
)
"""schema.org types that mean one article."""

_DEPTH = 4
_ITEMS = 50
"""So deep and so many objects of one list are read; pages that need more were made to hurt."""
_NESTED = 20
"""So deep an object's own values are read."""
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x1f]+")
_ESCAPE = re.compile(r"\\u(?:[dD][89a-fA-F]|00[01]|[fF]{3}[eEfF])|\\[bf]|&#")
"""How JSON may write what is no text."""


@dataclass(slots=True)
class Statements:
    """A page's meta tags and JSON-LD objects. Keys are lower-case; values are as written."""

    meta: dict[str, str] = field(default_factory=dict)
    """Name, property or itemprop → the first content that is not blank."""
    linked: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD object of the page, those of `@graph` too, in the page's order."""
    article: dict[str, Any] = field(default_factory=dict)
    """The first of them that is an article; empty where none is."""

    @property
    def types(self) -> set[str]:
        """schema.org types of all JSON-LD objects."""
        return {kind for item in self.linked for kind in types_of(item)}

    @property
    def og_type(self) -> str:
        """`og:type` in lower case."""
        return self.meta.get("og:type", "").strip().lower()

    @property
    def calls_itself_article(self) -> bool:
        """Whether JSON-LD or Open Graph says that the page is one article."""
        return bool(self.article) or self.og_type == "article"


def read_statements(tree: HtmlElement) -> Statements:
    """Read a page's meta tags and JSON-LD. Never raises on what a page may contain."""
    linked = list(_linked_data(tree))
    article: dict[str, Any] = next((item for item in linked if types_of(item) & ARTICLE_TYPES), {})
    return Statements(_meta_tags(tree), linked, article)


def types_of(item: dict[str, Any]) -> set[str]:
    """The schema.org types of a JSON-LD object, without their addresses."""
    kinds = item.get("@type")
    return {str(kind).rsplit("/", 1)[-1] for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind}


def first(value: Any) -> Any:
    """The first of a list, or the value itself: JSON-LD allows both everywhere."""
    return value[0] if isinstance(value, list) and value else value


def string(value: Any) -> str:
    """A JSON value as clean text; empty where it is no string."""
    return clean(value) if isinstance(value, str) else ""


def clean(text: str) -> str:
    """Text without character references, its white space single."""
    return _SPACE.sub(" ", unescape(text)).strip()


def text_of(element: HtmlElement | None) -> str:
    """An element's text, clean; empty where there is no element."""
    return clean(element.text_content()) if element is not None else ""


def _meta_tags(tree: HtmlElement) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), content.strip())
    return found


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = (script.text or "").strip().removeprefix("<!--").removesuffix("-->")
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            try:  # raw line breaks inside strings, trailing semicolons
                value = json.loads(_CONTROL.sub(" ", text).rstrip("; "), strict=False)
            except (ValueError, RecursionError):
                continue
        yield from _objects(_sound(value) if _ESCAPE.search(text) else value)


def _sound(value: Any, depth: int = 0) -> Any:
    """A JSON value whose strings hold only text; None for what lies too deep to be of use."""
    if isinstance(value, str):
        return only_text(value)
    if isinstance(value, list | dict) and depth > _NESTED:
        return None
    if isinstance(value, list):
        return [_sound(item, depth + 1) for item in value]
    if isinstance(value, dict):
        return {key: _sound(item, depth + 1) for key, item in value.items()}
    return value


def _objects(value: Any, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value[:_ITEMS]:
            yield from _objects(item, depth + 1)
    elif isinstance(value, dict):
        yield {str(key).lower(): item for key, item in value.items()}
        yield from _objects(value.get("@graph"), depth + 1)
