"""The names by which a site calls itself: they stand in titles, bylines and tags, and are part of none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from newscrawl.arabic.credits import load_houses
from newscrawl.arabic.normalise import normalise
from newscrawl.extraction.statements import Statements, clean, string
from newscrawl.outlets.model import Outlet

_WORD = re.compile(r"\w+")
_ENDINGS = frozenset("com net org tv online نت اونلاين الالكترونيه الاخباري الاخباريه".split())
"""After a site's name: youm7.com, الجزيرة نت, سبق الإلكترونية."""
_NO_NAMES = frozenset("www m amp ar arabic mobile news com net org gov info co blog web".split())
"""Parts of a host that are nobody's name."""
_LONGEST = 60
_FIRST_LINKS = 40
"""A logo is among the first links of a page."""


@dataclass(frozen=True, slots=True)
class SiteNames:
    """A site's names, in a form for comparing."""

    keys: frozenset[str] = frozenset()

    def names(self, text: str) -> bool:
        """Whether a whole text is the site's name: with or without موقع, صحيفة, .com and the like."""
        return len(text) <= 2 * _LONGEST and not self.keys.isdisjoint(_readings(text))


def site_names(
    said: Statements, url: str, outlet: Outlet | None = None, links: Iterable[HtmlElement] = ()
) -> SiteNames:
    """All names of a page's site: stated, on its logo, the outlet's, and those of its host.

    `links` are the page's links, in order: those to its home page carry the logo.
    """
    stated = [*_stated(said), *_of_host(url), *_of_logo(links, url)]
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
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield string(item.get("name"))
        elif isinstance(item, str):
            yield string(item)


def _of_logo(links: Iterable[HtmlElement], url: str) -> Iterator[str]:
    """The texts of pictures that lead to the home page."""
    root = "/".join(url.split("/", 3)[:3])
    for link in islice(links, _FIRST_LINKS):
        if (link.get("href") or "").strip().rstrip("/") in ("", root):
            for picture in link.iter("img"):
                yield clean((picture.get("alt") or picture.get("title") or "")[: 2 * _LONGEST])


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
