"""What may be fetched, and why something was not: robots.txt, the outlet's site, public addresses only.

Two downloader middlewares and the DNS resolver refuse requests; `rejection_of` gives every request that
brought no page its Outcome.
"""

from __future__ import annotations

import ipaddress
import os
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.resolver import CachingThreadedResolver
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.internet.error import DNSLookupError
from twisted.internet.error import TimeoutError as TwistedTimeout

from newscrawl.article import Outcome, Rejected
from newscrawl.outlets.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.robotstxt import RobotParser
    from twisted.internet.defer import Deferred
    from twisted.python.failure import Failure

_TOO_LARGE = ("maxsize", "max size", "larger than")


class Refused(IgnoreRequest):
    """A request that is not sent."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


class RobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own obedience to robots.txt, which raises Refused(ROBOTS) in place of a bare IgnoreRequest."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Refuse what robots.txt forbids."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise Refused(Outcome.ROBOTS, "robots.txt forbids it") from error


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


def is_private(host: str) -> bool:
    """Whether a host is `localhost` or the literal of an address that is not public (RFC 1918, RFC 6890)."""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # "0x7f.1", "2130706433": forms of 127.0.0.1 that resolvers accept and no news site uses.
        last = host.rsplit(".", 1)[-1]
        return last.isdigit() or last.startswith("0x")


class PublicResolver(CachingThreadedResolver):
    """Scrapy's DNS resolver, whose answers must be public addresses, whoever asks.

    Only a proxy that the operator configured may stand in a private network.
    """

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:  # noqa: N802  (Twisted's name)
        """Resolve a name.

        Fails with DNSLookupError when the address is not public.
        """
        deferred = super().getHostByName(name, timeout)
        if name not in _proxy_hosts():
            deferred.addCallback(_public, name)
        return deferred


def _proxy_hosts() -> frozenset[str]:
    names = ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY")
    urls = (os.environ.get(name, "") for name in names)
    return frozenset(host for url in urls if (host := urlsplit(url).hostname))


def _public(address: str, name: str) -> str:
    if not ipaddress.ip_address(address).is_global:
        raise DNSLookupError(f"{name} resolves to {address}, an address in a private network")
    return address


def rejection_of(failure: Failure) -> Rejected:  # noqa: PLR0911  (one line per kind of failure)
    """The Outcome of a request that brought no page, by Scrapy's or Twisted's error."""
    error = failure.value
    if isinstance(error, Refused):
        return Rejected(error.outcome, error.reason)
    if isinstance(error, HttpError):
        return Rejected(Outcome.HTTP_ERROR, f"HTTP {error.response.status}")
    text = str(error).strip() or type(error).__name__
    lower = text.lower()
    if isinstance(error, IgnoreRequest) and "redirect" in lower:
        return Rejected(Outcome.REDIRECT_LOOP, "more redirects than allowed")
    if isinstance(error, DownloadCancelledError) or any(words in lower for words in _TOO_LARGE):
        return Rejected(Outcome.TOO_LARGE, text)
    if isinstance(error, DownloadTimeoutError | TwistedTimeout | TimeoutError):
        return Rejected(Outcome.TIMEOUT, "no whole answer in time")
    if isinstance(error, CannotResolveHostError) and "private network" in lower:
        return Rejected(Outcome.FORBIDDEN_ADDRESS, text)
    return Rejected(Outcome.NETWORK_ERROR, f"{type(error).__name__}: {text}")
