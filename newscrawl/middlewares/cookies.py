"""Cookies: a jar for each outlet and run, small, and forgotten afterwards. Walls that want one are passed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.cookies import CookiesMiddleware

from newscrawl.outlets.domains import registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable
    from http.cookiejar import Cookie

    from scrapy import Request
    from scrapy.http import Response
    from scrapy.http.cookies import CookieJar

MAX_COOKIES = 100
MAX_COOKIE_BYTES = 32 * 1024


class OutletCookies(CookiesMiddleware):
    """Scrapy's cookies, one jar a `request.meta["cookiejar"]`; without the key, none at all.

    A jar that grows beyond its bounds is emptied: a site that sets new cookies with every page would fill
    the memory, and every request.
    """

    def _process_cookies(self, cookies: Iterable[Cookie], *, jar: CookieJar, request: Request) -> None:
        # Scrapy's own asks a list of public suffixes that it downloads; ours is installed.
        site = registered_domain(urlsplit(request.url).hostname or "")
        for cookie in cookies:
            domain = cookie.domain.lstrip(".")
            if not domain or domain == site or domain.endswith(f".{site}"):
                jar.set_cookie_if_ok(cookie, request)

    def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Add the jar's cookies."""
        if "cookiejar" in request.meta:
            super().process_request(request)

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Take an answer's cookies."""
        if "cookiejar" not in request.meta:
            return response
        super().process_response(request, response)
        jar = self.jars[request.meta["cookiejar"]].jar
        sizes = [len(cookie.name) + len(cookie.value or "") for cookie in jar]
        if len(sizes) > MAX_COOKIES or sum(sizes) > MAX_COOKIE_BYTES:
            jar.clear()
        return response
