"""What is not an article: listings, galleries, videos, live blogs, error pages, stubs behind a paywall.

Every rule wants clear evidence and names it: a true article turned away is lost, and a border case let in
can still be found and removed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from newscrawl.arabic import page_phrases as phrases
from newscrawl.article import Outcome, Rejected
from newscrawl.extraction import kinds_listings as listings
from newscrawl.extraction.kinds_listings import FULL_TEXT, SHORTEST
from newscrawl.extraction.signs import Signs, plain
from newscrawl.outlets.model import Outlet
from newscrawl.page import Page
from newscrawl.page.statements import types_of

WALLED = 250
"""A locked page that shows its wall is a stub up to here; with more, the wall only covers the text."""
LIVE_ENTRIES = 3

_GALLERY_TYPES = frozenset({"ImageGallery", "MediaGallery"})
_AUDIO_TYPES = frozenset({"PodcastEpisode", "PodcastSeries", "RadioEpisode", "AudioObject"})
_HOUSE_TYPES = frozenset({"AboutPage", "ContactPage", "CheckoutPage"})


def not_an_article(
    page: Page, url: str, body: str, outlet: Outlet | None = None, title: str = ""
) -> Rejected | None:
    """Why a page is no article, or None when it may be one. Never raises on what a page may contain.

    Args:
        page: the page, its headline found.
        url: where it came from, after redirects.
        body: the text that was read from it, paragraphs separated by line breaks; may be empty.
        outlet: whose page it is. An address that its `article_url` fits is no listing's by its path alone.
        title: the headline; default: the line that shows it, or the page's title.
    """
    signs = Signs(page, url, body, outlet, title)
    for rule in _RULES:
        reason = rule(signs)
        if reason:
            return Rejected(Outcome.NOT_ARTICLE, reason)
    return None


def _error(page: Signs) -> str:
    if page.words >= FULL_TEXT and (page.is_stated or page.words >= 2 * FULL_TEXT):
        return ""
    if page.is_error_class:
        return "error page: its class is error404"
    title = next((part for part in page.title_parts if part in _plain(phrases.ERROR_TITLES)), "")
    if title and not (page.is_stated and page.words >= SHORTEST):
        return f"error page: its title is “{title}”"
    if page.words >= FULL_TEXT:
        return ""
    # A search box may hide the heading "no results" on every page of a site.
    headings = page.headings if page.words < SHORTEST or not page.said.calls_itself_article else []
    for text in (*headings, *page.opening):
        if text.startswith(tuple(_plain(phrases.ERROR_OPENINGS))):
            return f"error page: it says “{text[:60]}”"
    return ""


def _house(page: Signs) -> str:
    """The house's own pages and sign-in pages."""
    if page.articles or page.fits_pattern:
        return ""
    if page.address.kind == "house":
        return f"the house's own page: its address ends in {page.address.evidence}"
    if page.types & _HOUSE_TYPES and not page.is_stated:
        return f"the house's own page: JSON-LD calls it {_listed(page.types & _HOUSE_TYPES)}"
    title = next((part for part in page.title_parts if part in _plain(phrases.HOUSE_TITLES)), "")
    if title and not page.said.calls_itself_article and plain(page.heading) in ("", title):
        return f"the house's own page: its title is “{title}”"
    return ""


def _live_blog(page: Signs) -> str:
    typed = "LiveBlogPosting" in page.types
    plain_article = any("LiveBlogPosting" not in types_of(item) for item in page.articles)
    if typed and (not plain_article or page.live_entries >= LIVE_ENTRIES):
        return "live blog: JSON-LD calls it LiveBlogPosting"
    if page.address.kind == "live blog" and (not plain_article or page.live_entries >= LIVE_ENTRIES):
        return f"live blog: its address has {page.address.evidence}"
    if page.address.kind == "live stream" and page.words < FULL_TEXT and not page.articles:
        return f"live stream: its address ends in {page.address.evidence}"
    phrase = next(
        (p for p in _plain(phrases.LIVE_PHRASES) if any(p in part for part in page.title_parts)), ""
    )
    if phrase and page.live_entries >= LIVE_ENTRIES:
        return f"live blog: “{phrase}” in its title, {page.live_entries} dated entries"
    return ""


def _video(page: Signs) -> str:
    if page.words >= FULL_TEXT:
        return ""
    og_type = page.said.og_type
    if og_type.startswith("video") and (page.has_player or not page.articles):
        return f"video: og:type is {og_type}, {page.words} words of text"
    if "VideoObject" in page.types and not page.said.calls_itself_article:
        return f"video: JSON-LD calls it VideoObject, {page.words} words of text"
    if page.types & _AUDIO_TYPES and not page.said.calls_itself_article:
        return f"audio: JSON-LD calls it {_listed(page.types & _AUDIO_TYPES)}, {page.words} words of text"
    kind, evidence = page.address.kind, page.address.evidence
    if kind in ("video", "audio") and page.has_player:
        return f"{kind}: {evidence} in its address, a player, {page.words} words of text"
    return ""


def _gallery(page: Signs) -> str:
    """Pages of pictures whose words are captions."""
    typed = page.types & _GALLERY_TYPES
    named = page.address.kind == "gallery"
    if not (named or (typed and not page.articles) or page.said.og_type == "gallery"):
        return ""
    captions = sum(paragraph.words for paragraph in page.listing.captions)
    if page.words - captions >= FULL_TEXT:
        return ""
    sign = f"{page.address.evidence} in its address" if named else _listed(typed) or "og:type"
    return f"gallery: {sign}, {page.words - captions} words beside captions"


def _paywalled(page: Signs) -> str:
    if True in page.access or page.words >= (WALLED if page.is_locked else FULL_TEXT):
        return ""
    wall = page.wall(_plain(phrases.PAYWALLS))
    if wall:
        return f"paywalled stub: {page.words} words before “{wall}”"
    if page.is_locked and page.words < FULL_TEXT:
        return f"paywalled stub: not free to read, {page.words} words"
    return ""


_RULES: tuple[Callable[[Signs], str], ...] = (
    _error,
    listings.by_address,
    listings.by_statement,
    _house,
    _live_blog,
    _video,
    _gallery,
    _paywalled,
    listings.by_structure,
)


def _listed(types: set[str]) -> str:
    return ", ".join(sorted(types))


@cache
def _plain(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(plain, phrases)))
