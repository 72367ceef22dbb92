"""What a page says of its article, each part read by the module that knows its traps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from lxml.html import HtmlElement

from newscrawl.extraction.kinds.access import read_access
from newscrawl.extraction.metadata.agencies import Credit, credit_of, source_lines
from newscrawl.extraction.metadata.authors import organisations_of, read_authors
from newscrawl.extraction.metadata.images import read_image
from newscrawl.extraction.metadata.landmarks import find_landmarks
from newscrawl.extraction.metadata.sections import read_section, stated_sections
from newscrawl.extraction.metadata.sitenames import SiteNames, site_names
from newscrawl.extraction.metadata.standfirsts import read_standfirst
from newscrawl.extraction.metadata.tags import read_tags
from newscrawl.extraction.metadata.titles import read_headline
from newscrawl.outlets.model import Outlet
from newscrawl.page.statements import ARTICLE_TYPES, Statements, clean, string


@dataclass(slots=True)
class Metadata:
    """A page's own statements, each as the most trustworthy place gives it; empty where none does."""

    title: str = ""
    headline: HtmlElement | None = None
    """The element that shows the title; None where only machines are told it."""
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    canonical: str = ""
    site_name: str = ""
    language: str = ""
    og_type: str = ""
    is_accessible_for_free: bool | None = None
    """Whether the whole article is free to read; None where the page does not say."""
    types: set[str] = field(default_factory=set)
    """schema.org types of the JSON-LD objects of the page."""
    credits: list[str] = field(default_factory=list)
    """The page's lines of credit (bylines, source lines), as published."""
    organisations: list[str] = field(default_factory=list)
    """Houses that JSON-LD names as author."""
    site: SiteNames = field(default_factory=SiteNames)
    """The names by which the site calls itself."""

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.types & ARTICLE_TYPES) or self.og_type == "article"


def read_metadata(tree: HtmlElement, said: Statements, url: str, outlet: Outlet | None = None) -> Metadata:
    """Read a page's metadata. Never raises on what a page may contain."""
    marks = find_landmarks(tree)
    site = site_names(said, url, outlet, (link for _, link in marks.found.get("a", ())))
    headline = read_headline(tree, marks, said, site, stated_sections(said))
    if headline.element is not None:
        marks.choose(headline.element)
    title = headline.text
    section = read_section(said, marks, site, title, url)
    authors, lines = read_authors(said, marks, site, section)
    return Metadata(
        title=title,
        headline=headline.element,
        summary=read_standfirst(said, marks, site, title),
        authors=authors,
        section=section,
        tags=read_tags(tree, said, marks, site, title, section),
        image=read_image(said, marks, url),
        canonical=_canonical(tree, said.meta, url),
        site_name=clean(said.meta.get("og:site_name", "")),
        language=(tree.get("lang") or string(said.article.get("inlanguage"))).strip()[:16],
        og_type=said.og_type,
        is_accessible_for_free=read_access(said),
        types=said.types,
        credits=list(dict.fromkeys([*lines, *source_lines(marks)])),
        organisations=organisations_of(said),
        site=site,
    )


def read_credit(body: str, page: Metadata, notes: Sequence[str] = ()) -> Credit:
    """Whose report it is and where it was filed: from the text, the notes around it, the lines of credit."""
    return credit_of(body, page.credits, page.organisations, page.site, notes=notes)


def _canonical(tree: HtmlElement, meta: dict[str, str], url: str) -> str:
    links = (e for e in tree.iter("link") if (e.get("rel") or "").strip().lower() == "canonical")
    link = next((address for e in links if (address := (e.get("href") or "").strip())), "")
    address = link or meta.get("og:url", "").strip()
    try:
        return urljoin(url, address) if address else ""
    except ValueError:
        return ""
