"""What a page says of its article, each part read by the module that knows its traps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.agencies import Credit, credit_of, source_lines
from newscrawl.extraction.authors import read_authors
from newscrawl.extraction.headline import Headline, find_headline
from newscrawl.extraction.sections import read_section, stated_sections
from newscrawl.extraction.sitenames import SiteNames, site_names, title_key
from newscrawl.extraction.surroundings import Surroundings
from newscrawl.extraction.tags import read_tags
from newscrawl.outlets.model import Outlet
from newscrawl.page import Page
from newscrawl.page.links import forward_slashes
from newscrawl.page.statements import Statements, clean, string


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
        site=site,
    )


def read_credit(body: str, page: Metadata, notes: Sequence[str] = ()) -> Credit:
    """Whose report it is and where it was filed: from the text, the notes around it, the lines of credit."""
    return credit_of(body, page.credits, page.site, notes=notes)


def _canonical(page: Page, url: str) -> str:
    stated = [*page.said.links.get("canonical", ()), page.said.meta.get("og:url", "").strip()]
    address = next(filter(None, stated), "")
    try:
        return urljoin(url, forward_slashes(address)) if address else ""
    except ValueError:
        return ""


LONGEST = 1500
"""Characters; what is longer is the article itself."""
_NEAR = 80
"""Elements between headline and standfirst: picture, date and sharing buttons may stand there."""
_NO_STANDFIRSTS = frozenset({"a", "article", "main", "img", "ul", "h1"})
LEAST_WORDS = 5
_WORD = re.compile(r"\w{3,}")
_SITE_WORDS = frozenset(
    normalise("موقع صحيفة جريدة وكالة قناة شبكة بوابة أخبار الأخبار إخباري إخبارية").split()
)
"""A description that has one of these, and not a word of the headline, describes the site."""


def read_standfirst(around: Surroundings, site: SiteNames, title: str) -> str:
    """The standfirst as published, or the description; empty where both are only the site's.

    A description that repeats the beginning of the article is kept: it is what the page offers.
    """
    for text in chain(_shown(around), _stated(around.page.said)):
        if _sums_up(text, site, title):
            return text
    return ""


def _shown(around: Surroundings) -> Iterator[str]:
    """What calls itself standfirst behind the headline, and a lower heading that follows it at once."""
    for node in islice(around.after("standfirst", within=_NEAR), 4):
        if node is not around.headline.node and node.tag not in _NO_STANDFIRSTS:
            yield around.text(node, 2 * LONGEST)
    block = around.headline.block
    if block is not None and around.headline.node is not None:
        below = around.page.blocks[around.headline.node.end : around.headline.node.end + 1]
        yield from (one.text for one in below if one.level in (2, 3))


def _stated(said: Statements) -> Iterator[str]:
    yield clean(string(said.article.get("description"))[: 2 * LONGEST])
    for name in ("og:description", "twitter:description", "description"):
        yield clean(clean(said.meta.get(name, "")[: 2 * LONGEST]))


def _sums_up(text: str, site: SiteNames, title: str) -> bool:
    words = text.split()
    if len(words) < LEAST_WORDS or len(text) > LONGEST or title_key(text) == title_key(title):
        return False
    of_text, of_title = (set(_WORD.findall(normalise(each))) for each in (text, title))
    return not title or bool(of_text & of_title) or not of_text & _SITE_WORDS


LONGEST_ADDRESS = 2000
"""Characters of an address; browsers and stores take no more."""
_META = (
    "og:image",
    "og:image:secure_url",
    "og:image:url",
    "twitter:image",
    "twitter:image:src",
    "image",
    "thumbnailurl",
)
_SOURCES = ("src", "data-src", "data-original", "data-lazy-src")
_NO_PICTURE = re.compile(
    r"(?:^|[^a-z])(?:logos?|default|placeholder|blank|spacer|pixel|1x1|no[-_]?(?:image|img|photo|pic|thumb)|favicon"
    r"|avatar|gravatar|banner|head|header|loading|loader|lazy|transparent|dummy|sprite|share[-_]?image)(?:[^a-z]|$)"
)
"""Names of what stands in for a picture; matched in the file's name and its folder's."""
_MOST = 20
"""So many pictures behind the headline are looked at: the article's is among the first."""
_PICTURE_BEHIND, _PICTURE_ABOVE = 400, 40
"""Elements behind and above the headline; the article's picture stands among them."""
_SMALL = 100
"""Pixels; a picture less wide is an icon."""


def read_image(around: Surroundings, url: str) -> str:
    """The picture's absolute address; empty where the page has none of its own.

    Of the pictures that the page states, one that it also shows wins, spelled as where it is shown:
    statements name thumbnails, crops and, now and then, other letter case.
    """
    stated = [address for value in _stated_pictures(around.page.said) if (address := _address(value, url))]
    rank = {_key(address): number for number, address in reversed(list(enumerate(stated)))}
    best, best_rank, first = "", len(stated), ""
    for address in islice(_shown_picture(around, url), _MOST):
        first = first or address
        number = rank.get(_key(address), len(stated))
        if number < best_rank:
            best, best_rank = address, number
        if best_rank == 0:
            break
    return best or (stated[0] if stated else first)


def _stated_pictures(said: Statements) -> Iterator[str]:
    yield from _addresses(said.article.get("image"))
    for name in _META:
        yield said.meta.get(name, "")
    yield from _addresses(said.article.get("thumbnailurl"))


def _addresses(value: Any, depth: int = 0) -> Iterator[str]:
    """The addresses of a JSON-LD image: text, object, list, or list of a context (@list)."""
    if depth > 3:
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:10]:
            yield from _addresses(item, depth + 1)
    elif isinstance(value, dict):
        for key in ("url", "contentUrl", "@list", "@id"):
            yield from _addresses(value.get(key), depth + 1)


def _shown_picture(around: Surroundings, url: str) -> Iterator[str]:
    """The pictures near the text: behind the headline, and just above it, where some pages show it."""
    page = around.page
    if around.headline.node is None and not page.run:
        return
    first = page.blocks[page.run.start].node.at if page.run else around.at
    start, stop = (around.at or first) - _PICTURE_ABOVE, max(around.at, first) + _PICTURE_BEHIND
    near = [node for node in page.tagged("img") if start <= node.at <= stop and not around.outside(node)]
    for node in sorted(near, key=lambda node: node.at < around.at):
        width = node.get("width")
        if width.isdigit() and int(width[:6]) < _SMALL:
            continue
        address = next(filter(None, (_address(node.get(name), url) for name in _SOURCES)), "")
        if address:
            yield address


def _address(value: str, url: str) -> str:
    value = value.strip()
    if (
        not value
        or len(value) > LONGEST_ADDRESS
        or value.lower().startswith(("data:", "javascript:", "blob:", "about:"))
    ):
        return ""
    try:
        address = urljoin(url, forward_slashes(value))
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path in ("", "/"):
        return ""
    names = "/".join(unquote(parts.path).lower().rsplit("/", 2)[-2:])
    return "" if _NO_PICTURE.search(names) or names.endswith((".svg", ".ico")) else address


def _key(address: str) -> str:
    """An address for comparing: without scheme, query and letter case."""
    parts = urlsplit(address)
    return f"{parts.netloc}{unquote(parts.path)}".lower()
