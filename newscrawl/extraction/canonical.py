"""Whether a page's canonical link names this one article, or a script, a section or another page.

Content systems state one canonical link on every page of a site (`article.php`, the section, the first
article): whoever believes it keeps one article of the site and drops the rest as its copies.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from newscrawl.dedupe.canonical import canonical_url
from newscrawl.extraction.addresses import LISTINGS, read_address
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.model import Outlet

SLUG_WORDS = 4
"""A slug of so many words names an article by its headline."""
SHARED = 0.5
"""Share of the shorter slug's words that two slugs of one article have in common, at least."""

_DATE = re.compile(r"(?<!\d)(?:19|20)\d\d[/-]\d{1,2}[/-]\d{1,2}(?!\d)|(?<!\d)(?:19|20)\d\d[/-]\d{1,2}(?=/)")
_DIGITS = re.compile(r"\d+")
# A page's number is none; a page's name (SPIP's `page=article12`) may hold one.
_NO_IDS = re.compile(
    r"(?:^|&)(?:(?:utm_\w+|fbclid|gclid|ref|src|v|ver|lang|amp)=[^&]*|page=\d*(?=&|$))", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]{2,}")
_EXTENSION = re.compile(r"\.(?:html?|aspx?|php\d?|jsp|cfm)$", re.IGNORECASE)


def believed_canonical(stated: str, url: str, outlet: Outlet | None = None) -> str:
    """The address that a page states as its own, in our form, where it can be this article's; else nothing.

    Args:
        stated: the canonical link or `og:url`, absolute.
        url: where the page came from, after redirects.
        outlet: whose page it is: its other domains, its rules for addresses.

    Never raises. That two articles of a run state the same address cannot be seen here: whoever keeps
    articles must then believe it of neither.
    """
    try:
        if not stated or not _same_site(stated, url, outlet) or not _names_an_article(stated, url):
            return ""
        return canonical_url(stated, outlet.canonical if outlet else None)
    except ValueError:
        return ""


def _same_site(stated: str, url: str, outlet: Outlet | None) -> bool:
    sites = {registered_domain(urlsplit(url).hostname or "")}
    if outlet:
        sites |= {registered_domain(name) for name in (outlet.domain, *outlet.aliases)}
    return registered_domain(urlsplit(stated).hostname or "") in sites


def _names_an_article(stated: str, url: str) -> bool:
    kind = read_address(stated)
    if kind.kind in LISTINGS and not kind.may_be_article and read_address(url).kind != kind.kind:
        return False
    ids, own = _ids(stated), _ids(url)
    words, own_words = _slug(stated), _slug(url)
    if own and ids:
        return bool(own & ids)
    if own:
        return len(words) >= SLUG_WORDS and _alike(words, own_words)
    if _last(stated) == _last(url):
        return True  # the mobile page's address, or AMP's
    if len(own_words) >= SLUG_WORDS:
        return bool(ids) or (len(words) >= SLUG_WORDS and _alike(words, own_words))
    return bool(ids) or len(words) >= SLUG_WORDS


def _alike(words: set[str], own: set[str]) -> bool:
    """Whether two slugs may be one article's; a short one says nothing."""
    fewer = min(len(words), len(own))
    return fewer < SLUG_WORDS or len(words & own) >= SHARED * fewer


def _ids(address: str) -> set[str]:
    """The numbers in an address that may be an article's: those of dates aside."""
    parts = urlsplit(address)
    text = f"{unquote(parts.path)}?{_NO_IDS.sub('', parts.query)}"
    return set(_DIGITS.findall(_DATE.sub(" ", text)))


def _slug(address: str) -> set[str]:
    """The words of the longest folder."""
    folders = _EXTENSION.sub("", unquote(urlsplit(address).path)).split("/")
    return max((set(_WORD.findall(folder)) for folder in folders), key=len, default=set())


def _last(address: str) -> str:
    """The last folder, without its ending."""
    return _EXTENSION.sub("", unquote(urlsplit(address).path).rstrip("/")).rpartition("/")[2].lower()
