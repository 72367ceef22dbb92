"""وكالة الساحل: the agency. RSS 2.0, a Google News sitemap, an entity bomb, slow and broken pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from newscrawl.article import Outcome
from tests.newsroom import furniture, listings, metadata, traps
from tests.newsroom.calendar_ar import tunisian
from tests.newsroom.desk import Desk, Text
from tests.newsroom.furniture import Piece
from tests.newsroom.reply import page
from tests.newsroom.site import Site
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

FIRST_ID = 41200
FIRST_ODD_ID = 41700


def build(desk: Desk) -> Site:
    """The whole site."""
    zone = ZoneInfo("Africa/Tunis")
    site = Site("sahel", "www.sahel-agency.example", "وكالة الساحل للأنباء", zone, desk.edition)
    targets = [target(site, desk, place, text) for place, text in enumerate(desk.texts)]
    pieces = [Piece(text, site.url(path)) for path, text in zip(targets, desk.texts, strict=True)]
    odd = odd_pieces(
        desk, lambda place, text: site.url(f"/news/{FIRST_ODD_ID + place}/{latin_slug(site, text)}")
    )
    flaky = desk.steady()[2].slug
    for path, piece in zip(targets, pieces, strict=True):
        answer = page(render(site, piece, pieces))
        site.put_article(path, piece.text, traps.flaky(answer) if piece.text.slug == flaky else answer)
    for kind, piece in odd:
        site.put(
            piece.url.removeprefix(site.url("")),
            page(render(site, piece, pieces, lang=LANGUAGES.get(kind, "ar"))),
        )
    put_front_pages(site, pieces)
    site.put_robots(
        f"User-agent: *\nAllow: /\nDisallow: /admin/\n\nSitemap: {site.url('/news-sitemap.xml')}\n"
    )
    _put_listings(site, desk, pieces, odd)
    return site


def target(site: Site, desk: Desk, place: int, text: Text) -> str:
    """Every third article has an Arabic slug, here in raw letters."""
    return f"/news/{FIRST_ID + place * 7}/{mixed_slug(site, desk, text, arabic=place % 3 == 1)}"


def _put_listings(site: Site, desk: Desk, pieces: list[Piece], odd: list[tuple[str, Piece]]) -> None:
    near = pieces[0]
    slow = trap(site.put("/news/41901/live-coverage", traps.slow), "تغطية متواصلة", near, Outcome.TIMEOUT)
    broken = trap(
        site.put("/news/41902/budget-tables", traps.error(500)), "جداول الميزانية", near, Outcome.HTTP_ERROR
    )
    bomb = trap(
        site.put("/news/41903/full-report", traps.gzip_bomb), "التقرير الكامل", near, Outcome.TOO_LARGE
    )
    cut = trap(site.put("/news/41904/statement", traps.cut_off), "نص البيان", near, Outcome.NETWORK_ERROR)
    odd_links = [
        replace(
            link(desk, piece, ODD[kind], EITHER[ODD[kind]] if kind in LANGUAGES else None),
            language=LANGUAGES.get(kind, "ar"),
        )
        for kind, piece in odd
    ]

    feed = newest_first([link(desk, piece) for piece in part(desk, pieces, 0, 0.6)] + [slow, broken])
    feed += [entry for entry in odd_links if entry.language == "ar"]
    site.put_listing("/rss", listings.RSS, listings.rss2(site.name, site.url("/"), feed), feed)
    site.put_listing("/rss/markets", listings.RSS, traps.entity_bomb(), [])

    mapped = [replace(link(desk, piece), url=unquote(piece.url)) for piece in part(desk, pieces, 0.3, 1)]
    mapped += [entry for entry in odd_links if entry.language != "ar"] + [bomb, cut]
    site.put_listing(
        "/news-sitemap.xml", listings.PLAIN_XML, listings.news_sitemap(site.name, mapped), mapped
    )


def render(site: Site, piece: Piece, pieces: Sequence[Piece], lang: str = "ar") -> str:
    """An article's page."""
    text = piece.text
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.body)
    byline = f'<span class="author">{escape(text.author)}</span>' if text.author else ""
    return f"""<!DOCTYPE html>
<html lang="{lang}" dir="{"rtl" if lang != "en" else "ltr"}">
{metadata.head(site, piece)}
<body class="single">
<header class="top"><a class="logo" href="/">{site.name}</a>{furniture.nav()}
<form action="/search"><input name="q" placeholder="ابحث في الوكالة"><button>بحث</button></form></header>
<main><article class="story">
{furniture.breadcrumb(text.section)}
<h1>{escape(text.title)}</h1>
<div class="meta"><span>نشر في</span>
<time datetime="{text.published.isoformat()}">{tunisian(text.published, site.zone)}</time>
{byline}</div>
{furniture.share(piece.url)}
<figure><img src="{metadata.image(site, piece)}" alt="">
<figcaption>صورة من الأرشيف (وكالة الساحل)</figcaption></figure>
<div class="story-body">
{paragraphs}
</div>
{furniture.tags(text.tags)}
</article>
{furniture.related(furniture.neighbours(pieces, piece), "أخبار ذات صلة")}
</main>
{furniture.sidebar(furniture.neighbours(pieces, piece, 5, 3))}
{furniture.footer(site.name)}
</body>
</html>
"""
