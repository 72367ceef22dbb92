"""Redirects: endless ones end, and count as their host's failures; a site that has moved is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from newscrawl.article import Outcome
from newscrawl.extensions.run import RunAccounting
from newscrawl.middlewares.breaker import CircuitBreaker
from newscrawl.middlewares.refusals import Refused
from newscrawl.outlets.domains import registered_domain
from newscrawl.outlets.moved import PAGES_MOVED
from newscrawl.page.links import forward_slashes

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.http import Response

    from newscrawl.outlets.model import Outlet

_FOR_GOOD = (301, 308)
FEED_HOSTS = frozenset(
    {"feedburner.com", "feedproxy.google.com", "feedblitz.com", "feedpress.me", "feedity.com", "follow.it"}
    | {"fetchrss.com", "politepol.com", "rss.app", "rsshub.app"}
)
"""Hosts, or registered domains, that hold other sites' feeds: not the site has moved that redirects there."""


class Redirects(RedirectMiddleware):
    """Scrapy's redirects; one too many is Refused(REDIRECT_LOOP)."""

    _moved: dict[tuple[str, str], set[str]]

    def process_response(  # type: ignore[override]
        self, request: Request, response: Response
    ) -> Request | Response:
        """As Scrapy; where to is read as browsers read it."""
        to = response.headers.get("Location")
        if to and b"\\" in to:
            response.headers["Location"] = forward_slashes(to.decode("latin-1")).encode("latin-1")
        return super().process_response(request, response)

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if reason in _FOR_GOOD and "outlet" in request.meta:
            self._note_move(request, redirected)
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            breaker = self.crawler.get_downloader_middleware(CircuitBreaker)
            if breaker is not None:
                breaker.note_failure(request, "redirects without end")
            raise Refused(Outcome.REDIRECT_LOOP, "more redirects than allowed") from error

    def _note_move(self, request: Request, redirected: Request) -> None:
        """Name the other registered domain that a listing, or several pages, are redirected to for good."""
        outlet: Outlet = request.meta["outlet"]
        host = urlsplit(redirected.url).hostname or ""
        domain = registered_domain(host)
        if not domain or domain in {registered_domain(one) for one in outlet.domains}:
            return
        is_page = "sites" in request.meta
        if FEED_HOSTS & {host, domain}:
            if not is_page:
                self._say(outlet, moved_feed(outlet, request.url, redirected.url))
            return
        self._moved = getattr(self, "_moved", {})
        pages = self._moved.setdefault((outlet.id, domain), set())
        before = len(pages)
        pages.update([request.url] if is_page else [f"{request.url}#{n}" for n in range(PAGES_MOVED)])
        if before < PAGES_MOVED <= len(pages):
            self._say(outlet, moved(outlet, domain, has_file=self.crawler.spidercls.name != "site"))

    def _say(self, outlet: Outlet, said: str) -> None:
        problems = RunAccounting.of(self.crawler).tallies.of(outlet.id).problems
        if said not in problems:  # a listing may be asked for again
            problems.append(said)


def moved(outlet: Outlet, domain: str, *, has_file: bool) -> str:
    """What to say, and to do, of an outlet whose addresses lead to another domain for good."""
    said = f"{outlet.domain} redirects to {domain} for good."
    if not has_file:
        return f"{said} If that is the same site, crawl it: -a url=https://{domain}/"
    return f"{said} If that is the same outlet, {outlet.with_alias(domain)}"


def moved_feed(outlet: Outlet, url: str, to: str) -> str:
    """What to say, and to do, of a listing that a host of feeds holds now."""
    return f"{url} redirects to {to} for good. Write into {outlet.id}.toml, in its place: {to}"
