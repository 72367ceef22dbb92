"""Feeds and sitemaps as bytes, written the way content systems write them."""

from __future__ import annotations

from collections.abc import Iterable
from email.utils import format_datetime
from html import escape

from tests.newsroom.site import Link

XML = '<?xml version="1.0" encoding="{encoding}"?>\n'
RSS = "application/rss+xml; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"
PLAIN_XML = "application/xml; charset=utf-8"


def rss2(title: str, home: str, links: Iterable[Link]) -> bytes:
    """RSS 2.0; a change is told as atom:updated."""
    items = "\n".join(
        f"<item>\n<title><![CDATA[{link.title}]]></title>\n<link>{escape(link.url)}</link>\n"
        f'<guid isPermaLink="false">{hash_of(link.url)}</guid>\n'
        f"<description>{escape(f'<p>{link.summary}</p>')}</description>\n"
        f"<pubDate>{format_datetime(link.published)}</pubDate>\n"
        f"<atom:updated>{(link.modified or link.published).isoformat()}</atom:updated>\n</item>"
        for link in links
    )
    return (
        XML.format(encoding="utf-8")
        + '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">\n<channel>\n'
        + f"<title>{escape(title)}</title>\n<link>{home}</link>\n<description>{escape(title)}</description>\n"
        + f'<language>ar</language>\n<atom:link rel="self" href="{home}rss" type="application/rss+xml"/>\n'
        + f"{items}\n</channel>\n</rss>\n"
    ).encode()


def rss1(title: str, home: str, links: Iterable[Link]) -> bytes:
    """RSS 1.0 (RDF) with Dublin Core dates."""
    links = list(links)
    order = "".join(f'<rdf:li rdf:resource="{escape(link.url)}"/>' for link in links)
    items = "\n".join(
        f'<item rdf:about="{escape(link.url)}">\n<title>{escape(link.title)}</title>\n'
        f"<link>{escape(link.url)}</link>\n<description>{escape(link.summary)}</description>\n"
        f"<dc:date>{link.published.isoformat()}</dc:date>\n"
        + (f"<dcterms:modified>{link.modified.isoformat()}</dcterms:modified>\n" if link.modified else "")
        + "</item>"
        for link in links
    )
    return (
        XML.format(encoding="utf-8")
        + '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
        + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">\n'
        + f'<channel rdf:about="{home}">\n<title>{escape(title)}</title>\n<link>{home}</link>\n'
        + f"<description>{escape(title)}</description>\n"
        + f"<items><rdf:Seq>{order}</rdf:Seq></items>\n</channel>\n"
        + f"{items}\n</rdf:RDF>\n"
    ).encode()


def rss091(title: str, home: str, links: Iterable[Link]) -> bytes:
    """RSS 0.91 in windows-1256: titles and links, no dates."""
    items = "\n".join(
        f"<item>\n<title>{escape(link.title)}</title>\n<link>{escape(link.url)}</link>\n</item>"
        for link in links
    )
    return (
        XML.format(encoding="windows-1256")
        + f'<rss version="0.91">\n<channel>\n<title>{escape(title)}</title>\n<link>{home}</link>\n'
        + f"<description>{escape(title)}</description>\n<language>ar-eg</language>\n"
        + f"{items}\n</channel>\n</rss>\n"
    ).encode("windows-1256", "xmlcharrefreplace")


def atom(title: str, home: str, links: Iterable[Link]) -> bytes:
    """Atom 1.0; the picture and the comments are links of their own kinds."""
    entries = "\n".join(
        f'<entry>\n<title type="text">{escape(link.title)}</title>\n'
        f'<link rel="replies" type="text/html" href="{home}comments/{hash_of(link.url)}"/>\n'
        f'<link rel="alternate" type="text/html" href="{escape(link.url)}"/>\n'
        f'<link rel="enclosure" type="image/jpeg" href="{home}media/{hash_of(link.url)}.jpg"/>\n'
        f"<id>tag:{home[7:].strip('/')},2026:{hash_of(link.url)}</id>\n"
        f"<published>{link.published.isoformat()}</published>\n"
        f"<updated>{(link.modified or link.published).isoformat()}</updated>\n"
        f'<summary type="html">{escape(f"<p>{link.summary}</p>")}</summary>\n</entry>'
        for link in links
    )
    return (
        XML.format(encoding="utf-8")
        + '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ar">\n'
        + f'<title>{escape(title)}</title>\n<link rel="alternate" type="text/html" href="{home}"/>\n'
        + f'<link rel="self" href="{home}feed.atom"/>\n<id>{home}</id>\n{entries}\n</feed>\n'
    ).encode()


def broken_rss(title: str, home: str, links: Iterable[Link]) -> bytes:
    """RSS that is not XML: bare ampersands, tags never closed, an unknown entity, cut off at the end."""
    items = "\n".join(
        f"<item>\n<title>{link.title} & تفاصيل أخرى</title>\n<link>{link.url}</link>\n"
        f"<description><p>{link.summary}&nbsp;<b>اقرأ & شارك<br></description>\n"
        f"<pubDate>{format_datetime(link.published)}</pubDate>\n</item>"
        for link in links
    )
    return (
        XML.format(encoding="utf-8")
        + f'<rss version="2.0">\n<channel>\n<title>{title} & ملفات</title>\n<link>{home}</link>\n{items}\n'
        + "<item>\n<title>خبر لم يكتمل"
    ).encode()


def sitemap(links: Iterable[Link]) -> bytes:
    """A sitemap with lastmod."""
    urls = "\n".join(
        f"<url><loc>{escape(link.url)}</loc>"
        f"<lastmod>{(link.modified or link.published).isoformat()}</lastmod></url>"
        for link in links
    )
    return (
        XML.format(encoding="UTF-8")
        + f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    ).encode()


def sitemap_index(maps: Iterable[tuple[str, str]]) -> bytes:
    """An index of (address, lastmod) sitemaps."""
    rows = "\n".join(f"<sitemap><loc>{loc}</loc><lastmod>{mod}</lastmod></sitemap>" for loc, mod in maps)
    return (
        XML.format(encoding="UTF-8")
        + f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}\n</sitemapindex>\n'
    ).encode()


def news_sitemap(publication: str, links: Iterable[Link]) -> bytes:
    """A Google News sitemap; every second address stands in CDATA."""
    urls = "\n".join(
        f"<url>\n<loc>{f'<![CDATA[{link.url}]]>' if place % 2 else escape(link.url)}</loc>\n"
        f"<lastmod>{(link.modified or link.published).isoformat()}</lastmod>\n"
        f"<news:news><news:publication><news:name>{publication}</news:name>"
        f"<news:language>{link.language}</news:language></news:publication>\n"
        f"<news:publication_date>{link.published.isoformat()}</news:publication_date>\n"
        f"<news:title>{escape(link.title)}</news:title></news:news>\n</url>"
        for place, link in enumerate(links)
    )
    return (
        XML.format(encoding="UTF-8")
        + '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"\n'
        + ' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        + f"{urls}\n</urlset>\n"
    ).encode()


def hash_of(url: str) -> int:
    """A lasting number for an address, as content systems have one for each article."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(url)) % 1_000_003
