"""Which site a host belongs to, by the Public Suffix List that comes with tldextract: no network."""

from __future__ import annotations

import ipaddress
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


_ABSOLUTE = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*:)?//")


def host_of(host_or_url: str) -> str:
    """The host in lower-case ASCII without port, brackets and final dot; empty when there is none.

    >>> host_of("HTTPS://WWW.SPA.gov.sa:443/ar"), host_of("أخبار.مصر"), host_of("[::1]:8000")
    ('www.spa.gov.sa', 'xn--igbicxr.xn--wgbh1c', '::1')
    """
    text = host_or_url.strip()
    if text.count(":") > 1 and not re.search(r"[/\[]", text):
        text = f"[{text}]"  # a bare IPv6 address, as urlsplit().hostname gives it
    try:
        host = urlsplit(text if _ABSOLUTE.match(text) else f"//{text}").hostname or ""
        return (host if host.isascii() else host.encode("idna").decode("ascii")).lower().rstrip(".")
    except ValueError:
        return ""


def registered_domain(host_or_url: str) -> str:
    """The domain that its owner registered: the public suffix and one label more.

    A suffix that the list does not know counts as one label, its rule for such cases. IP literals,
    `localhost` and bare suffixes come back as they are; no host gives an empty string.

    >>> registered_domain("https://www.spa.gov.sa/ar"), registered_domain("www.almarfa.example")
    ('spa.gov.sa', 'almarfa.example')
    >>> registered_domain("localhost:8000"), registered_domain("http://127.0.0.1:8000/")
    ('localhost', '127.0.0.1')
    """
    return _registered(host_of(host_or_url))


@lru_cache(maxsize=4096)  # a crawl asks for the same few hosts thousands of times
def _registered(host: str) -> str:
    if not host or "." not in host or _is_address(host):
        return host
    parts = _suffixes()(host)
    if not parts.suffix:
        return ".".join(host.split(".")[-2:])
    return f"{parts.domain}.{parts.suffix}" if parts.domain else host


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


@cache
def _suffixes() -> TLDExtract:
    # Imported late: tldextract brings in requests, which costs more than the whole registry.
    from tldextract import TLDExtract

    # No addresses and no cache folder: the list that is installed, nothing fetched, nothing written.
    # Private suffixes count: two blogs on one blog host are two sites.
    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
