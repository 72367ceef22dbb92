"""The pages of جريدة المرفأ: article, AMP twin, print twin, video."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tests.newsroom import furniture, metadata
from tests.newsroom.calendar_ar import lebanese
from tests.newsroom.desk import Text
from tests.newsroom.furniture import Piece
from tests.newsroom.site import Site


def article(site: Site, piece: Piece, pieces: Sequence[Piece]) -> str:
    """An article's page: standfirst, a card inside the body, most read beside it."""
    text = piece.text
    path = piece.url.removeprefix(site.url(""))
    first, *rest = (f"<p>{escape(paragraph)}</p>" for paragraph in text.body)
    aside = furniture.neighbours(pieces, piece, 1, 5)
    card = "".join(
        '<div class="inline-related"><span>اقرأ أيضا</span>'
        f'<a href="{p.url}">{escape(p.text.title)}</a></div>'
        for p in aside
    )
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl" prefix="og: https://ogp.me/ns#">
{metadata.head(site, piece, f'<link rel="amphtml" href="{site.url("/amp" + path)}">', graph=True)}
<body>
<div id="page">
<header id="masthead"><a href="/"><img src="/assets/logo.png" alt="{site.name}"></a>{
        furniture.nav("menu")
    }</header>
<div class="content-area">
<main id="main"><article itemscope itemtype="https://schema.org/NewsArticle">
{furniture.breadcrumb(text.section)}
<h1 class="entry-title" itemprop="headline">{escape(text.title)}</h1>
<h2 class="standfirst">{escape(text.summary)}</h2>
<div class="entry-meta">{_byline(text)}<time datetime="{text.published.isoformat()}">{
        lebanese(text.published, site.zone)
    }</time></div>
<figure class="lead"><img src="{metadata.image(site, piece)}" alt="">
<figcaption>من أرشيف الجريدة</figcaption></figure>
{furniture.share(piece.url)}
<div class="entry-content" itemprop="articleBody">
{first}
{card}
{chr(10).join(rest)}
</div>
{furniture.tags(text.tags)}
<div class="comments"><h3>التعليقات</h3><p>التعليقات تعبر عن آراء أصحابها ولا تعبر عن رأي الجريدة</p></div>
</article></main>
{furniture.sidebar(furniture.neighbours(pieces, piece, 5, 2))}
</div>
{furniture.related(furniture.neighbours(pieces, piece, 3), "مقالات ذات صلة")}
{furniture.footer(site.name)}
</div>
</body>
</html>
"""


def amp(site: Site, piece: Piece) -> str:
    """The AMP twin."""
    text = piece.text
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.body)
    return f"""<!doctype html>
<html amp lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{escape(text.title)}</title>
<link rel="canonical" href="{piece.url}"><meta name="viewport" content="width=device-width">
<script async src="/assets/amp-v0.js"></script></head>
<body><header><a href="/">{site.name}</a></header>
<article><h1>{escape(text.title)}</h1><time datetime="{text.published.isoformat()}">{
        lebanese(text.published, site.zone)
    }</time>
{paragraphs}
</article>{furniture.footer(site.name)}</body></html>
"""


def print_page(site: Site, piece: Piece) -> str:
    """The print twin: bare, and only its rel=canonical tells whose twin it is."""
    text = piece.text
    paragraphs = "\n".join(f"<p>{escape(paragraph)}</p>" for paragraph in text.body)
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
{metadata.head(site, piece, '<meta name="robots" content="noindex">')}
<body onload="window.print()"><h1>{escape(text.title)}</h1>
<p class="date">{lebanese(text.published, site.zone)}</p>
<div class="entry-content">
{paragraphs}
</div>
<p class="source">طبع من موقع {site.name}</p></body></html>
"""


def video(site: Site, piece: Piece, pieces: Sequence[Piece]) -> str:
    """A video page: a player and a line or two under it."""
    text = piece.text
    caption = " ".join(text.body)
    return f"""<!DOCTYPE html>
<html lang="ar" dir="rtl">
{metadata.head(site, piece, og_type="video.other")}
<body class="video-page">
<header id="masthead"><a href="/">{site.name}</a>{furniture.nav("menu")}</header>
<main><h1>{escape(text.title)}</h1>
<div class="player"><video controls src="/media/{text.slug}.mp4"
 poster="{metadata.image(site, piece)}"></video></div>
<p class="caption">{escape(caption)}</p>
{furniture.share(piece.url)}
{furniture.related(furniture.neighbours(pieces, piece, 4), "فيديوهات أخرى")}
</main>
{furniture.footer(site.name)}
</body>
</html>
"""


def _byline(text: Text) -> str:
    names = " - ".join(name for name in (text.author, text.agency) if name)
    return f'<span class="byline">{escape(names)}</span> ' if names else ""
