"""What a page says of its article, each part read by the module that knows its traps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urljoin

from newscrawl.extraction.agencies import Credit, credit_of, source_lines
from newscrawl.extraction.authors import organisations_of, read_authors
from newscrawl.extraction.headline import Headline, find_headline
from newscrawl.extraction.images import read_image
from newscrawl.extraction.sections import read_section, stated_sections
from newscrawl.extraction.sitenames import SiteNames, site_names
from newscrawl.extraction.standfirsts import read_standfirst
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.extraction.tags import read_tags
from newscrawl.outlets.model import Outlet
from newscrawl.page import Page
from newscrawl.page.statements import clean


@dataclass(slots=True)
class Metadata:
    """A page's own statements, each as the most trustworthy place gives it; empty where none does."""

    title: str = ""
    headline: Headline = field(default_factory=Headline)
    """The title with the block and node that show it, if one does."""
    summary: str = ""
    authors: list[str] = field(default_factory=list)
    section: str = ""
    tags: list[str] = field(default_factory=list)
    image: str = ""
    canonical: str = ""
    """The address that the page states as its own, absolute, as it stands."""
    site_name: str = ""
    credits: list[str] = field(default_factory=list)
    """The page's lines of credit (bylines, source lines), as published."""
    organisations: list[str] = field(default_factory=list)
    """Houses that JSON-LD names as author."""
    site: SiteNames = field(default_factory=SiteNames)
    """The names by which the site calls itself."""


def read_metadata(page: Page, url: str, outlet: Outlet | None = None) -> Metadata:
    """Find the headline, and read what stands around it. Never raises on what a page may contain."""
    said = page.said
    site = site_names(said, url, outlet, page.tagged("img"))
    headline = find_headline(page, site, stated_sections(said))
    around = Surroundings(page, headline)
    title = headline.text
    section = read_section(around, site, title, url)
    authors, lines = read_authors(around, site, section)
    return Metadata(
        title=title,
        headline=headline,
        summary=read_standfirst(around, site, title),
        authors=authors,
        section=section,
        tags=read_tags(around, site, title, section),
        image=read_image(around, url),
        canonical=_canonical(page, url),
        site_name=clean(said.meta.get("og:site_name", "")),
        credits=list(dict.fromkeys([*lines, *source_lines(around)])),
        organisations=organisations_of(said),
        site=site,
    )


def read_credit(body: str, page: Metadata, notes: Sequence[str] = ()) -> Credit:
    """Whose report it is and where it was filed: from the text, the notes around it, the lines of credit."""
    return credit_of(body, page.credits, page.organisations, page.site, notes=notes)


def _canonical(page: Page, url: str) -> str:
    stated = [*page.said.links.get("canonical", ()), page.said.meta.get("og:url", "").strip()]
    address = next(filter(None, stated), "")
    try:
        return urljoin(url, address) if address else ""
    except ValueError:
        return ""
