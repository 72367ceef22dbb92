"""The article's picture: the one it states and shows, no logo and no placeholder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from newscrawl.extraction.surroundings import Surroundings
from newscrawl.page.statements import Statements

LONGEST = 2000
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
_NEAR, _BEFORE = 400, 40
"""Elements behind and above the headline; the article's picture stands among them."""
_SMALL = 100
"""Pixels; a picture less wide is an icon."""


def read_image(around: Surroundings, url: str) -> str:
    """The picture's absolute address; empty where the page has none of its own.

    Of the pictures that the page states, one that it also shows wins, spelled as where it is shown:
    statements name thumbnails, crops and, now and then, other letter case.
    """
    stated = [address for value in _stated(around.page.said) if (address := _address(value, url))]
    rank = {_key(address): number for number, address in reversed(list(enumerate(stated)))}
    best, best_rank, first = "", len(stated), ""
    for address in islice(_shown(around, url), _MOST):
        first = first or address
        number = rank.get(_key(address), len(stated))
        if number < best_rank:
            best, best_rank = address, number
        if best_rank == 0:
            break
    return best or (stated[0] if stated else first)


def _stated(said: Statements) -> Iterator[str]:
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


def _shown(around: Surroundings, url: str) -> Iterator[str]:
    """The pictures near the text: behind the headline, and just above it, where some pages show it."""
    page = around.page
    if around.headline.node is None and not page.run:
        return
    first = page.blocks[page.run.start].node.at if page.run else around.at
    start, stop = (around.at or first) - _BEFORE, max(around.at, first) + _NEAR
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
        or len(value) > LONGEST
        or value.lower().startswith(("data:", "javascript:", "blob:", "about:"))
    ):
        return ""
    try:
        address = urljoin(url, value)
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
