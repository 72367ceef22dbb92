"""What a page says of itself in JSON-LD, meta tags and its head."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newscrawl.extraction.statements import ARTICLE_TYPES, Statements, clean, first, string, text_of

OTHER_TYPES = frozenset(
    {"VideoObject", "ImageGallery", "MediaGallery", "CollectionPage", "SearchResultsPage", "ProfilePage"}
)
"""schema.org types of pages that are something else."""

_AND = re.compile(r"\s*[،,;؛]\s*")
_BY = re.compile(r"^\s*(?:بقلم|كتب[ت]?|إعداد|By)\s*[:/-]?\s*")


@dataclass(slots=True)
class Metadata:
    """A page's own statements, each as the first trustworthy place gives it; empty where none does."""

    title: str = ""
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    canonical: str = ""
    site_name: str = ""
    language: str = ""
    og_type: str = ""
    types: set[str] = field(default_factory=set)
    """schema.org types of the JSON-LD objects of the page."""
    published: list[tuple[str, str]] = field(default_factory=list)
    """(source, text as written) in order of trust."""
    modified: list[tuple[str, str]] = field(default_factory=list)

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.types & ARTICLE_TYPES) or self.og_type == "article"


def read_metadata(tree: HtmlElement, said: Statements, url: str) -> Metadata:
    """Read a page's metadata. Never raises on what a page may contain."""
    page = Metadata()
    meta, article = said.meta, said.article
    page.types = said.types
    heading = text_of(next(iter(tree.xpath("//h1[normalize-space()]")), None))
    head_title = text_of(next(iter(tree.xpath("//head/title")), None))
    page.site_name = clean(meta.get("og:site_name", ""))
    og_title = clean(meta.get("og:title", "") or meta.get("twitter:title", ""))
    page.title = _without_site(
        string(article.get("headline")) or og_title or heading or head_title, page.site_name
    )
    page.summary = string(article.get("description")) or clean(
        meta.get("og:description", "") or meta.get("description", "")
    )
    page.authors = _authors(article, meta)
    page.section = string(first(article.get("articlesection"))) or clean(meta.get("article:section", ""))
    page.tags = _tags(article, meta, tree)
    image = _image(article) or meta.get("og:image", "") or meta.get("twitter:image", "")
    page.image = urljoin(url, image.strip()) if image.strip() else ""
    page.canonical = _canonical(tree, meta, url)
    page.language = (tree.get("lang") or string(article.get("inlanguage"))).strip()[:16]
    page.og_type = said.og_type
    page.published = _times(
        article,
        "datepublished",
        meta,
        (
            "article:published_time",
            "og:published_time",
            "pubdate",
            "publish-date",
            "dc.date.issued",
            "dc.date",
            "date",
            "sailthru.date",
            "parsely-pub-date",
        ),
    ) + _time_elements(tree)
    page.modified = _times(
        article,
        "datemodified",
        meta,
        ("article:modified_time", "og:updated_time", "lastmod", "last-modified"),
    )
    return page


def _without_site(title: str, site: str) -> str:
    """The title without the site's name glued to its end by a dash or bar."""
    if site:
        for mark in (" - ", " | ", " – ", " — ", " :: ", " « "):
            if title.endswith(mark + site):
                return title[: -len(mark + site)].strip()
    return title


def _names(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            if "Organization" not in str(item.get("@type", "")):
                yield string(item.get("name"))
        elif isinstance(item, str):
            yield clean(item)


def _authors(article: dict[str, Any], meta: dict[str, str]) -> list[str]:
    names = list(_names(article.get("author"))) or [
        clean(meta.get("author", "") or meta.get("article:author", ""))
    ]
    split = (part for name in names for part in _AND.split(_BY.sub("", name)))
    return list(dict.fromkeys(name for name in split if 2 < len(name) < 80 and "http" not in name))


def _tags(article: dict[str, Any], meta: dict[str, str], tree: HtmlElement) -> list[str]:
    words = article.get("keywords")
    if not words:
        words = [e.get("content", "") for e in tree.xpath("//meta[@property='article:tag']")] or meta.get(
            "keywords", ""
        )
    parts = words if isinstance(words, list) else _AND.split(str(words))
    return list(dict.fromkeys(tag for part in parts if isinstance(part, str) and (tag := clean(part))))[:50]


def _image(article: dict[str, Any]) -> str:
    value = first(article.get("image"))
    if isinstance(value, dict):
        value = first(value.get("url"))
    return value if isinstance(value, str) else ""


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    link = next(iter(tree.xpath("//link[translate(@rel,'CANOIL','canoil')='canonical']/@href")), "")
    address = (str(link) or meta.get("og:url", "")).strip()
    try:
        return urljoin(url, address) if address else ""
    except ValueError:
        return ""


def _times(
    article: dict[str, Any], key: str, meta: dict[str, str], names: tuple[str, ...]
) -> list[tuple[str, str]]:
    found = [("json-ld", string(article.get(key)))]
    found += [("meta", meta.get(name, "")) for name in names]
    return [(source, text) for source, text in found if text]


def _time_elements(tree: HtmlElement) -> list[tuple[str, str]]:
    """`<time datetime>` of the article itself: in its container or after the heading, not a sidebar's."""
    places = (
        "//article//time[@datetime][not(ancestor::aside)]/@datetime",
        "//*[@itemprop='datePublished']/@datetime",
        "//h1/following::time[@datetime][not(ancestor::aside or ancestor::li or ancestor::footer)]/@datetime",
    )
    for place in places:
        found = tree.xpath(place)
        if found:
            return [("time-element", str(found[0]))]
    return []
