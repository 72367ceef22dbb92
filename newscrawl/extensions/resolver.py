"""DNS: names that resolve to private addresses are refused, whoever asks (RFC 1918, 6890).

Only a proxy that the operator configured may stand in a private network.
"""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.resolver import CachingThreadedResolver
from twisted.internet.error import DNSLookupError

if TYPE_CHECKING:
    from twisted.internet.defer import Deferred


def _proxy_hosts() -> frozenset[str]:
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    urls = (os.environ.get(name, "") for name in names)
    return frozenset(host for url in urls if (host := urlsplit(url).hostname))


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, whose answers must be public addresses."""

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  (Twisted's name)
        """Resolve a name.

        Fails with DNSLookupError when the address is not public.
        """
        deferred = super().getHostByName(name, timeout)
        if name not in _proxy_hosts():
            deferred.addCallback(_public, name)
        return deferred


def _public(address: str, name: str) -> str:
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} resolves to {address}, an address in a private network")
    return address
