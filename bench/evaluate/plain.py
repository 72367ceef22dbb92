"""Twenty plain layouts: the markup is ours and holds nothing but an article, a menu and a footer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Layout:
    """How an article is set: `%` stands for the article's parts."""

    text: str
    """Around all paragraphs."""
    paragraph: str = "<p>%</p>"
    headline: str = "<h1>%</h1>"
    stamp: str = '<span class="date">2026-11-20</span>'
    head: str = '<meta property="og:type" content="article">'


_MAIN, _ENTRY, _POST = (
    "<main>%</main>",
    '<div class="entry-content">%</div>',
    '<div class="post-body">%</div>',
)
_STATED = '<meta property="article:published_time" content="2026-11-20T10:00:00+03:00">'
LAYOUTS = (
    Layout("<article>%</article>"),
    Layout("<article>%</article>", head=_STATED),
    Layout(_MAIN, headline="<header><h1>%</h1></header>"),
    Layout(_ENTRY),
    Layout(_ENTRY, paragraph="%<br><br>", head=_STATED),
    Layout(_POST, paragraph="<div>%</div>"),
    Layout(_POST, paragraph='<p dir="rtl"><span>%</span></p>', stamp="<time>20 نوفمبر 2026</time>"),
    Layout('<div id="content"><div class="story">%</div></div>', headline="<h2>%</h2>"),
    Layout("<table><tr><td>%</td></tr></table>", paragraph="%<br>", headline='<font size=5><b>%</b></font>'),
    Layout('<section class="has-sidebar">%</section>', stamp="<p>الجمعة 20 نوفمبر 2026 - 10:00</p>"),
    Layout('<div class="elementor-widget">%</div>', head=_STATED),
    Layout('<div class="article-body share-enabled">%</div>', paragraph="<p>%</p>\n"),
    Layout('<div itemprop="articleBody">%</div>', head=""),
    Layout('<div class="td-post-content">%</div>', headline='<h1 class="entry-title">%</h1>'),
    Layout("<div>%</div>", paragraph="<div><p>%</p></div>", head=_STATED),
    Layout('<div class="text">%</div>', paragraph="<p><strong></strong>%</p>", stamp="نشر: 20/11/2026 10:00"),
    Layout("<center><div>%</div></center>", headline="<h3>%</h3>", head=_STATED),
    Layout('<div class="col-8"><div class="details">%</div></div>', headline='<div class="title">%</div>'),
    Layout('<div role="main">%</div>', paragraph="<p>&nbsp;%&nbsp;</p>"),
    Layout('<article class="widget-area">%</article>', stamp='<time datetime="2026-11-20T07:00Z">20</time>'),
)  # fmt: skip


def set_in(layout: Layout, lines: Iterable[str]) -> str:
    """Lines of HTML, each set as a paragraph."""
    return "\n".join(layout.paragraph.replace("%", line) for line in lines)


def page_of(layout: Layout, title: str, lines: Iterable[str]) -> bytes:
    """A page with this headline over these lines of HTML."""
    title, text = escape(title), set_in(layout, lines)
    return (
        f'<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{title}</title>'
        f'{layout.head}</head><body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>'
        f"{layout.headline.replace('%', title)}{layout.stamp}{layout.text.replace('%', text)}"
        "<footer>جميع الحقوق محفوظة</footer></body></html>"
    ).encode()
