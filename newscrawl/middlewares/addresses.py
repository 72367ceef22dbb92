"""Where requests may go: the outlet's site, public addresses only, whatever links, redirects or DNS say."""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from scrapy.utils.datatypes import LocalCache
from twisted.internet.error import DNSLookupError

from newscrawl.article import Outcome
from newscrawl.middlewares.refusals import Refused
from newscrawl.outlets.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request
    from twisted.internet.defer import Deferred

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
"""All that IANA has given out of IPv6. NAT64 (64:ff9b::/96) and IPv4-mapped addresses lie outside."""
_TUNNELS = tuple(map(ipaddress.ip_network, ("2001::/32", "2002::/16", "192.88.99.0/24")))
"""Teredo, 6to4 and its relays: addresses that stand for IPv4 addresses, also for private ones."""
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "3fff::/20")))
"""Not global by IANA's registries, though Python before 3.12.4 takes them for that."""

_private_names: LocalCache[str, str] = LocalCache(10_000)
"""Names that resolved to an address in a private network, and the address; beside Scrapy's own `dnscache`.

Twisted drops the error of a resolver on its way to the request (`SimpleResolverComplexifier`).
"""


class SiteGuard:
    """Refuses requests and redirects that leave the outlet's site or enter a private network.

    It sees every request right before it is sent, redirected ones too. `request.meta["sites"]` holds the
    registered domains it may go to; without the key any public one. Names that resolve to private addresses
    are refused by `PublicResolver`.
    """

    @classmethod
    def from_crawler(cls, _crawler: object) -> Self:
        """Scrapy's way to make a component."""
        return cls()

    def process_request(self, request: Request) -> None:
        """Raise Refused, or let it pass."""
        parts = urlsplit(request.url)
        host = parts.hostname or ""
        if parts.scheme not in ("http", "https"):
            raise Refused(Outcome.FORBIDDEN_ADDRESS, f"{request.url}: neither http nor https")
        if is_private(host):
            raise Refused(Outcome.FORBIDDEN_ADDRESS, f"{request.url}: an address in a private network")
        sites = request.meta.get("sites")
        if sites and registered_domain(host) not in sites:
            raise Refused(Outcome.OFF_SITE, f"{request.url}: not on {' or '.join(sorted(sites))}")


def is_public(address: str) -> bool:
    """Whether an IP address can be a public server's: global by IANA's registries, unicast, no translation.

    Raises:
        ValueError: not an IP address.

    >>> is_public("8.8.8.8"), is_public("64:ff9b::a00:1"), is_public("ff0e::1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address)
    if not ip.is_global or ip.is_multicast or (ip.version == 6 and ip not in _GLOBAL_UNICAST):
        return False
    return not any(ip in network for network in _TUNNELS + _SPECIAL)


def is_private(host: str) -> bool:
    """Whether a host is `localhost` or the literal of an address that is not public (RFC 1918, RFC 6890)."""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not is_public(host)
    except ValueError:
        # "0x7f.1", "2130706433": forms of 127.0.0.1 that resolvers accept and no news site uses.
        last = host.rsplit(".", 1)[-1]
        return last.isdigit() or last.startswith("0x")


class PublicResolver(CachingThreadedResolver):
    """Scrapy's DNS resolver, whose answers must be public addresses, whoever asks.

    Twisted connects to the very address that is checked here: a name that resolves otherwise the next
    time (DNS rebinding) gains nothing. Only a proxy that the operator configured may stand in a private
    network.
    """

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  (Twisted's name)
        """Resolve a name.

        Fails with DNSLookupError when the address is not public; `private_address` then has it.
        """
        deferred = super().getHostByName(name, timeout)
        if name not in _proxy_hosts():
            deferred.addCallback(_public, name)
        return deferred


def private_address(name: str) -> str:
    """The address in a private network that a name resolved to; empty if it did not."""
    return _private_names.get(name) or ""


def _proxy_hosts() -> frozenset[str]:
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    urls = (os.environ.get(name, "") for name in names)
    return frozenset(host for url in urls if (host := urlsplit(url).hostname))


def _public(address: str, name: str) -> str:
    if is_public(address):
        _private_names.pop(name, None)
        return address
    _private_names[name] = address
    raise DNSLookupError(f"{name} resolves to {address}, an address in a private network")
