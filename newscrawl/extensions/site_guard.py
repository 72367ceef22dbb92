"""Downloader middleware: no request or redirect leaves the outlet's site or enters a private network."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from newscrawl.article import Outcome
from newscrawl.extensions.refused import Refused
from newscrawl.outlets.domains import registered_domain

if TYPE_CHECKING:
    from scrapy import Request


class SiteGuard:
    """Sees every request right before it is sent, redirected ones too.

    `request.meta["sites"]` holds the registered domains it may go to; without the key any public one.
    Names that resolve to private addresses are the resolver's to refuse.
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
    """Whether a host is `localhost` or the literal of an address that is not public."""
    host = host.lower().rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        # "0x7f.1", "2130706433": forms of 127.0.0.1 that resolvers accept and no news site uses.
        last = host.rsplit(".", 1)[-1]
        return last.isdigit() or last.startswith("0x")
