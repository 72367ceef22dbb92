"""The names by which a site calls itself: they stand in titles, bylines and tags, and are part of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from newscrawl.arabic.credits import load_houses
from newscrawl.arabic.normalise import normalise
from newscrawl.outlets.model import Outlet
from newscrawl.page import Node
from newscrawl.page.statements import Statements, as_list, clean, string

HOME = frozenset({"الرييسيه", "الرءيسيه", "الصفحهالرءيسيه", "الاستقبال", "home", "homepage", "الصفحهالاولي"})
"""The home page's name in titles and crumbs, as keys (الرئيسية normalised)."""
MOST_CUTS = 12
SEPARATOR = re.compile(r"\s?[-–—|:/«»•·~]+\s?")
"""What may stand between a title and its site's name. Most stand inside headlines too."""
_WORD = re.compile(r"\w+")
_ENDINGS = frozenset("com net org tv online نت اونلاين الالكترونيه الاخباري الاخباريه".split())
"""After a site's name: youm7.com, الجزيرة نت, سبق الإلكترونية."""
_NO_NAMES = frozenset("www m amp ar arabic mobile news com net org gov info co blog web".split())
"""Parts of a host that are nobody's name."""
_LONGEST = 60
_FIRST_PICTURES = 40
"""A logo is among the first pictures of a page."""


@dataclass(frozen=True, slots=True)
class SiteNames:
    """A site's names, in a form for comparing."""

    keys: frozenset[str] = frozenset()

    def names(self, text: str) -> bool:
        """Whether a whole text is the site's name: with or without موقع, صحيفة, .com and the like."""
        return len(text) <= 2 * _LONGEST and not self.keys.isdisjoint(_readings(text))


def site_names(
    said: Statements, url: str, outlet: Outlet | None = None, pictures: Iterable[Node] = ()
) -> SiteNames:
    """All names of a page's site: stated, on its logo, the outlet's, and those of its host.

    `pictures` are the page's, in order: one that leads to the home page is the logo.
    """
    stated = [*_stated(said), *_of_host(url), *_of_logo(pictures, url)]
    if outlet:
        stated += [
            outlet.name,
            outlet.name_en,
            *(label for domain in outlet.domains for label in _of_host(domain)),
        ]
    return SiteNames(frozenset(key for name in stated if len(name) <= _LONGEST for key in _readings(name)))


def _stated(said: Statements) -> Iterator[str]:
    for name in ("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher"):
        yield clean(said.meta.get(name, ""))
    yield said.meta.get("twitter:site", "").lstrip("@ ")
    yield from _organisations(said.article.get("publisher"))
    for item in said.linked[:20]:
        if str(item.get("@type", "")).endswith(("WebSite", "NewsMediaOrganization")):
            yield string(item.get("name"))


def _organisations(value: object) -> Iterator[str]:
    for item in as_list(value):
        if isinstance(item, dict):
            yield string(item.get("name"))
        elif isinstance(item, str):
            yield string(item)


def _of_logo(pictures: Iterable[Node], url: str) -> Iterator[str]:
    """The texts of pictures that lead to the home page."""
    root = "/".join(url.split("/", 3)[:3])
    for picture in islice(pictures, _FIRST_PICTURES):
        if picture.link is not None and picture.link.href in ("/", root, f"{root}/"):
            yield clean((picture.get("alt") or picture.get("title"))[: 2 * _LONGEST])


def _of_host(url: str) -> Iterator[str]:
    """A host, its labels, and these run together: arabic.cnn.com gives cnn, cnnarabic and arabiccnn too."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return
    yield host.removeprefix("www.")
    labels = [label for label in host.split(".")[:-1] if label not in ("www", "m", "amp")]
    yield from (label for label in labels if label not in _NO_NAMES and len(label) > 2)
    if len(labels) > 1:
        yield "".join(labels)
        yield "".join(reversed(labels))


@lru_cache(maxsize=512)  # a page repeats its site's name in many places
def _readings(text: str) -> frozenset[str]:
    words = _WORD.findall(normalise(text).replace("_", " "))
    if not words:
        return frozenset()
    short = words
    while len(short) > 1 and short[0] in load_houses().kinds:
        short = short[1:]
    while len(short) > 1 and short[-1] in _ENDINGS:
        short = short[:-1]
    return frozenset(("".join(words), "".join(short)))


@lru_cache(maxsize=512)  # a page repeats its title, section and site's name in many places
def title_key(text: str) -> str:
    """A title for comparing: normalised letters and digits only."""
    return "".join(_WORD.findall(normalise(text)))


def without_site(title: str, site: SiteNames, sections: Sequence[str]) -> str:
    """A title without the site's name, section and الرئيسية glued to its ends by a dash, bar or the like.

    A section goes only beside the site's name, or at the end: "زراعة: موسم وفير" is how headlines begin.
    """
    known = {title_key(section) for section in sections} | HOME
    cuts = [(match.start(), match.end()) for match in SEPARATOR.finditer(title)]
    start, end = 0, len(title)
    for left, right in reversed(cuts[-MOST_CUTS:]):
        piece = title[right:end].strip()
        if not piece or not (title_key(piece) in known or site.names(piece)):
            break
        end = left
    for left, right in cuts[:MOST_CUTS]:
        piece = title[start:left].strip()
        if right > end or not piece or not (site.names(piece) or (start and title_key(piece) in known)):
            break
        start = right
    return title[start:end].strip() or title
