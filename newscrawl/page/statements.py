"""What a page says of itself to machines: its meta tags and JSON-LD as written, read once for everyone."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from newscrawl.page.jsonld import is_linked_data, read_linked_data

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

STATED = frozenset({"meta", "link", "title", "script"})
"""The elements that speak to machines."""
_LANGUAGE = 16
_MOST = 100
"""Contents of one meta name that are kept."""
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Statements:
    """A page's meta tags and JSON-LD objects. Keys are lower-case; values are as written."""

    meta: dict[str, str] = field(default_factory=dict)
    """Name, property or itemprop → the first content that is not blank."""
    metas: dict[str, list[str]] = field(default_factory=dict)
    """The same with every content, in the page's order."""
    links: dict[str, list[str]] = field(default_factory=dict)
    """`rel` of a `<link>` → its addresses, as written."""
    language: str = ""
    """The `lang` of the page, or what its article states."""
    title: str = ""
    """The first `<title>`."""
    linked: list[dict[str, Any]] = field(default_factory=list)
    """Every JSON-LD object of the page, those of `@graph` and `mainEntity` too, in the page's order."""
    article: dict[str, Any] = field(default_factory=dict)
    """The first of them that is an article with a headline, else the first article; empty where none is."""

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


def types_of(item: dict[str, Any]) -> set[str]:
    """The schema.org types of a JSON-LD object, without their addresses."""
    return {str(kind).rsplit("/", 1)[-1] for kind in as_list(item.get("@type")) if kind}


def as_list(value: Any) -> list[Any]:
    """A JSON-LD value as a list: one or many may stand everywhere."""
    return value if isinstance(value, list) else [value]


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


def _in_head(element: HtmlElement) -> bool:
    """Whether a title element is the page's own, not a drawing's."""
    above = element.getparent()
    return above is None or above.tag in ("head", "html", "body")


class Collector:
    """Takes in the elements that state something, as the walk meets them."""

    def __init__(self, tree: HtmlElement) -> None:
        self.said = Statements(language=(tree.get("lang") or "").strip())

    def see(self, element: HtmlElement, tag: str) -> None:
        """Take in a `meta`, `link`, `title` or `script` element."""
        if tag == "meta":
            self._meta(element)
        elif tag == "link":
            href = (element.get("href") or "").strip()
            if href:
                for rel in (element.get("rel") or "").lower().split():
                    self.said.links.setdefault(rel, []).append(href)
        elif tag == "title":
            if not self.said.title and _in_head(element):
                self.said.title = clean(str(element.text_content()))
        elif is_linked_data(element.get("type") or ""):
            self.said.linked.extend(read_linked_data(element.text or ""))

    def _meta(self, element: HtmlElement) -> None:
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = (element.get("content") or "").strip()
        if name and content:
            values = self.said.metas.setdefault(name.strip().lower(), [])
            if len(values) < _MOST:
                values.append(content)

    def statements(self) -> Statements:
        """All that was seen."""
        said = self.said
        said.meta = {name: values[0] for name, values in said.metas.items()}
        articles = [item for item in said.linked if types_of(item) & ARTICLE_TYPES]
        said.article = next((item for item in articles if item.get("headline")), (articles or [{}])[0])
        said.language = (said.language or string(said.article.get("inlanguage")))[:_LANGUAGE].strip()
        return said


def read_statements(tree: HtmlElement) -> Statements:
    """What a tree states, where nothing else of it is wanted. Never raises on what a page may contain."""
    seen = Collector(tree)
    for element in tree.iter(*STATED):
        seen.see(element, str(element.tag))
    return seen.statements()
