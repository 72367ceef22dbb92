"""A link, a headline and a language as listings write them → as we compare them.

This is not canonicalisation (tracking parameters, mobile hosts: `newscrawl.dedupe`), only what is needed
before two spellings of one link can be compared and fetched at all.
"""

from __future__ import annotations

import html
import re
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from newscrawl.page.links import forward_slashes

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
    r"""Return one absolute http(s) URL, or None when `link` is not a link to a web page.

    Made absolute against `base`, white space and fragment removed, `\` read as `/`, raw Arabic and other
    characters outside ASCII percent-encoded as UTF-8 with upper-case digits, the host in lower case ASCII.
    Idempotent; never raises.

    >>> tidy_url(" https://www.wam.ae/ar/article/c2-جري#top ")
    'https://www.wam.ae/ar/article/c2-%D8%AC%D8%B1%D9%8A'
    >>> tidy_url("../story/7?a=1&amp;b=%d8%a7", "https://news.example/ar/index.html")
    'https://news.example/story/7?a=1&b=%D8%A7'
    >>> tidy_url(r"\ar\2026\7", "https://news.example/ar/")
    'https://news.example/ar/2026/7'
    >>> tidy_url("mailto:desk@news.example") is None
    True
    """
    # A link escaped once too often (`&amp;amp;` in XML) arrives with `&amp;` in it.
    text = forward_slashes(_DROPPED.sub("", link).strip(_BLANKS).replace("&amp;", "&"))
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


_MARKUP = re.compile(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_INVISIBLE_ENDS = "\u200b\u200e\u200f\u202a\u202b\u202c\ufeff"
_LONGEST_TITLE = 500
"""A longer "headline" is a whole article in the wrong field; its beginning is enough."""


def clean_title(text: str) -> str:
    """Return the headline without tags, entities, padding and line breaks.

    Two rounds, for feeds that escape twice (`&amp;quot;` is common in Arabic feeds).

    >>> clean_title("  &amp;quot;نور للطاقة&amp;quot; <b>تعلن</b>&nbsp;النتائج  ")
    '"نور للطاقة" تعلن النتائج'
    """
    text = text[: _LONGEST_TITLE * 8]
    for _ in range(2):
        text = html.unescape(_MARKUP.sub(" ", text))
    text = " ".join(_MARKUP.sub(" ", text).split())
    return text.strip(_INVISIBLE_ENDS + " ")[:_LONGEST_TITLE]


def is_absolute(link: str) -> bool:
    r"""Whether a link names its own host.

    >>> is_absolute(r" HTTPS:\\news.example\7"), is_absolute("/7")
    (True, False)
    """
    return bool(_ABSOLUTE.match(forward_slashes(link.strip())))


_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
_ARABIC_LETTERS = re.compile(r"[\u0621-\u064a]{2}")

# Names and three-letter codes seen where a BCP 47 tag belongs, and tags that state nothing.
_SPELLINGS = {
    "arabic": "ar",
    "ara": "ar",
    "arb": "ar",
    "english": "en",
    "eng": "en",
    "fra": "fr",
    "fre": "fr",
}
_STATES_NOTHING = frozenset({"und", "mul", "zxx", "x-default"})


def language_tag(text: str | None) -> str:
    """Return a BCP 47 tag, or empty when the listing states none.

    >>> language_tag("ar_EG"), language_tag(" Arabic "), language_tag("und"), language_tag("?")
    ('ar-EG', 'ar', '', '')
    """
    tag = (text or "").strip().replace("_", "-")
    tag = _SPELLINGS.get(tag.lower(), tag)
    if tag.lower() in _STATES_NOTHING or not _LANGUAGE_TAG.fullmatch(tag):
        return ""
    return tag


def states_other_than_arabic(tag: str, title: str) -> bool:
    """Tell whether a listing's words say that a page is not Arabic.

    A headline in Arabic letters outweighs the tag: WordPress ships with `en-US`, and many an
    Arabic newsroom never changed it.

    >>> states_other_than_arabic("en", "UAE President meets"), states_other_than_arabic("ar-AE", "")
    (True, False)
    >>> states_other_than_arabic("en-US", "رئيس الدولة يستقبل"), states_other_than_arabic("", "x")
    (False, False)
    """
    primary = tag.partition("-")[0].lower()
    return primary not in ("", "ar") and not _ARABIC_LETTERS.search(title)
