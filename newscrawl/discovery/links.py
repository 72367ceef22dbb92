"""A link as a listing wrote it → one absolute http(s) URL, tidied and otherwise left alone.

This is not canonicalisation (tracking parameters, mobile hosts: `newscrawl.dedupe`), only what is
needed before two spellings of one link can be compared and fetched at all.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

# Listings copy links out of word processors and wrap them at will: browsers drop tabs and line
# ends anywhere in a URL, and trim blanks and invisible marks at its ends; so do we.
_DROPPED = re.compile(r"[\t\r\n\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_BLANKS = "".join(map(chr, range(0x21))) + "\x7f\u00a0"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
# Short ways for what a sitemap holds 50,000 times: nothing to join, nothing to encode.
_ABSOLUTE = re.compile(r"https?://", re.I)
_CLEAN = re.compile(r"[A-Za-z0-9._~/!$&'()*+,;=:@-]*")
_PATH_SAFE = "/!$&'()*+,;=:@~%"
_QUERY_SAFE = _PATH_SAFE + "?"
_MAX_LENGTH = 4096
"""The longest of the 672 article URLs in our notes has 554 characters, escaped."""


def tidy_url(link: str, base: str = "") -> str | None:
    """Return one absolute http(s) URL, or None when `link` is not a link to a web page.

    Made absolute against `base`, white space and fragment removed, raw Arabic and other characters
    outside ASCII percent-encoded as UTF-8 with upper-case digits, the host in lower case ASCII.
    Idempotent; never raises.

    >>> tidy_url(" https://www.wam.ae/ar/article/c2-جري#top ")
    'https://www.wam.ae/ar/article/c2-%D8%AC%D8%B1%D9%8A'
    >>> tidy_url("../story/7?a=1&amp;b=%d8%a7", "https://news.example/ar/index.html")
    'https://news.example/story/7?a=1&b=%D8%A7'
    >>> tidy_url("mailto:desk@news.example") is None
    True
    """
    # A link escaped once too often (`&amp;amp;` in XML) arrives with `&amp;` in it.
    text = _DROPPED.sub("", link).strip(_BLANKS).replace("&amp;", "&")
    if not text:
        return None
    try:
        parts = urlsplit(text if _ABSOLUTE.match(text) else urljoin(base, text))
        host = _ascii_host(parts.hostname)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    default = {"http": 80, "https": 443}[parts.scheme]
    netloc = host if port is None or port == default else f"{host}:{port}"
    url = urlunsplit(
        (parts.scheme, netloc, _encode(parts.path, _PATH_SAFE), _encode(parts.query, _QUERY_SAFE), "")
    )
    return url if len(url) <= _MAX_LENGTH else None


def _ascii_host(host: str | None) -> str:
    """Return the host in lower case ASCII; empty when it cannot be one.

    Raises:
        ValueError: the host cannot be written in ASCII (UnicodeError is a ValueError).

    """
    if not host:
        return ""
    ascii_host = host if host.isascii() else host.encode("idna").decode("ascii")
    if ":" in ascii_host:
        return f"[{ascii_host}]"
    return ascii_host.lower() if re.fullmatch(r"[A-Za-z0-9._-]+", ascii_host) else ""


def _encode(text: str, safe: str) -> str:
    """Percent-encode what may not stand in a URL; escapes already there are kept, in upper case."""
    if _CLEAN.fullmatch(text):
        return text
    whole = _ESCAPE.sub(lambda match: match[0].upper() if match[1] else "%25", text)
    return quote(whole, safe=safe, encoding="utf-8", errors="replace")
