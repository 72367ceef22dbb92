"""Reading the newsroom in its own tests: by urllib and lxml, with none of the project's parsers."""

from __future__ import annotations

import gzip
import tomllib
import urllib.error
import urllib.request
from email.message import Message
from typing import NamedTuple
from urllib.parse import quote, urldefrag, urljoin

from lxml import etree, html

from newscrawl.article import Outcome
from newscrawl.outlets.model import Outlet
from tests.newsroom import Newsroom
from tests.newsroom.site import KEEP

SLOW_SECONDS = 1.5
"""How long the slow page takes in these tests."""


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Show the redirect instead of following it."""


def get(room: Newsroom, url: str, **headers: str) -> Answer:
    """One request through the proxy; redirects are shown, not followed."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({"http": room.proxy_url}), _NoRedirect)
    request = urllib.request.Request(
        url, headers={"User-Agent": "newsroom-test", **{k.replace("_", "-"): v for k, v in headers.items()}}
    )
    try:
        with opener.open(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


def outlets(room: Newsroom) -> dict[str, Outlet]:
    files = sorted(room.outlets_dir.glob("*.toml"))
    return {path.stem: Outlet.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in files}


def ending(room: Newsroom, outlet: str, outcome: Outcome) -> list[str]:
    return [url for url, end in room.expected()[outlet].items() if end == outcome]


# What an honest crawler finds, read here without any of the project's own parsers.


def found_links(room: Newsroom, outlet: Outlet) -> set[str]:
    links: set[str] = set()
    for listing in (*outlet.feeds, *outlet.sitemaps):
        links |= _links_of_xml(room, listing)
    for section in outlet.sections:
        page = html.fromstring(get(room, section).body)
        every = {urljoin(section, href) for href in page.xpath("//a/@href")}
        links |= {link for link in every if outlet.article_pattern and outlet.article_pattern.match(link)}
    return {quote(urldefrag(link.strip()).url, safe=KEEP) for link in links}


def _links_of_xml(room: Newsroom, listing: str) -> set[str]:
    answer = get(room, listing)
    body = gzip.decompress(answer.body) if listing.endswith(".gz") else answer.body
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(body, parser)
    if answer.status != 200 or "html" in answer.headers["Content-Type"]:
        return set()
    if str(root.tag).endswith("sitemapindex"):
        return set().union(*(_links_of_xml(room, loc.text or "") for loc in root.iter("{*}loc")))
    entries = list(root.iter("{*}item", "{*}entry", "{*}url"))
    found = {element.text for entry in entries for element in entry.iter("{*}loc", "{*}link") if element.text}
    found |= {
        element.get("href", "")
        for entry in entries
        for element in entry.iter("{*}link")
        if element.get("rel") == "alternate"
    }
    return {link for link in found if link.strip()}
