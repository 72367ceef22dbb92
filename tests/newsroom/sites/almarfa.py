"""جريدة المرفأ: Atom, a broken feed, a sitemap index; AMP, print and utm twins, redirects, a video."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from newscrawl.article import Outcome
from tests.newsroom import listings, traps
from tests.newsroom.desk import Desk, Text
from tests.newsroom.furniture import Piece
from tests.newsroom.reply import page
from tests.newsroom.site import Link, Site
from tests.newsroom.sites import almarfa_pages
from tests.newsroom.sites.common import (
    EITHER,
    LANGUAGES,
    ODD,
    latin_slug,
    link,
    mixed_slug,
    newest_first,
    odd_pieces,
    part,
    put_front_pages,
    trap,
)

OTHER_SITE = "http://other-site.example/"


def build(desk: Desk) -> Site:
    """The whole site."""
    site = Site("almarfa", "www.almarfa.example", "جريدة المرفأ", ZoneInfo("Asia/Beirut"), desk.edition)

    def address(place: int, text: Text) -> str:
        slug = mixed_slug(site, desk, text, arabic=bool(place % 2))
        return site.url(f"/article/{text.published.astimezone(site.zone):%Y/%m/%d}/{slug}")

    pieces = [Piece(text, address(place, text)) for place, text in enumerate(desk.texts)]
    odd = odd_pieces(desk, lambda place, text: address(0, text))
    for piece in pieces:
        path = path_of(site, piece.url)
        site.put_article(path, piece.text, page(almarfa_pages.article(site, piece, pieces)))
        site.put(f"/amp{path}", page(almarfa_pages.amp(site, piece)))
    for _, piece in odd:
        site.put(path_of(site, piece.url), page(almarfa_pages.article(site, piece, pieces)))
    put_front_pages(site, pieces)
    site.put_robots(f"User-agent: *\nDisallow: /private/\n\nSitemap: {site.url('/sitemap.xml')}\n")

    steady = [piece for piece in pieces if piece.text in desk.steady()]
    listed = [piece for piece in pieces if piece is not steady[-1]]
    twins = _twins(site, desk, steady)
    feed_traps = _feed_traps(site, desk, listed[0], pieces)
    odd_links = [
        replace(link(desk, piece, ODD[kind]), language=LANGUAGES.get(kind, "ar")) for kind, piece in odd
    ]
    # The utm twin's article is not in the feed under its plain address, only in the sitemap.
    fed = [link(desk, piece) for piece in part(desk, listed, 0, 0.6) if piece is not steady[0]]
    feed = newest_first(fed + feed_traps) + odd_links + twins
    site.put_listing("/feed.atom", listings.ATOM, listings.atom(site.name, site.url("/"), feed), feed)
    _put_broken_feed(site, desk, listed)
    _put_sitemaps(site, desk, listed, steady[-1])
    return site


def path_of(site: Site, url: str) -> str:
    """The path of an address on this site."""
    return url.removeprefix(site.url(""))


def _twins(site: Site, desk: Desk, steady: Sequence[Piece]) -> list[Link]:
    """Second addresses of listed articles: utm, AMP, print, and an old address that redirects.

    The first two are seen to be twins before they are fetched. The last two show it only when
    fetched: the server holds them back until the article itself has been read, and they are dated
    a day earlier, so that the plain address wins.
    """
    tracked, accelerated, printed, moved = steady[:4]
    campaign = f"{tracked.url}?utm_source=rss&utm_medium=feed&utm_campaign=almarfa"
    print_url = site.put(
        f"/print{path_of(site, printed.url)}",
        traps.after(printed.url, page(almarfa_pages.print_page(site, printed))),
    )
    old_url = site.put(
        "/article/2019/01/05/old-address-of-a-listed-article",
        traps.after(moved.url, traps.redirect(moved.url, 301)),
    )

    def twin(piece: Piece, url: str) -> Link:
        earlier = piece.text.published - timedelta(days=1)
        return replace(link(desk, piece, Outcome.DUPLICATE), url=url, published=earlier)

    amp_url = site.url(f"/amp{path_of(site, accelerated.url)}")
    return [
        twin(tracked, campaign),
        twin(accelerated, amp_url),
        twin(printed, print_url),
        twin(moved, old_url),
    ]


def _feed_traps(site: Site, desk: Desk, near: Piece, pieces: Sequence[Piece]) -> list[Link]:
    private = site.put(
        "/private/article/2026/11/08/subscribers-only", page(almarfa_pages.article(site, near, pieces))
    )
    traps_here = [
        trap(private, "للمشتركين فقط", near, Outcome.ROBOTS),
        trap(
            site.url("/section/economy"),
            "كل أخبار الاقتصاد",
            near,
            Outcome.NOT_ARTICLE,
            EITHER[Outcome.NOT_ARTICLE],
        ),
        trap(site.url("/article/2026/11/07/withdrawn"), "خبر سحب من النشر", near, Outcome.HTTP_ERROR),
    ]
    for place, text in enumerate(desk.specials.get("video", ())):
        piece = Piece(text, site.url(f"/video/{8100 + place}/{latin_slug(site, text)}"))
        site.put(path_of(site, piece.url), page(almarfa_pages.video(site, piece, pieces)))
        traps_here.append(link(desk, piece, Outcome.NOT_ARTICLE, EITHER[Outcome.NOT_ARTICLE]))
    return traps_here


def _put_broken_feed(site: Site, desk: Desk, listed: Sequence[Piece]) -> None:
    shell = site.put("/article/2026/11/06/interactive-map", traps.script_shell)
    links = [link(desk, piece) for piece in part(desk, listed, 0.5, 0.8)]
    links.append(trap(shell, "خريطة تفاعلية", listed[0], Outcome.NOT_ARTICLE))
    # Its server calls it XML, without a charset, as such servers do.
    body = listings.broken_rss(site.name, site.url("/"), links)
    site.put_listing("/feeds/files.xml", "text/xml", body, links)


def _put_sitemaps(site: Site, desk: Desk, listed: Sequence[Piece], unlisted: Piece) -> None:
    near = listed[0]
    there, back = "/article/2026/11/05/there", "/article/2026/11/05/back"
    site.put(there, traps.redirect(site.url(back)))
    site.put(back, traps.redirect(site.url(there)))
    away = site.put("/article/2026/11/05/partner-content", traps.redirect(OTHER_SITE))
    old = site.put(
        "/article/2018/03/02/old-address-of-an-unlisted-article",
        traps.redirect(path_of(site, unlisted.url), 301),
    )
    recent = [link(desk, piece) for piece in part(desk, listed, 0, 0.7)]
    recent += [
        trap(site.url(there), "خبر يدور حول نفسه", near, Outcome.REDIRECT_LOOP),
        trap(away, "محتوى شريك", near, Outcome.OFF_SITE),
    ]
    archive = [link(desk, piece) for piece in part(desk, listed, 0.7, 1)]
    archive.append(replace(link(desk, unlisted), url=old))
    articles, packed = "/sitemap-articles.xml", "/sitemap-archive.xml.gz"
    site.put_listing(articles, listings.PLAIN_XML, listings.sitemap(recent), recent)
    site.put_listing(packed, "application/x-gzip", gzip.compress(listings.sitemap(archive), mtime=0), archive)
    newest = max(entry.modified or entry.published for entry in recent).isoformat()
    index = listings.sitemap_index([(site.url(articles), newest), (site.url(packed), newest)])
    site.put_listing("/sitemap.xml", listings.PLAIN_XML, index, [])
