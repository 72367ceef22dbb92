"""Where a saved page came from: by its own word, or by the name of its file. For a worker, too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from urllib.parse import unquote

from lxml.html import HtmlElement

from newscrawl.article import Rejected
from newscrawl.dedupe.canonical import canonical_url
from newscrawl.page import parse

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://[^\s<>]+)", re.IGNORECASE)
"""What browsers write at the head of a page that they save."""
_START = 2048
_SUFFIX = re.compile(r"\.(?:html?|xhtml)$", re.IGNORECASE)
_INDEX = re.compile(r"(?<=/)index\.html?$", re.IGNORECASE)
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?")


class NoAddressError(ValueError):
    """Nobody says where a page came from."""


def stated_address(html: bytes, encoding: str | None = None) -> str:
    """The address that a page states: its canonical link, `og:url`, or what the browser that saved it wrote.

    Raises:
        NoAddressError: none of these is a whole http(s) address.
    """
    source = parse(html, encoding)
    stated = [] if isinstance(source, Rejected) else [*_stated(source.tree), *_saved_from(source.text)]
    for address in stated:
        if is_address(address):
            return address
    raise NoAddressError("the page states no address of its own (canonical link, og:url)")


def named_addresses(name: str) -> tuple[str, ...]:
    """The addresses that a file's name may mean, the likeliest first.

    Args:
        name: a percent-encoded address, with or without its scheme; or, below a folder, host/path/file as
            mirrors have it.

    >>> named_addresses("https%3A%2F%2Fx.example%2Fnews%2F1.html")
    ('https://x.example/news/1.html', 'https://x.example/news/1')
    >>> named_addresses("www.x.example/news/index.html"), named_addresses("page1.html")
    (('https://www.x.example/news/', 'https://www.x.example/news/index.html'), ())
    """
    text = name if name.startswith(("http://", "https://")) else _with_scheme(name)
    plain, suffixless = _INDEX.sub("", text), _SUFFIX.sub("", text)
    order = (plain, text) if plain != text else (text, suffixless)
    return tuple(one for one in dict.fromkeys(order) if is_address(one))


def chosen_address(names: Sequence[str], html: bytes, encoding: str | None = None) -> str:
    """Which of the addresses that a file's name may mean is the page's: if it states one of them, that one.

    Raises:
        NoAddressError: there is none.
    """
    if not names:
        raise NoAddressError("the file's name is no address")
    try:
        stated = canonical_url(stated_address(html, encoding)) if len(names) > 1 else ""
    except ValueError:
        stated = ""
    return next((one for one in names if canonical_url(one) == stated), names[0])


def is_address(text: str) -> bool:
    """Whether a text is a whole http(s) address."""
    try:
        canonical_url(text)
    except ValueError:
        return False
    return True


def _with_scheme(name: str) -> str:
    text = unquote(name)
    if text.startswith(("http://", "https://")):
        return text
    host = text.partition("/")[0]
    # A file "news.html" of no folder is no host; "www.x.example%2Fnews.html" is one with a path.
    return f"https://{text}" if "/" in text and _HOST.fullmatch(host) else ""


def _stated(tree: HtmlElement) -> Iterator[str]:
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").lower().split():
            yield link.get("href", "").strip()
    for meta in tree.iter("meta"):
        if "og:url" in (meta.get("property"), meta.get("name")):
            yield meta.get("content", "").strip()


def _saved_from(text: str) -> list[str]:
    return _SAVED_FROM.findall(text[:_START])
