"""What modern sites say about an article in its head: Open Graph, article:* and JSON-LD."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from tests.newsroom.furniture import Piece
from tests.newsroom.site import Site


def head(site: Site, piece: Piece, extra: str = "", *, og_type: str = "article", graph: bool = False) -> str:
    """The whole <head> element of an article's page; `graph` wraps the JSON-LD as many plug-ins do."""
    text = piece.text
    return "\n".join(
        [
            "<head>",
            '<meta charset="utf-8">',
            f"<title>{escape(text.title)} - {site.name}</title>",
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f'<link rel="canonical" href="{piece.url}">',
            *_open_graph(site, piece, og_type),
            '<meta name="twitter:card" content="summary_large_image">',
            '<link rel="stylesheet" href="/assets/site.css">',
            f'<script type="application/ld+json">{_json_ld(site, piece, og_type, graph=graph)}</script>',
            extra,
            "</head>",
        ]
    )


def image(site: Site, piece: Piece) -> str:
    """The address of the article's picture."""
    return site.url(f"/media/{piece.text.published:%Y/%m}/{piece.text.slug}.jpg")


def _open_graph(site: Site, piece: Piece, og_type: str) -> list[str]:
    text = piece.text
    values = [
        ("og:type", og_type),
        ("og:locale", "ar_AR"),
        ("og:site_name", site.name),
        ("og:title", text.title),
        ("og:description", text.summary),
        ("og:url", piece.url),
        ("og:image", image(site, piece)),
        ("article:published_time", text.published.isoformat()),
        ("article:modified_time", (text.modified or text.published).isoformat()),
        ("article:section", text.section),
        *(("article:tag", tag) for tag in text.tags),
    ]
    return [
        f'<meta name="description" content="{escape(text.summary)}">',
        *(f'<meta property="{name}" content="{escape(value)}">' for name, value in values if value),
    ]


def _json_ld(site: Site, piece: Piece, og_type: str, *, graph: bool) -> str:
    text = piece.text
    author = (
        {"@type": "Person", "name": text.author}
        if text.author
        else {"@type": "Organization", "name": text.agency or site.name}
    )
    story: dict[str, Any] = {
        "@type": "NewsArticle" if og_type == "article" else "VideoObject",
        "mainEntityOfPage": piece.url,
        "headline": text.title,
        "description": text.summary,
        "image": [image(site, piece)],
        "datePublished": text.published.isoformat(),
        "dateModified": (text.modified or text.published).isoformat(),
        "articleSection": text.section,
        "inLanguage": "ar",
        "author": author,
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": site.name,
            "logo": {"@type": "ImageObject", "url": site.url("/assets/logo.png")},
        },
        "keywords": list(text.tags),
    }
    if not graph:
        return json.dumps({"@context": "https://schema.org", **story}, ensure_ascii=False)
    website = {"@type": "WebSite", "@id": site.url("/#website"), "url": site.url("/"), "name": site.name}
    trail = {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "الرئيسية", "item": site.url("/")},
            {"@type": "ListItem", "position": 2, "name": text.section},
        ],
    }
    return json.dumps(
        {"@context": "https://schema.org", "@graph": [website, trail, story]}, ensure_ascii=False
    )
