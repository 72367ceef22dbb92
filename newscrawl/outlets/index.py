"""URL → the outlet it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from newscrawl.outlets.domains import host_of
from newscrawl.outlets.model import Outlet


class OutletIndex:
    """Finds the outlet of a URL by its host, then by its path where several could claim it."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_domain: dict[str, list[Outlet]] = {}
        for outlet in outlets:
            for domain in outlet.domains:
                self._by_domain.setdefault(domain, []).append(outlet)

    def outlet_for_url(self, url: str) -> Outlet | None:
        """The outlet with the longest domain or alias that holds the URL's host, if it is its page.

        Article patterns age, so an outlet that has its domain to itself, or no pattern, owns every
        page on it. One with a pattern whose homepage is a folder of a larger site (bbc.com/arabic)
        owns that folder and what its pattern matches, no more. Never raises.
        """
        for domain in _upwards(host_of(url)):
            if domain in self._by_domain:
                return _claimant(self._by_domain[domain], url)
        return None


def _upwards(host: str) -> Iterable[str]:
    labels = host.split(".")
    return (".".join(labels[start:]) for start in range(len(labels)))


def _claimant(outlets: list[Outlet], url: str) -> Outlet | None:
    for outlet in outlets:
        pattern = outlet.article_pattern
        if pattern and (pattern.match(url) or pattern.match(unquote(url))):
            return outlet
    path = f"{urlsplit(url).path.rstrip('/')}/"
    for outlet in outlets:
        folder = f"{urlsplit(outlet.homepage).path.rstrip('/')}/"
        if outlet.article_pattern is None or path.startswith(folder):
            return outlet
    return None
