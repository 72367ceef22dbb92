"""The page around an article: navigation, share buttons, related lists, side bar, footer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from tests.newsroom.desk import Text

SECTIONS = (
    ("economy", "اقتصاد"),
    ("local", "محليات"),
    ("arab", "عرب وعالم"),
    ("culture", "ثقافة"),
    ("sport", "رياضة"),
    ("tech", "علوم وتكنولوجيا"),
)
UNDER = {"زراعة": "اقتصاد", "طاقة": "اقتصاد", "بيئة": "علوم", "منوعات": "ثقافة"}
"""Sections without a page of their own, and the one that lists their articles."""


@dataclass(frozen=True)
class Piece:
    """A text at its address."""

    text: Text
    url: str


def nav(css: str = "main-nav") -> str:
    """The menu of sections."""
    items = "".join(f'<li><a href="/section/{key}">{name}</a></li>' for key, name in SECTIONS)
    return (
        f'<nav class="{css}"><ul><li><a href="/">الرئيسية</a></li>{items}'
        '<li><a href="/live">البث المباشر</a></li></ul></nav>'
    )


def breadcrumb(section: str) -> str:
    """The way from the home page to here."""
    return (
        '<ol class="breadcrumb"><li><a href="/">الرئيسية</a></li>'
        f'<li><a href="{section_path(section)}">{escape(section)}</a></li></ol>'
    )


def section_path(section: str) -> str:
    """The section page that a section's name leads to."""
    wider = UNDER.get(section, section)
    key = next((key for key, name in SECTIONS if wider in name), "local")
    return f"/section/{key}"


def share(url: str) -> str:
    """Share buttons with their labels."""
    return (
        '<div class="share-buttons"><span>شارك الخبر</span>'
        f'<a href="https://www.facebook.com/sharer/sharer.php?u={escape(url)}">فيسبوك</a>'
        f'<a href="https://wa.me/?text={escape(url)}">واتساب</a>'
        f'<a href="https://t.me/share/url?url={escape(url)}">تلغرام</a>'
        '<button type="button" class="copy">نسخ الرابط</button></div>'
    )


def related(pieces: Iterable[Piece], heading: str, tag: str = "ul") -> str:
    """A list of links to other articles under a heading."""
    items = "".join(f'<li><a href="{escape(p.url)}">{escape(p.text.title)}</a></li>' for p in pieces)
    return f'<section class="related"><h3>{heading}</h3><{tag}>{items}</{tag}></section>'


def sidebar(pieces: Sequence[Piece]) -> str:
    """Most read, newsletter, exchange rates."""
    return (
        f'<aside class="sidebar">{related(pieces, "الأكثر قراءة", "ol")}'
        '<div class="widget newsletter"><h4>النشرة البريدية</h4>'
        "<p>اشترك في نشرتنا ليصلك موجز الأخبار كل صباح</p>"
        '<form action="/subscribe"><input type="email" placeholder="بريدك الإلكتروني"><button>اشتراك</button>'
        "</form></div></aside>"
    )


def footer(name: str) -> str:
    """Links and rights."""
    return (
        '<footer class="site-footer"><ul><li><a href="/about">من نحن</a></li><li>'
        '<a href="/contact">اتصل بنا</a></li><li><a href="/privacy">سياسة الخصوصية</a></li>'
        '<li><a href="/ads">أعلن معنا</a></li></ul>'
        f"<p>جميع الحقوق محفوظة &copy; 2026 {name}</p></footer>"
    )


def tags(names: Iterable[str]) -> str:
    """The article's key words as links."""
    links = "".join(f'<a rel="tag" href="/tag/{escape(name)}">{escape(name)}</a> ' for name in names)
    return f'<div class="tags"><span>كلمات مفتاحية:</span> {links}</div>' if links else ""


def neighbours(pieces: Sequence[Piece], here: Piece, count: int = 4, offset: int = 1) -> list[Piece]:
    """The articles after this one, round the end."""
    place = next((i for i, piece in enumerate(pieces) if piece.url == here.url), 0)
    around = [pieces[(place + offset + step) % len(pieces)] for step in range(min(count, len(pieces) - 1))]
    return [piece for piece in around if piece.url != here.url]
